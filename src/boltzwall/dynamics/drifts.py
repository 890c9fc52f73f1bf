"""What moves a texture along x, part by part: the force of each torque and field on it, [H7].

(26) times M×∂xM, summed over the cells with the weight w = Ms S, is for a rate ∂tM

    −Σ wα ∂tM·∂xM = Σ w [ T_sd·(M×∂xM) − γ0 H·∂xM − ∂tM·(M×∂xM) ].

The left side over Σ wα|∂xM|² is the velocity q' of a texture that keeps its shape, and each part of
the right side over it the velocity that a torque or a field gives. The last part is the change of
the tilt: over a motion that ends with the tilt that it began with, it adds up to nothing.
"""

import jax.numpy as jnp

from boltzwall.physics.llg import Magnet
from boltzwall.transport.local_torque import derivative
from boltzwall.typing import Arrays, Scalar, Vectors

TORQUES = ("electrical", "thermal", "background")
PARTS = (*TORQUES, "field", "internal", "tilt")
_APPLIED = ("zeeman", "static_field", "oersted", "spin_orbit_torque", "initial_state")


def drifts(magnet: Magnet, t: Scalar, motion: tuple[Vectors, Vectors], torques: Arrays) -> Arrays:
    """The parts of q' in m/s, named as in the registry; infinite or nan without damping.

    "internal" are the fields that M itself makes: where A, Ms and K follow T(x), they push the
    texture to where its energy is lower.

    Arguments:
        motion: M and ∂tM in 1/s.
        torques: in 1/s, by their names in TORQUES.
    """
    m, rate = motion
    cells = magnet.cells
    slope = derivative(m, cells.spacing)
    turn, weight = jnp.cross(m, slope), cells.magnetisation * cells.area
    drag = jnp.sum(weight * magnet.damping * jnp.sum(slope * slope, axis=-1))

    def along(vector: Vectors, direction: Vectors) -> Scalar:
        return jnp.sum(weight * jnp.sum(vector * direction, axis=-1)) / drag

    fields = {True: jnp.zeros_like(m), False: jnp.zeros_like(m)}
    for name, term in magnet.terms.items():
        fields[name in _APPLIED] += term.field(m, t)
    found = {name: along(torque, turn) for name, torque in torques.items()}
    found["field"] = -magnet.gyromagnetic_ratio * along(fields[True], slope)
    found["internal"] = -magnet.gyromagnetic_ratio * along(fields[False], slope)
    found["tilt"] = -along(rate, turn)
    return {f"drift_{name}": value for name, value in found.items()}
