"""dM/dt of the coupled problem, with the electrons in their steady state for each M."""

from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from boltzwall.build.magnet import (
    build_breaks,
    build_magnet,
    build_noise,
    build_waveform,
    build_zhang_li,
    noise_step,
)
from boltzwall.build.published import build_temperature, constant
from boltzwall.config.config import Config
from boltzwall.numerics.schedule import Held, advance_held
from boltzwall.numerics.stepping import Accuracy, Evolution, Noise, Progression, advance
from boltzwall.numerics.tangent import Coefficients
from boltzwall.physics.field_terms import thermal_field
from boltzwall.physics.llg import Magnet, magnetisation_rate
from boltzwall.physics.temperature import Temperature
from boltzwall.simulation.electrons import build_electrons
from boltzwall.simulation.spin_torque import KineticTorque, LocalTorque, NoTorque, SpinTorque

Vectors = Float[Array, "cells 3"]
Scalar = Float[Array, ""]


class ThermalNoise(eqx.Module):
    """Fluctuations of the field: σ in A/m of every cell, the fixed step, and the key."""

    strength: Float[Array, " cells"]
    step: Scalar
    key: Array


class CoupledModel(eqx.Module):
    """A source of torque and the magnetisation that it acts on."""

    torque: SpinTorque
    magnet: Magnet
    temperature: Temperature
    accuracy: Accuracy
    noise: ThermalNoise | None
    semi_implicit: bool = eqx.field(static=True)

    def prepared(self) -> "CoupledModel":
        """The same, with what does not depend on the magnetisation computed once."""
        return eqx.tree_at(lambda model: model.torque, self, self.torque.prepared())

    def rate_under(self, t: Any, m: Vectors, torque: Vectors) -> Vectors:
        """dM/dt in 1/s, (26), under a given spin torque."""
        return self.magnet.rate(m, t, torque)

    def energies(self, t: Any, m: Vectors) -> dict[str, Array]:
        """Energies in J/m², by term and their sum, named as in the registry."""
        found = {f"energy_{name}": e for name, e in self.magnet.energies(m, t).items()}
        return {**found, "energy_total": sum(found.values(), jnp.zeros(()))}

    def evolution(self, held: Any = None) -> Evolution:
        """How M moves, with the costly part of the torque held, or computed at every stage."""
        source, magnet = self.torque, self.magnet

        def rate(t: Any, m: Vectors) -> Vectors:
            costly = source.hold(t, m) if held is None else held
            return magnet.rate(m, t, source.torque(t, m, costly))

        def stiffness(t: Any, m: Vectors) -> Coefficients:
            if held is not None or isinstance(source, LocalTorque | NoTorque):
                return self._stiffness(t, m, source.drift(t, () if held is None else held))
            return self._stiffness(t, m, jnp.zeros((2, 1)))

        return Evolution(rate, stiffness if self.semi_implicit else None, self._noise())

    def relaxation(self) -> Evolution:
        """M led down its energy, dM/dt = −γ0 M×(M×H), without precession and electrons."""
        magnet = self.magnet
        gamma = magnet.gyromagnetic_ratio

        def rate(t: Any, m: Vectors) -> Vectors:
            field = magnet.field(m, t)
            return gamma * (field - jnp.sum(field * m, axis=-1, keepdims=True) * m)

        def stiffness(t: Any, m: Vectors) -> Coefficients:
            return self._coefficients(t, m, gamma * jnp.ones_like(magnet.precession), 0.0)

        return Evolution(rate, stiffness if self.semi_implicit else None)

    def _stiffness(self, t: Any, m: Vectors, drift: Float[Array, "2 cells"]) -> Coefficients:
        """Exchange, the field along M, and the drift of the torque, [M7]."""
        along, across = drift
        push = self.magnet.response * (along + 1j * across) / (2.0 * self.magnet.cells.spacing)
        return self._coefficients(t, m, self.magnet.precession, push)

    def _coefficients(self, t: Any, m: Vectors, factor: Array, push: Array | float) -> Coefficients:
        exchange = self.magnet.terms["exchange"]
        left, right = exchange.left, exchange.right  # type: ignore[attr-defined]
        field = jnp.sum(m * self.magnet.field(m, t), axis=-1)
        return Coefficients(
            behind=factor * left - push,
            centre=-factor * (left + right + field),
            ahead=factor * right + push,
        )

    def _noise(self) -> Noise | None:
        noise, magnet = self.noise, self.magnet
        if noise is None:
            return None

        def rate(m: Vectors, index: Array) -> Vectors:
            kick = thermal_field(noise.strength, noise.key, index)
            none = jnp.zeros_like(m)
            return magnetisation_rate(m, kick, none, magnet.gyromagnetic_ratio, magnet.damping)

        return Noise(noise.step, rate)


def build_coupled(config: Config, start: Vectors, offset: float = 0.0) -> CoupledModel:
    """The coupled model of a configuration.

    Arguments:
        start: the initial magnetisation.
        offset: where the first cell begins, m.
    """
    dynamics = config.dynamics
    accuracy = Accuracy(
        constant(dynamics.relative_tolerance),
        constant(dynamics.absolute_tolerance),
        constant(build_breaks(config)),
    )
    magnet = build_magnet(config, start, offset)
    noise = None
    if dynamics.method == "heun":
        strength = constant(np.zeros(config.wire.cells))
        if dynamics.thermal_noise:
            strength = build_noise(config, magnet.cells, offset)
        key = jax.random.key_data(jax.random.key(dynamics.noise_seed))
        noise = ThermalNoise(strength, constant(noise_step(config)), key)
    return CoupledModel(
        _source(config, magnet, offset),
        magnet,
        build_temperature(config, offset),
        accuracy,
        noise,
        dynamics.method == "semi-implicit",
    )


def _source(config: Config, magnet: Magnet, offset: float) -> SpinTorque:
    model, waveform = config.transport.model, build_waveform(config, "electric")
    if model == "none":
        return NoTorque()
    if model in ("zhang-li", "bauer"):
        return LocalTorque(build_zhang_li(config, offset), waveform)
    magnetisation = np.asarray(magnet.cells.magnetisation)
    ratio = constant(config.material.saturation_magnetisation / magnetisation)
    electrons = build_electrons(config, offset)
    return KineticTorque(electrons, waveform, ratio, magnet.cells.spacing)


def advance_coupled(
    model: CoupledModel,
    start: Vectors,
    span: tuple[Array, Array, Array, Array],
    update: Float[Array, ""] | None,
) -> Progression:
    """M at the times wanted.

    Arguments:
        span: t0, the times wanted, the first step, and the first interval of a held torque, s.
        update: tolerance of the held torque, or None: the electrons at every stage.
    """
    model = model.prepared()
    *stepping, interval = span
    if update is None or not isinstance(model.torque, KineticTorque):
        found = advance(model.evolution(), start, tuple(stepping), model.accuracy)  # type: ignore[arg-type]
        return found._replace(interval=interval)
    held = Held(model.torque.hold, model.evolution, model.torque.torque, update)
    return advance_held(held, start, tuple(stepping), model.accuracy, interval)  # type: ignore[arg-type]


def outputs_at(
    model: CoupledModel, times: Float[Array, " times"], states: Float[Array, "times cells 3"]
) -> dict[str, Array]:
    """Transport outputs, energies, the largest |dM/dt| and the relative residuals at each state."""
    model = model.prepared()

    def at(both: tuple[Array, Vectors]) -> dict[str, Array]:
        t, m = both
        arrays, (charge, spin) = model.torque.outputs(t, m)
        rate = model.rate_under(t, m, arrays["torque_total"])
        ratios = {"residual_charge_ratio": charge, "residual_spin_ratio": spin}
        if isinstance(model.torque, KineticTorque):
            arrays = {**arrays, **ratios}
        return {**arrays, **model.energies(t, m), "_rate": jnp.max(jnp.abs(rate))}

    return jax.lax.map(at, (times, states))
