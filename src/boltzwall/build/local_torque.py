"""From a configuration to a torque of a known form, and what a Dataset says about it."""

from dataclasses import replace
from typing import Any

import numpy as np
from jaxtyping import Array

from boltzwall.build.place import Place, constant
from boltzwall.config import Config
from boltzwall.config.scales.torque import torque_beta
from boltzwall.relations import bauer_velocity, zhang_li_velocity
from boltzwall.transport.local_torque import NoTorque, ZhangLiTorque


def build_no_torque(config: Config, place: Place) -> NoTorque:
    """No electrons."""
    return NoTorque()


def build_zhang_li(config: Config, place: Place) -> ZhangLiTorque:
    """The torque of Zhang and Li, for a given u or for a polarised current."""
    transport, cells = config.transport, place.magnet_cells
    beta = torque_beta(config.material, config.transport)
    if transport.u is not None:
        saturation = config.material.saturation_magnetisation
        section = np.asarray(cells.magnetisation) * np.asarray(cells.area)
        return _torque(place, constant(transport.u * saturation / section), beta)
    polarisation, current = transport.polarisation, config.drive.current_density
    assert polarisation is not None
    assert current is not None
    velocity = zhang_li_velocity(
        constant(polarisation), current / cells.area, cells.magnetisation, constant(beta)
    )
    return _torque(place, velocity, beta)


def build_bauer(config: Config, place: Place) -> ZhangLiTorque:
    """Bauer's torque of the heat current that the gradient drives."""
    metal = config.material
    numbers = (config.transport.spin_conversion, metal.seebeck_coefficient, metal.conductivity)
    conversion, seebeck, conductivity = (constant(float(v)) for v in numbers)  # type: ignore[arg-type]

    def driven(gradient: Array, magnetisation: Array) -> Array:
        found: Array = bauer_velocity(conversion, seebeck, conductivity, gradient, magnetisation)
        return found

    slope = place.temperature.gradient_at(constant(place.centres))
    one, saturation = constant(np.ones(place.cells)), place.magnet_cells.magnetisation
    torque = _torque(
        place,
        driven(slope, saturation),
        torque_beta(config.material, config.transport),
    )
    return replace(torque, carried=driven(one, one), thermal=True)


def describe_local_torque(config: Config, place: Place) -> dict[str, Any]:
    """Attributes of a Dataset of such a torque."""
    return {
        "beta": torque_beta(config.material, config.transport),
        "torque_sign": "torques are contributions to dM/dt; u > 0 moves a wall to +x",
        "torque_form": "-u dM/dx + beta u M x dM/dx, u divided by nothing",
    }


def describe_no_torque(config: Config, place: Place) -> dict[str, Any]:
    """Nothing to add."""
    return {}


def _torque(place: Place, velocity: Array, beta: float) -> ZhangLiTorque:
    carried = constant(np.asarray(velocity) * np.asarray(place.magnet_cells.magnetisation))
    return ZhangLiTorque(constant(place.spacing), velocity, constant(beta), constant(1.0), carried)
