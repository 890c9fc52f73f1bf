"""Which transport model a configuration asks for: the one place that tells them apart by name."""

from collections.abc import Callable
from typing import Any, NamedTuple

from boltzwall.build.consistent import build_consistent, describe_consistent
from boltzwall.build.local_torque import (
    build_bauer,
    build_no_torque,
    build_zhang_li,
    describe_local_torque,
    describe_no_torque,
)
from boltzwall.build.place import Place
from boltzwall.build.published import build_published, describe_published
from boltzwall.config import Config
from boltzwall.errors import InputError
from boltzwall.transport.model import KineticModel, TransportModel

Describe = Callable[[Config, Place], dict[str, Any]]


class Kinetic(NamedTuple):
    """How the electrons of a kinetic model are made, and what a Dataset says about them."""

    electrons: Callable[[Config, Place], KineticModel]
    attributes: Describe


class Local(NamedTuple):
    """The same of a torque that follows from M without a kinetic solution."""

    electrons: Callable[[Config, Place], TransportModel]
    attributes: Describe


KINETIC = {
    "published": Kinetic(build_published, describe_published),
    "consistent": Kinetic(build_consistent, describe_consistent),
}
LOCAL = {
    "zhang-li": Local(build_zhang_li, describe_local_torque),
    "bauer": Local(build_bauer, describe_local_torque),
    "none": Local(build_no_torque, describe_no_torque),
}


def builder_of(name: str) -> Kinetic | Local:
    """That of a `transport.model`."""
    return KINETIC[name] if name in KINETIC else LOCAL[name]


def kinetic_builder_of(name: str) -> Kinetic:
    """That of a `transport.model`.

    Raises:
        InputError: it is not a kinetic model.
    """
    if name not in KINETIC:
        choices = " or ".join(f'"{known}"' for known in KINETIC)
        raise InputError(
            f'Key `transport.model` must be a kinetic model here, but "{name}" was given. Choose '
            f"{choices}."
        )
    return KINETIC[name]
