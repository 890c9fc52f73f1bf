"""dM/dt of the coupled problem, with the electrons in their steady state for each M."""

from dataclasses import replace
from typing import Any, NamedTuple

import equinox as eqx
import jax
import jax.numpy as jnp
from jaxtyping import Array, Float

from boltzwall.dynamics.drifts import TORQUES, drifts
from boltzwall.dynamics.lag import Dragged, Lag
from boltzwall.dynamics.warming import Warming
from boltzwall.numerics.evolution import Accuracy, Evolution, Noise, TimeRange
from boltzwall.numerics.schedule import Held, advance_held
from boltzwall.numerics.stepping import Progression, advance
from boltzwall.numerics.tangent import Coefficients
from boltzwall.physics.field_terms import thermal_field
from boltzwall.physics.llg import Magnet, magnetisation_rate
from boltzwall.physics.reciprocity import angular_momentum, pumped
from boltzwall.physics.waveforms import Waveform
from boltzwall.transport.model import TransportModel
from boltzwall.typing import Arrays, PerCell, Scalar, Vectors


class ThermalNoise(eqx.Module):
    """Fluctuations of the field: σ in A/m of every cell, the fixed step, and the key."""

    strength: PerCell
    step: Scalar
    key: Array


class CoupledModel(eqx.Module):
    """Electrons and the magnetisation that they act on.

    Attributes:
        waveform: factor of time of the electric drive.
        semi_implicit: whether stiff terms are stepped implicitly.
        warming: T where it changes; the rest is then at one temperature, its constants at T_ref.
    """

    electrons: TransportModel
    waveform: Waveform
    magnet: Magnet
    accuracy: Accuracy
    noise: ThermalNoise | None
    semi_implicit: bool = eqx.field(static=True)
    warming: Warming | None = None

    def prepared(self) -> "CoupledModel":
        """The same, with what does not depend on the magnetisation computed once."""
        return eqx.tree_at(lambda model: model.electrons, self, self.electrons.prepared())

    def at(self, t: Any, *, alone: bool = True) -> "CoupledModel":
        """The model at the temperature of the time ``t`` in s, which then stays.

        Arguments:
            alone: see `TransportModel.heated`.
        """
        if self.warming is None:
            return self
        magnet = self._magnet(t)
        profile = self.warming.profile(t, magnet.cells.spacing)
        electrons = self.electrons.heated(profile, magnet.cells.magnetisation, alone=alone)
        return replace(self, electrons=electrons, magnet=magnet, warming=None)

    def _magnet(self, t: Any) -> Magnet:
        return self.magnet if self.warming is None else self.magnet.scaled(self.warming.scaling(t))

    def driven(self, t: Any) -> TransportModel:
        """The electrons under the electric drive at the time ``t`` in s.

        Where T changes, the costly part of their torque knows it from when it was computed.
        """
        held = self.warming is None or self.electrons.costly
        return (self if held else self.at(t)).electrons.driven(self.waveform.at(t))

    def hold(self, t: Any, m: Vectors) -> Any:
        """The costly part of the torque at (t, M), with the lag of M where that acts."""
        model = self.at(t, alone=False)
        held = model.driven(t).hold(m)
        if not self.electrons.pumps:
            return held
        rate = model.magnet.rate(m, t, model.driven(t).torque_at(m, held))
        return Dragged(held, Lag.of(m, rate, model.electrons.pumped_torque(m, rate)))

    def torque(self, t: Any, m: Vectors, held: Any) -> Vectors:
        """T_sd in 1/s at (t, M), from a costly part that may belong to an earlier M."""
        return self.driven(t).torque_at(m, held.held if self.electrons.pumps else held)

    def dragged(self, m: Vectors, rate: Vectors) -> tuple[Vectors, Arrays]:
        """∂tM in 1/s under what it pumps, from ∂tM without, and what the Dataset gets of that."""
        if not self.electrons.pumps:
            return rate, {}
        lag = Lag.of(m, rate, self.electrons.pumped_torque(m, rate))
        rate = lag.followed(m, rate, self.magnet.damping)
        added = lag.added_damping(rate, self.magnet.cells.magnetisation)
        return rate, {"torque_pumped": lag.torque(m, rate), "added_damping": added}

    def rate_under(self, t: Any, m: Vectors, torque: Vectors) -> Vectors:
        """dM/dt in 1/s, (26), under a given spin torque."""
        return self.magnet.rate(m, t, torque)

    def energies(self, t: Any, m: Vectors) -> Arrays:
        """Energies in J/m², by term and their sum, named as in the registry."""
        found = {f"energy_{name}": e for name, e in self.magnet.energies(m, t).items()}
        return {**found, "energy_total": sum(found.values(), jnp.zeros(()))}

    def drifts(self, t: Any, motion: tuple[Vectors, Vectors], arrays: Arrays) -> Arrays:
        """What moves M along x, part by part, in m/s, from the torques among the outputs."""
        torques = {name: arrays.get(f"torque_{name}") for name in TORQUES}
        known = {name: torque for name, torque in torques.items() if torque is not None}
        if not known:
            known = {self.electrons.drive: arrays["torque_total"]}
        return drifts(self.magnet, t, motion, known)

    def induced(self, m: Vectors, rate: Vectors, reversed_torque: Vectors | None) -> Arrays:
        """The voltage of an M that moves with ``rate`` in 1/s, [C12], where it is known."""
        if reversed_torque is None:
            return {}
        cells = self.magnet.cells
        momentum = angular_momentum(cells.magnetisation) * cells.spacing
        return {"wall_voltage": pumped(m, rate, reversed_torque, momentum)}

    def evolution(self, held: Any = None) -> Evolution:
        """How M moves, with the costly part of the torque held, or computed at every stage."""
        costly = self.electrons.costly

        def rate(t: Any, m: Vectors) -> Vectors:
            known = self.hold(t, m) if held is None else held
            magnet = self._magnet(t)
            free = magnet.rate(m, t, self.torque(t, m, known))
            if not self.electrons.pumps:
                return free
            return known.lag.followed(m, free, magnet.damping)

        def stiffness(t: Any, m: Vectors) -> Coefficients:
            if held is None and costly:
                return self._stiffness(t, m, jnp.zeros((2, 1)))
            known = held.held if held is not None and self.electrons.pumps else held
            return self._stiffness(t, m, self.driven(t).drift(() if known is None else known))

        return Evolution(rate, stiffness if self.semi_implicit else None, self._noise())

    def relaxation(self) -> Evolution:
        """M led down its energy, dM/dt = −γ0 M×(M×H), without precession, electrons, currents."""
        magnet = self._magnet(jnp.zeros(())).undriven()
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
        magnet = self._magnet(t)
        push = magnet.response * (along + 1j * across) / (2.0 * magnet.cells.spacing)
        return self._coefficients(t, m, magnet.precession, push)

    def _coefficients(self, t: Any, m: Vectors, factor: Array, push: Array | float) -> Coefficients:
        magnet = self._magnet(t)
        exchange = magnet.terms["exchange"]
        left, right = exchange.left, exchange.right  # type: ignore[attr-defined]
        field = jnp.sum(m * magnet.field(m, t), axis=-1)
        return Coefficients(
            behind=factor * left - push,
            centre=-factor * (left + right + field),
            ahead=factor * right + push,
        )

    def _noise(self) -> Noise | None:
        noise, warming = self.noise, self.warming
        if noise is None:
            return None

        def rate(m: Vectors, index: Array) -> Vectors:
            t = index * noise.step
            strength = noise.strength if warming is None else noise.strength * warming.agitation(t)
            magnet, kick = self._magnet(t), thermal_field(strength, noise.key, index)
            none = jnp.zeros_like(m)
            return magnetisation_rate(m, kick, none, magnet.gyromagnetic_ratio, magnet.damping)

        return Noise(noise.step, rate)


class TimeSpan(NamedTuple):
    """What one call of `advance_coupled` covers, s.

    Attributes:
        start: t0, and ``times``: those wanted, in increasing order.
        step: the first time step.
        interval: the first interval of a held torque.
    """

    start: Array
    times: Array
    step: Array
    interval: Array


def advance_coupled(
    model: CoupledModel, start: Vectors, span: TimeSpan, update: Scalar | None
) -> Progression:
    """M at the times wanted.

    Arguments:
        update: tolerance of the held torque, or None: the electrons at every stage.
    """
    model = model.prepared()
    stepping = TimeRange(span.start, span.times, span.step)
    if update is None or not model.electrons.costly:
        found = advance(model.evolution(), start, stepping, model.accuracy)
        return found._replace(interval=span.interval)
    held = Held(model.hold, model.evolution, model.torque, update)
    return advance_held(held, start, stepping, model.accuracy, span.interval)


def outputs_at(
    model: CoupledModel, times: Float[Array, " times"], states: Float[Array, "times cells 3"]
) -> Arrays:
    """Transport outputs, energies, the largest |dM/dt| and the relative residuals at each state."""
    model = model.prepared()

    def at(both: tuple[Array, Vectors]) -> Arrays:
        t, m = both
        now = model.at(t)
        arrays, left, reverse = now.driven(t).outputs(m)
        rate, pumped = now.dragged(m, now.rate_under(t, m, arrays["torque_total"]))
        arrays = {**arrays, **pumped, **now.induced(m, rate, reverse)}
        if model.warming is not None:
            arrays = {**arrays, "temperature": model.warming.at(t)}
            arrays |= {
                "_dissipation": now.magnet.dissipation(rate),
                **now.drifts(t, (m, rate), arrays),
            }
        if left is not None:
            ratios = {"residual_charge_ratio": left.charge, "residual_spin_ratio": left.spin}
            arrays = {**arrays, **ratios}
        return {**arrays, **now.energies(t, m), "_rate": jnp.max(jnp.abs(rate))}

    return jax.lax.map(at, (times, states))
