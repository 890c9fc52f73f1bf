"""Electrons whose time derivatives are kept, stepped together with the magnetisation."""

from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
from jaxtyping import Array

from boltzwall.dynamics.steady_electrons import CoupledModel
from boltzwall.numerics.sphere import normalise
from boltzwall.transport.model import ElectronsInTime
from boltzwall.typing import Arrays, Vectors


class TimedState(eqx.Module):
    """t in s, M, and the electrons' own state."""

    t: Array
    m: Vectors
    electrons: Any


class TimedRun(eqx.Module):
    """The magnetisation under quasi-steady electrons, and the electrons that act in this run."""

    coupled: CoupledModel
    electrons: ElectronsInTime

    @staticmethod
    @eqx.filter_jit
    def of(coupled: CoupledModel) -> "TimedRun":
        """The same electrons with their time derivatives."""
        return TimedRun(coupled, coupled.electrons.in_time())

    @eqx.filter_jit
    def begin(self, m: Vectors, steady: bool) -> TimedState:
        """At t = 0, with steady electrons or in local equilibrium."""
        return TimedState(jnp.zeros(()), m, self.electrons.begin(m, steady=steady))

    @eqx.filter_jit
    def advance(self, state: TimedState, step: Array, steps: int, moving: bool) -> TimedState:
        """``steps`` steps of the length ``step`` in s; M moves by Heun's method, or rests."""
        coupled, electrons = self.coupled, self.electrons

        def rate(t: Array, m: Vectors, y: Any) -> Vectors:
            torque = electrons.steady.torque(m, electrons.spin(y, m))
            return coupled.rate_under(t, m, torque)

        def one(state: TimedState, _: None) -> tuple[TimedState, None]:
            t, m, y = state.t, state.m, state.electrons
            if not moving:
                return TimedState(t + step, m, electrons.step(y, (m, m), step)), None
            now = rate(t, m, y)
            guess = normalise(m + step * now)
            y = electrons.step(y, (m, guess), step)
            then = rate(t + step, guess, y)
            return TimedState(t + step, normalise(m + 0.5 * step * (now + then)), y), None

        state, _ = jax.lax.scan(one, state, None, length=steps)
        return state

    @eqx.filter_jit
    def observe(self, state: TimedState) -> Arrays:
        """What the Dataset gets, with the largest |dM/dt| as "_rate"."""
        arrays, _, reverse = self.electrons.observe(state.electrons, state.m)
        rate = self.coupled.rate_under(state.t, state.m, arrays["torque_total"])
        arrays = {**arrays, **self.coupled.induced(state.m, rate, reverse)}
        energies = self.coupled.energies(state.t, state.m)
        return {**arrays, **energies, "magnetisation": state.m, "_rate": jnp.max(jnp.abs(rate))}
