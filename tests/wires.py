"""Wires for the tests of the transport: one description for the package and for the reference."""

import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import equinox as eqx
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from boltzwall.build.problem import Problem
from boltzwall.config import load_config
from boltzwall.constants import ELECTRON_MASS, ELEMENTARY_CHARGE
from boltzwall.transport.published.model import PublishedModel
from boltzwall.transport.published.momentum_drift import FieldSchedule
from boltzwall.transport.published.transport import PublishedTransport
from tests.reference.problem import PublishedProblem
from tests.systems.textures import WangWall

Values = NDArray[np.float64]
LENGTH = 5e-9


@dataclass(frozen=True)
class Wire:
    """A wire; `window` in units of p_F, everything else in SI units."""

    texture: Callable[[Values], Values] = field(default_factory=WangWall)
    window: tuple[float, float] = (0.9, 1.6)
    electric_field: float = -8e3
    gradient: float = 2e9
    cold_end: float = 100.0
    vector: str = "polarised-phase"
    convention: str = "moment"
    inflow: str = "left"
    cells: int = 100
    nodes: int = 64
    rule: str = "gauss"
    length: float = LENGTH

    def but(self, **changes: Any) -> "Wire":
        """The same wire with some things changed."""
        return replace(self, **changes)

    @property
    def x(self) -> Values:
        """Cell centres."""
        return np.asarray((np.arange(self.cells) + 0.5) * (self.length / self.cells), dtype=float)

    @property
    def magnetisation(self) -> Any:
        """M at the cell centres."""
        return jnp.asarray(self.texture(self.x))

    @property
    def ends(self) -> Any:
        """M at both ends of the wire."""
        return jnp.asarray(self.texture(np.array([0.0, self.length])))

    def model(self) -> PublishedModel:
        """The package's model, built from a configuration."""
        electrons = Problem.of(
            load_config(
                {
                    "wire": {"length": self.length, "cells": self.cells},
                    "temperature": {"cold_end": self.cold_end, "gradient": self.gradient},
                    "drive": {"electric_field": self.electric_field},
                    "transport": {
                        "momentum_window": list(self.window),
                        "momentum_nodes": self.nodes,
                        "momentum_rule": self.rule,
                        "equilibrium_vector": self.vector,
                        "spin_convention": self.convention,
                        "inflow": self.inflow,
                    },
                }
            )
        ).kinetic_electrons()
        assert isinstance(electrons, PublishedTransport)
        return electrons.model

    def refined_model(self) -> PublishedModel:
        """The model with panels graded towards the end of the window where electrons enter.

        The layer of width e|E|d/v there, 1.6e-4 p_F at 8e3 V/m, is thinner than a usual panel,
        whose nodes cannot follow it.
        """
        model = self.model()
        options, unit = model.options, float(model.electrons.fermi_momentum)
        kink = float(model.electrons.mass * model.electrons.spinor_velocity) / unit
        low, high = self.window
        inside = (
            [0.0] if self.electric_field == 0.0 else (1e-3 * (2.0 ** np.arange(7) - 1.0)).tolist()
        )
        layer = [low + s if self.electric_field < 0.0 else high - s for s in inside[1:]]
        marks = sorted({*layer, *(b * kink for b in options.breakpoints)})
        edges = [low, *marks, high]
        widest = (high - low) / (self.nodes / options.nodes_per_panel)
        panels = [math.ceil((b - a) / widest) for a, b in itertools.pairwise(edges)]
        finest = min((b - a) / n for a, b, n in zip(edges[:-1], edges[1:], panels, strict=True))
        refined = replace(
            options,
            breakpoints=tuple(mark / kink for mark in marks),
            panels=tuple(panels),
            schedule=self._refined_schedule(finest * unit, unit),
        )
        return replace(model, options=refined)

    def _refined_schedule(self, width: float, unit: float) -> FieldSchedule:
        if self.inflow == "characteristic":
            return FieldSchedule(1, panelwise=True)
        speed = self.window[0] * unit / ELECTRON_MASS
        push = ELEMENTARY_CHARGE * abs(self.electric_field) * (self.length / self.cells) / speed
        schedule = FieldSchedule.choose(push, width, self.cells)
        assert schedule is not None
        return schedule

    def problem(self) -> PublishedProblem:
        """The same wire for the reference solver, whose constants are its own (Table I)."""
        model = self.model()
        unit = float(model.electrons.fermi_momentum)
        return PublishedProblem(
            self.texture,
            lambda x: self.cold_end + self.gradient * np.asarray(x),
            self.window[0] * unit,
            self.window[1] * unit,
            length=self.length,
            electric_field=self.electric_field,
            equilibrium_vector=self.vector,
            spin_convention=self.convention,
        )

    def solve(self) -> Any:
        """Moments of the package's solution."""
        return solve(self.model(), self.magnetisation, self.ends)


@eqx.filter_jit
def solve(model: PublishedModel, magnetisation: Any, ends: Any) -> Any:
    """Moments of the steady solution, compiled once for each set of static options."""
    return model.moments(magnetisation, ends)
