"""The heat of some runs beside their magnetisation, from one exchange to the next.

Within an exchange M moves in the T(x, t) that the heat's own steps gave at its nodes. Where M acts
back, by its dissipation or by its resistance, the heat of the exchange is computed again with the
mean of what M did at its beginning and at its end, and goes on from there; how far the T in which M
moved was from it is `exchange_error`.
"""

from typing import Any

import equinox as eqx
import jax
import numpy as np

from boltzwall.build.heat import build_current, build_heat
from boltzwall.build.problem import Problem
from boltzwall.dynamics.steady_electrons import CoupledModel
from boltzwall.errors import InputError, NumericsError
from boltzwall.heat import Current, ThermalWire
from boltzwall.simulation.heat_stretches import (
    Resisting,
    told_of_members,
    warm_members,
    with_added,
)
from boltzwall.simulation.stretches import stacked
from boltzwall.values import Values

_NODES, _MOST_NODES = 8, 64  # in the time between two saved states
_LARGEST_ERROR = 1e-3  # of T, by drawing straight lines between the nodes
_SLIVER = 1e-3  # of that time, between times that are the same


class Heating:
    """The heat of the members of a batch, all of which have some.

    Attributes:
        error: of T, relative: by straight lines between the nodes, and by what M did meanwhile.
    """

    def __init__(self, problems: list[Problem]) -> None:
        built = [build_heat(problem.config, problem.place.at_start()) for problem in problems]
        wires = [wire for wire in built if wire is not None]
        currents = [build_current(problem.config, problem.waveforms) for problem in problems]
        self.problems = problems
        self.wire: ThermalWire = stacked(wires)
        self.current: Current = stacked(currents)
        self.state: Any = stacked([jax.device_get(wire.initial()) for wire in wires])
        self.dissipates, self.by_voltage = _reactions(problems[0])
        members, cells = np.shape(self.state.temperature)
        self.nodes = _NODES
        self.times, self.area = np.zeros((members, 1)), np.ones((members, 1))
        self.extra, self.added = np.zeros((members, cells)), np.zeros(members)
        self.error = np.zeros(members)
        self._interval = np.array([problem.dynamics.save_interval for problem in problems])

    @classmethod
    def of(cls, problems: list[Problem]) -> "Heating | None":
        """That of runs of one structure with [heat]; None without."""
        return cls(problems) if problems[0].place.heated else None

    @property
    def reacts(self) -> bool:
        """Whether M acts back, so that an exchange is from one saved state to the next."""
        return self.dissipates or self.by_voltage

    def begin(self, model: CoupledModel, count: int, shifts: Values) -> CoupledModel:
        """The model at the present T, with room for ``count`` saved states."""
        start = np.zeros(len(self.problems))
        self._times(start, self._interval[:, None] * np.arange(1.0, count + 1.0))
        size = self.times.shape[1]
        still = jax.tree.map(lambda a: np.repeat(np.asarray(a)[:, None], size, 1), self.state)
        self._warm(self.extra, self.added)
        self.area = np.repeat(self.area[:, :1], size, axis=1)
        self.path = still
        return self._applied(model, shifts)

    def ahead(
        self, model: CoupledModel, start: Values, saves: Values, shifts: Values
    ) -> CoupledModel:
        """The model in the T(x, t) to come, until the last of ``saves`` in s, (members, saves)."""
        while True:
            self._times(start, saves)
            self._warm(self.extra, self.added)
            self.error = _bent(self.path.temperature)
            if self.error.max() < _LARGEST_ERROR or self.nodes >= _MOST_NODES:
                return self._applied(model, shifts)
            self.nodes *= 2

    def settle(
        self,
        states: tuple[Values, Values],
        outputs: dict[str, Values],
        shifts: Values,
        *,
        moved: bool = True,
    ) -> dict[str, Values]:
        """What a Dataset gets of the heat at the saved states; from here the heat goes on.

        Arguments:
            states: times in s, (members, saves), and M, (members, saves, cells, 3).
            outputs: of the electrons there.
            moved: False at states that are no further than the heat is.

        Raises:
            NumericsError: a step of the heat failed.
        """
        times, m = states
        resisting = self._resisting(m, outputs, shifts)
        told = self._told(times, resisting)
        power = outputs.get("_dissipation")
        extra = self.extra if power is None else _laid_out(power[:, -1], shifts)
        if self.reacts:
            if moved:
                before, added = self.path.temperature, told["_added"][:, -1]
                self._warm(0.5 * (self.extra + extra), 0.5 * (self.added + added))
                off = np.abs(self.path.temperature / before - 1.0).max(axis=(1, 2))
                self.error = np.maximum(self.error, off)
                told = self._told(times, resisting)
            self.extra, self.added = extra, told["_added"][:, -1]
        if not np.all(self.path.success):
            raise NumericsError(
                "The heat's time stepping failed. Try a weaker current, a larger "
                "`heat.tolerance`, or constants that stay positive at these temperatures."
            )
        saved = self._saved(times.shape[1])
        if moved:
            self.state = jax.tree.map(lambda leaf: leaf[:, -1], saved)
        return self._complete(told, saved, m.shape[:2])

    def resume(self, flat: list[Values | None]) -> None:
        """Go on from the `heat_state` of each member.

        Raises:
            InputError: there is none, or it is that of another wire.
        """
        self.state = stacked([self._restored(k, values) for k, values in enumerate(flat)])

    def _restored(self, member: int, values: Values | None) -> Any:
        leaves, structure = jax.tree.flatten(jax.tree.map(lambda a: a[member], self.state))
        sizes = [np.size(leaf) for leaf in leaves]
        if values is None or sum(sizes) != np.size(values):
            raise InputError(
                "Argument `resume` must hold the heat of this run, but its heat_state has "
                f"{np.size(values) if values is not None else 0} numbers and not {sum(sizes)}. "
                "Start without it."
            )
        parts = np.split(np.asarray(values), np.cumsum(sizes)[:-1])
        shaped = [
            part.reshape(np.shape(leaf)).astype(np.asarray(leaf).dtype)
            for part, leaf in zip(parts, leaves, strict=True)
        ]
        return jax.tree.unflatten(structure, shaped)

    def _times(self, start: Values, saves: Values) -> None:
        """The nodes: some for each time between two saved states."""
        edges = np.concatenate([start[:, None], saves], axis=1)
        for k in range(1, edges.shape[1]):  # after the end of a run its last time is repeated
            edges[:, k] = np.maximum(edges[:, k], edges[:, k - 1] + _SLIVER * self._interval)
        share = np.arange(self.nodes) / self.nodes
        between = edges[:, :-1, None] + np.diff(edges)[:, :, None] * share
        flat = between.reshape(len(edges), -1)
        self.times = np.concatenate([flat, edges[:, -1:]], axis=1)

    def _warm(self, extra: Values, added: Values) -> None:
        current = with_added(self.current, added)
        leaves, area = jax.device_get(
            warm_members(self.wire, self.state, self.times, current, extra)
        )
        self.path = jax.tree.unflatten(jax.tree.structure(self.state), leaves)
        self.area = area + added[:, None]

    def _applied(self, model: CoupledModel, shifts: Values) -> CoupledModel:
        kelvin = np.stack([_seen(k, s) for k, s in zip(self.path.temperature, shifts, strict=True)])
        where = lambda m: (m.warming.times, m.warming.kelvin)  # noqa: E731
        model = eqx.tree_at(where, model, (self.times, kelvin))
        if self.by_voltage:
            nominal = np.array([problem.nominal_resistance_area for problem in self.problems])
            known = lambda m: (m.waveform.times, m.waveform.factors)  # noqa: E731
            model = eqx.tree_at(known, model, (self.times, nominal[:, None] / self.area))
        return model

    def _saved(self, count: int) -> Any:
        return jax.tree.map(lambda leaf: leaf[:, self.nodes :: self.nodes][:, :count], self.path)

    def _told(self, times: Values, resisting: Resisting) -> dict[str, Values]:
        saved = self._saved(times.shape[1])
        found = told_of_members(self.wire, saved, times, self.current, resisting)
        return dict(jax.device_get(found))

    def _resisting(self, m: Values, outputs: dict[str, Values], shifts: Values) -> Resisting:
        metals = [problem.config.material for problem in self.problems]
        ratio = [metal.anisotropic_magnetoresistance or 0.0 for metal in metals]
        own = np.nan_to_num(outputs.get("wall_resistance_area", np.zeros(m.shape[:2])))
        return Resisting(np.asarray(m)[..., 0], np.asarray(shifts), np.asarray(ratio), own)

    def _complete(
        self, told: dict[str, Values], saved: Any, shape: tuple[int, ...]
    ) -> dict[str, Values]:
        """The same by the names of the registry, with the heat to go on from."""
        del told["_added"]
        heat, wire = self.problems[0].config.heat, self.problems[0].config.wire
        if getattr(heat, "substrate", "none") == "none":
            del told["substrate_temperature"]
        if wire.width is None or wire.thickness is None:
            del told["resistance"]
        else:
            areas = [float(p.config.wire.width * p.config.wire.thickness) for p in self.problems]  # type: ignore[operator]
            told["resistance"] = told["resistance"] / np.array(areas)[:, None]
        rows = [np.asarray(a, dtype=float).reshape(*shape, -1) for a in jax.tree.leaves(saved)]
        error = np.broadcast_to(self.error[:, None], shape)
        return {**told, "exchange_error": error, "heat_state": np.concatenate(rows, axis=-1)}


def _reactions(problem: Problem) -> tuple[bool, bool]:
    """Whether M acts back by its dissipation, and by its resistance."""
    config = problem.config
    return bool(getattr(config.heat, "dissipation", False)), config.drive.voltage is not None


def _bent(kelvin: Values) -> Values:
    """How far T bends away from straight lines between its nodes, relative, of each member."""
    bend = np.abs(np.diff(kelvin, 2, axis=1)) / 8.0
    return np.asarray((bend / kelvin[:, 1:-1]).max(axis=(1, 2)))


def _seen(values: Values, shift: int) -> Values:
    """Values of the wire's cells in a window further on, beyond the wire those of its ends."""
    count = values.shape[-1]
    return np.asarray(values[..., np.clip(np.arange(count) + int(shift), 0, count - 1)])


def _laid_out(values: Values, shifts: Values) -> Values:
    """Values of the windows' cells in the wire's; what is beyond its ends is lost."""
    found, count = np.zeros_like(values), values.shape[-1]
    for k, shift in enumerate(np.asarray(shifts, dtype=int)):
        inside = np.arange(count) + shift
        kept = (inside >= 0) & (inside < count)
        found[k, inside[kept]] = values[k, kept]
    return found
