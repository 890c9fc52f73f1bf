"""dM/dt of the coupled problem, with the electrons in their steady state for each M."""

import equinox as eqx
import jax
import jax.numpy as jnp
from jaxtyping import Array, Float

from boltzwall.config.build import build_magnet
from boltzwall.config.config import Config
from boltzwall.numerics.stepping import Accuracy, Held, Progression, advance, advance_held
from boltzwall.physics.llg import Magnet, magnetisation_rate
from boltzwall.simulation.electrons import Electrons, build_electrons

Vectors = Float[Array, "cells 3"]


class CoupledModel(eqx.Module):
    """Electrons (or none) and the magnetisation that they act on."""

    electrons: Electrons
    magnet: Magnet
    accuracy: Accuracy

    def spin(self, m: Vectors) -> Vectors:
        """The spin accumulation of the steady electrons at ``m``."""
        return self.electrons.spin(m)

    def torque(self, m: Vectors, spin: Vectors) -> Vectors:
        """T_sd in 1/s of a spin accumulation."""
        return self.electrons.torque(m, spin)

    def field(self, m: Vectors) -> Vectors:
        """H in A/m, the sum of all terms."""
        return sum((term.field(m) for term in self.magnet.terms), jnp.zeros_like(m))

    def rate_under(self, m: Vectors, torque: Vectors) -> Vectors:
        """dM/dt in 1/s under a given spin torque."""
        magnet = self.magnet
        return magnetisation_rate(
            m, self.field(m), torque, magnet.gyromagnetic_ratio, magnet.damping
        )

    def rate(self, m: Vectors) -> Vectors:
        """dM/dt in 1/s, (26), with the transport solved at ``m``."""
        return self.rate_under(m, self.torque(m, self.spin(m)))


def build_coupled(config: Config, start: Vectors) -> CoupledModel:
    """The coupled model of a configuration, with the initial magnetisation ``start``."""
    dynamics = config.dynamics
    accuracy = Accuracy(
        jnp.asarray(dynamics.relative_tolerance), jnp.asarray(dynamics.absolute_tolerance)
    )
    return CoupledModel(build_electrons(config), build_magnet(config, start), accuracy)


def advance_coupled(
    model: CoupledModel,
    start: Vectors,
    span: tuple[Array, Array, Array],
    update: Float[Array, ""] | None,
) -> Progression:
    """M at the times wanted; ``update``: tolerance of held transport, or None: every stage."""
    if update is None:
        return advance(model.rate, start, span, model.accuracy)
    held = Held(
        compute=model.spin,
        rate=lambda m, spin: model.rate_under(m, model.torque(m, spin)),
        torque=model.torque,
        tolerance=update,
    )
    return advance_held(held, start, span, model.accuracy)


def outputs_at(model: CoupledModel, states: Float[Array, "times cells 3"]) -> dict[str, Array]:
    """Transport outputs, the largest |dM/dt| and the relative residuals at each state."""

    def at(m: Vectors) -> dict[str, Array]:
        arrays, (charge, spin) = model.electrons.outputs(m)
        rate = model.rate_under(m, arrays["torque_total"])
        return {**arrays, "_rate": jnp.max(jnp.abs(rate)), "_charge": charge, "_spin": spin}

    return jax.lax.map(at, states)
