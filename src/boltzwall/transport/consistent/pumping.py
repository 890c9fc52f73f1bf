"""What the electrons do because M moves, [C1],[C2] with ∂tM for their source, and what it gives.

Local equilibrium moves with M, and its part along M and the part across that a texture has in it,
G' = −(ħ/J) v_x r M×∂xM with r = g0 − ½J F0', stay behind:

    S_G = −g0 ∂tM + (ħ/J) v_x r ∂t(M×∂xM).

The first drives δG across M, which is a torque on M, and by the force of the texture, [C11], a
current; r is of third order in J, and belongs to [C9], which is of the second.
"""

from typing import NamedTuple

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from boltzwall.constants import ELEMENTARY_CHARGE
from boltzwall.numerics.frames import derivative_along
from boltzwall.physics.reciprocity import angular_momentum, pumped
from boltzwall.transport.consistent.cell import CollisionRates
from boltzwall.transport.consistent.circuit import Even
from boltzwall.transport.consistent.drive import Background, DriveSources, GridCounts
from boltzwall.transport.consistent.model import ConsistentModel
from boltzwall.transport.consistent.streams import Streams, StreamWire
from boltzwall.typing import Arrays, Ends, PerCell, Scalar, Vectors


class Pumped(NamedTuple):
    """The answer of the electrons to ∂tM, in a closed circuit without a field.

    Attributes:
        spin: m_n in 1/m³.
        added_current: W in A/m² in the cells, [C11]; W/σ is the field E_s of [C9].
        error: what the iteration leaves, relative.
    """

    spin: Vectors
    added_current: PerCell
    error: Scalar


class Pump(eqx.Module):
    """The electrons that a moving M drives, on momentum nodes of their own.

    Attributes:
        wide: the model on the nodes of g0.
        background: g0 and r on these nodes.
    """

    wide: ConsistentModel
    background: Background

    @classmethod
    def of(cls, model: ConsistentModel) -> "Pump":
        """With half as many nodes as both bands have together."""
        options = model.options
        counts = GridCounts(options.momentum_nodes // 2, 2 * options.panels)
        background = Background.of(model.carriers, model.temperature.at(model.centres), counts)
        none = jnp.zeros((options.cells + 2, 2, counts.nodes))
        # g0 is left behind at µ: both times are those of ε = 0.
        drive = DriveSources(
            background.momenta, jnp.zeros(counts.nodes), jnp.ones(counts.nodes), none, none, none
        )
        return cls(eqx.tree_at(lambda m: m.drive, model, drive), background)

    def respond(self, m: Vectors, rate: Vectors) -> Pumped:
        """The electrons of ``m`` that moves with ``rate`` in 1/s, in their steady state."""
        model, ground = self.wide, self.background
        directions = StreamWire.directions(model.options.streams)
        wire = StreamWire(m, model.spacing / model.velocities, model.options.streams)
        solver = Streams.of(CollisionRates.of(model.carriers, model.drive.energy), wire)
        left = -rate[:, :, None] * ground.strength[:, None]
        odd = self._texture_rate(m, rate)[:, :, None] * (model.velocities * ground.texture)[:, None]
        entering = self._lag(m, rate) if model.options.bulk else None
        solution = solver.relax(*_streamed(left, odd, directions[0]), entering)
        even = Even.of(solution.y, directions)
        found = model.moments(m, even, solution.flux, solution.effort).driven(jnp.ones(1))
        direct = self._along(m, odd)
        return Pumped(found.spin, found.added_current + direct, found.error)

    def _lag(self, m: Vectors, rate: Vectors) -> Float[Array, "2 4 nodes"]:
        """What an endless wire that moves as its ends do sends in.

        It solves −(J/ħ)M×δG + δG/τ_sf = −g0 ∂tM.
        """
        carriers, ends = self.wide.carriers, np.array([0, -1])
        beta = 1.0 / carriers.xi
        behind = jnp.cross(m[ends], rate[ends]) + beta * rate[ends]
        behind = behind / (carriers.precession_rate * (1.0 + beta**2))
        lag = -self.background.strength[ends][:, None] * behind[:, :, None]
        return jnp.pad(lag, [(0, 0), (1, 0), (0, 0)])

    def _texture_rate(self, m: Vectors, rate: Vectors) -> Vectors:
        """(ħ/J) ∂t(M×∂xM), 1/m."""

        def twist(m: Vectors) -> Vectors:
            return jnp.cross(m, derivative_along(m, self.wide.spacing))

        _, change = jax.jvp(twist, (m,), (rate,))
        return change / self.wide.carriers.precession_rate

    def _along(self, m: Vectors, odd: Float[Array, "cells 3 nodes"]) -> PerCell:
        """2∫w·S of the part of the odd source along M: what it drives without δG, A/m²."""
        carriers, v = self.wide.carriers, self.wide.velocities
        times = carriers.times(self.wide.drive.energy)
        reach = -ELEMENTARY_CHARGE * (times.minority - times.majority) * v / carriers.dimension
        return jnp.einsum("ca,cak,k->c", m, odd, reach + jnp.zeros_like(v))


def _streamed(
    even: Float[Array, "cells 3 nodes"], odd: Float[Array, "cells 3 nodes"], cosines: Array
) -> tuple[Array, Array]:
    """S_G = even + µ odd of every stream, (cells, 4, 2, streams, nodes), and its slope."""
    both = [even[:, :, None] + sign * cosines[:, None] * odd[:, :, None] for sign in (1.0, -1.0)]
    source = jnp.pad(jnp.stack(both, axis=2), [(0, 0), (1, 0), (0, 0), (0, 0), (0, 0)])
    return source, 0.5 * derivative_along(source, 1.0)


def pumped_arrays(model: ConsistentModel, m: Vectors, ends: Ends, rate: Vectors) -> Arrays:
    """What M that moves with ``rate`` in 1/s makes of the electrons, named as in the registry.

    The field E_s directly; voltage and heat also by Onsager's relation, [C12], with the solution of
    the reversed texture −M.
    """
    found = Pump.of(model).respond(m, rate)
    dx, conductivity = model.spacing, model.bulk_current()[:, 0]
    field = found.added_current / conductivity
    torque = model.torque(m, found.spin)
    momentum = angular_momentum(model.saturation_magnetisation) * dx
    moved = jnp.sum(momentum[:, None] * rate * rate)
    back = model.respond(-m, -ends)
    electrical, thermal = (model.torque(-m, back.spin[..., k]) for k in (0, 1))
    kelvin = model.temperature.at(model.centres)
    voltage = jnp.sum(field) * dx
    return {
        "pumped_field": field,
        "pumped_voltage": voltage,
        "wall_voltage": pumped(m, rate, electrical / jnp.mean(back.charge_current[:, 0]), momentum),
        "pumped_current_density": voltage / jnp.sum(dx / conductivity),
        "pumped_heat_current_density": -pumped(m, rate, thermal, momentum * kelvin) / model.length,
        "spin_accumulation": found.spin,
        "torque_pumped": torque,
        "added_damping": jnp.sum(momentum[:, None] * jnp.cross(m, rate) * torque) / moved,
        "transport_error": jnp.maximum(found.error, back.error),
    }
