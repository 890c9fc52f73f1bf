"""One wall in one wire under Zhang and Li's torque, and what theory says of it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from boltzwall.constants import VACUUM_PERMEABILITY

Values = NDArray[np.floating]
EXCHANGE, ANISOTROPY, SATURATION = 13e-12, 1e5, 8e5  # A in J/m, K in J/m³, Ms in A/m
DAMPING, VELOCITY, BETA = 0.1, 100.0, 0.04  # α, u in m/s, β
GYROMAGNETIC = 2.21e5  # γ0 in m/(A s)
WIDTH = float(np.sqrt(EXCHANGE / ANISOTROPY))  # Δ in m
CENTRE = 400e-9  # of the wall at the start, m
SAVED_EVERY = 50e-12  # s


@dataclass(frozen=True)
class Problem:
    """A wire along x with its easy axis along z.

    Attributes:
        spacing: length of a cell, m.
        hard_axis: K⊥ of the axis y, J/m³.
        end_time: s, a multiple of `SAVED_EVERY`.
        steady_from: s; the velocity is that of the states from here on.
    """

    cells: int = 512
    spacing: float = 2e-9
    hard_axis: float = 0.0
    end_time: float = 1e-9
    steady_from: float = 0.25e-9

    @property
    def saves(self) -> int:
        """States after the first one."""
        return round(self.end_time / SAVED_EVERY)

    @property
    def theory(self) -> tuple[float, float]:
        """(q' in m/s, φ' in rad/s) of the collective coordinates, [M8], without a field.

        Without a hard axis both are constant; with one, below u_W = αγ0ΔH_K/(2|β − α|), φ rests.
        """
        if self.hard_axis > 0.0:
            return BETA * VELOCITY / DAMPING, 0.0
        share = 1.0 + DAMPING**2
        return (
            VELOCITY * (1.0 + DAMPING * BETA) / share,
            (BETA - DAMPING) * VELOCITY / (share * WIDTH),
        )

    def start(self, x: Values) -> Values:
        """M at x of cos θ = −tanh((x − q)/Δ), φ = 0, shape (points, 3)."""
        s = (x - CENTRE) / WIDTH
        return np.stack([1.0 / np.cosh(s), 0.0 * s, -np.tanh(s)], axis=1)


PROBLEMS = {
    "free": Problem(),
    "hard axis": Problem(hard_axis=1e5, end_time=4e-9, steady_from=3e-9),
    "1 nm cells": Problem(cells=1024, spacing=1e-9),
    "4096 cells": Problem(cells=4096),
}


def wall(magnetisation: Values, x: Values) -> tuple[Values, Values]:
    """(q from x = 0 in m, unwrapped φ in rad) by integrals over the wall, the same for every code.

    q = a + ½∫(1 + M_z) dx from a to b, and φ = atan2(∫(1 − M_z²)M_y dx, ∫(1 − M_z²)M_x dx), of M
    brought to unit length, with a and b 12Δ from the wall: what the numerical noise of a code does
    to the domains, which are far longer than the wall, must not look like motion of the wall.

    Arguments:
        magnetisation: (times, points, 3).
        x: where the points are, evenly spaced, (points,), m.
    """
    spacing = x[1] - x[0]
    reach = round(12.0 * WIDTH / spacing)
    positions, tilts = [], []
    for state in magnetisation / np.linalg.norm(magnetisation, axis=-1, keepdims=True):
        middle = int(np.argmin(np.abs(state[:, 2])))
        near = state[middle - reach : middle + reach]
        begin = x[middle - reach] - 0.5 * spacing
        positions.append(begin + 0.5 * spacing * np.sum(1.0 + near[:, 2]))
        along_x, along_y = (1.0 - near[:, 2] ** 2) @ near[:, :2]
        tilts.append(np.arctan2(along_y, along_x))
    return np.array(positions), np.unwrap(tilts)


def rates(problem: Problem, times: Values, position: Values, tilt: Values) -> tuple[float, float]:
    """(q', φ') by straight lines through the steady part."""
    steady = times > problem.steady_from * (1.0 - 1e-9)
    velocity = np.polyfit(times[steady], position[steady], 1)[0]
    return float(velocity), float(np.polyfit(times[steady], tilt[steady], 1)[0])


def collective(problem: Problem, times: Values) -> tuple[Values, Values]:
    """(q − q(0) in m, φ in rad) of the collective coordinates by RK4, [M8], without a field."""
    field = 2.0 * problem.hard_axis / (VACUUM_PERMEABILITY * SATURATION)
    share = 1.0 + DAMPING**2

    def rate(y: Values) -> Values:
        hard = 0.5 * GYROMAGNETIC * field * np.sin(2.0 * y[1])
        push = (1.0 + DAMPING * BETA) * VELOCITY
        turn = (BETA - DAMPING) * VELOCITY / WIDTH
        return np.array([WIDTH * hard + push, turn - DAMPING * hard]) / share

    steps = 200
    states = [np.zeros(2)]
    for length in np.diff(times) / steps:
        y = states[-1]
        for _ in range(steps):
            k1 = rate(y)
            k2 = rate(y + 0.5 * length * k1)
            k3 = rate(y + 0.5 * length * k2)
            y = y + length / 6.0 * (k1 + 2.0 * k2 + 2.0 * k3 + rate(y + length * k3))
        states.append(y)
    found = np.array(states)
    return found[:, 0], found[:, 1]
