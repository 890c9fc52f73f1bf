"""Whether runs can share one compiled call: equal in structure and shapes, not in numbers."""

from collections.abc import Hashable, Iterator, Mapping
from typing import Any, NamedTuple

import jax
import numpy as np

from boltzwall.build.heat import build_heat
from boltzwall.build.problem import Problem
from boltzwall.dynamics.steady_electrons import CoupledModel
from boltzwall.errors import InputError


class Pace(NamedTuple):
    """How the loop goes, which all members of a batch share.

    Attributes:
        held: whether the torque is held between two solutions for the electrons.
    """

    checkpoint_interval: int
    moving_window: bool
    relax: bool
    held: bool

    @classmethod
    def of(cls, problem: Problem) -> "Pace":
        """That of one run."""
        dynamics = problem.dynamics
        return cls(
            dynamics.checkpoint_interval,
            dynamics.moving_window,
            dynamics.relax,
            problem.update is not None,
        )


def structure(problem: Problem, model: CoupledModel) -> Hashable:
    """Equal for runs that share compiled code, and for no others."""
    both = model, build_heat(problem.config, problem.place.at_start())
    shapes = tuple(np.shape(leaf) for leaf in jax.tree.leaves(both))
    acts_back = getattr(problem.config.heat, "dissipation", False), problem.config.drive.voltage
    return Pace.of(problem), jax.tree.structure(both), shapes, tuple(map(bool, acts_back))


def require_alike(problems: list[Problem], models: list[CoupledModel]) -> None:
    """Raise InputError where the members of a batch differ in more than numbers."""
    first = structure(problems[0], models[0])
    for problem, model in zip(problems[1:], models[1:], strict=True):
        if structure(problem, model) != first:
            keys = ", ".join(_different_keys(problems[0], problem))
            raise InputError(
                "Argument `configs` must hold runs of one shape, but one differs from the first in "
                f"what its arrays or its equations are. The keys in which they differ: {keys}. "
                "Give runs that differ in more than numbers to separate batches."
            )


def _different_keys(one: Problem, other: Problem) -> list[str]:
    mine, theirs = (dict(_flat(problem.config.filled())) for problem in (one, other))
    return sorted(k for k in mine.keys() | theirs.keys() if mine.get(k) != theirs.get(k))


def _flat(data: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for section, keys in data.items():
        for key, value in keys.items():
            yield f"{section}.{key}", value
