"""The texture as an element of the circuit: what it adds to the same wire with uniform M, [C11].

Everything is of second order in ∂xM and per area of cross-section. W/σ is the field of the texture,
so that −∫W/σ dx is what a given current, or a gradient without a current, needs in addition.
"""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array

from boltzwall.constants import BOLTZMANN
from boltzwall.numerics.frames import derivative_along
from boltzwall.physics.scattering import ConstantScattering
from boltzwall.transport.consistent.model import ConsistentModel, Response
from boltzwall.typing import Arrays, PerCell, Vectors

WALL_ELEMENT = (
    "wall_resistance_area", "wall_thermovoltage", "wall_peltier_heat", "wall_resistance_area_amr",
)  # fmt: skip
BOUNDED = 0.05  # of the largest |∂xM|: less at both ends, and the texture lies within the wire
UNIFORM = 1e-10  # of a turn from cell to cell
_STEP = 0.02  # of k_BT, for differences in the energy


def wall_element_arrays(model: ConsistentModel, m: Vectors, response: Response) -> Arrays:
    """Resistance, thermovoltage and Peltier heat; nan where `element_note` says why."""
    conductivity = model.bulk_current()[:, 0]
    current = jnp.mean(response.charge_current, axis=0)
    field = -_added_current(model, m, response) / conductivity[:, None] * model.spacing
    at_current = field[:, 0] / current[0]
    at_gradient = field[:, 1] - current[1] * at_current
    kelvin = model.temperature.at(model.centres)
    ratio = model.anisotropic_magnetoresistance
    known = jnp.where(jnp.any(jnp.stack(conditions(m))), jnp.nan, 1.0)
    along = _beyond_domains(m) * model.spacing / conductivity
    parts = (at_current, at_gradient, kelvin * at_gradient, ratio * along)
    return {name: known * jnp.sum(part) for name, part in zip(WALL_ELEMENT, parts, strict=True)}


def _added_current(model: ConsistentModel, m: Vectors, response: Response) -> Array:
    """W in A/m², (cells, drives), with every energy for itself."""
    if isinstance(model.carriers.scattering, ConstantScattering):
        return response.added_current
    coldest = jnp.min(model.temperature.at(model.centres))
    drive = model.drive.at_fixed_energy(model.carriers.mass, _STEP * BOLTZMANN * coldest)
    apart = eqx.tree_at(lambda model: model.drive, model, drive)
    return response.added_current + apart.respond(m).added_current


def conditions(m: Vectors) -> tuple[Array, Array]:
    """Whether M is uniform, and whether the texture reaches an end of the wire."""
    turn = jnp.linalg.norm(derivative_along(m, 1.0), axis=-1)
    most = jnp.max(turn)
    return most < UNIFORM, jnp.maximum(turn[0], turn[-1]) > BOUNDED * most


def element_note(m: Vectors) -> str:
    """Why the texture has no numbers as an element; "" where it has."""
    uniform, reaches = (bool(condition) for condition in conditions(m))
    if uniform:
        return "the magnetisation is uniform"
    if reaches:
        return "the texture reaches an end of the wire: it has no uniform wire on both sides"
    return ""


def torque_of_reversed(model: ConsistentModel, m: Vectors, response: Response) -> Vectors:
    """T[−M]/j in m²/(A s), the torque of the texture −M in a field, from that of M.

    About n = M×∂xM, M and −M are half a turn apart where M lies in a plane, and so are their
    torques: T[−M] = 2n(n·T) − T. In a texture that twists this leaves out what is of second order
    in the twist.
    """
    torque = model.torque(m, response.spin[..., 0]) / jnp.mean(response.charge_current[:, 0])
    n = jnp.cross(m, derivative_along(m, model.spacing))
    size = jnp.sum(n * n, axis=-1, keepdims=True)
    size = size + jnp.finfo(float).tiny
    return 2.0 * n * (jnp.sum(n * torque, axis=-1, keepdims=True) / size) - torque


def _beyond_domains(m: Vectors) -> PerCell:
    """(M·x̂)² less that of the two domains beside the texture, the mean of both."""
    square = m[:, 0] ** 2
    return square - 0.5 * (square[0] + square[-1])
