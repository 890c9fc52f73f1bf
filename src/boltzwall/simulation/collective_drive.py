"""u(t) and β(t) that push the wall of [M8]: given, of a Dataset, or of the configuration."""

import jax.numpy as jnp
import numpy as np
import xarray as xr
from numpy.typing import ArrayLike

from boltzwall.build.problem import Problem
from boltzwall.errors import InputError
from boltzwall.physics.waveforms import Tabulated, Waveform
from boltzwall.simulation.collective_wall import even
from boltzwall.typing import Scalar


class Scaled(Waveform):
    """``factor`` times a waveform of unit height."""

    factor: Scalar
    base: Waveform

    def at(self, t: Scalar) -> Scalar:
        return self.factor * self.base.at(t)

    def breaks(self) -> tuple[float, ...]:
        return self.base.breaks()


class Fixed(Waveform):
    """The same ``value`` at all times."""

    value: Scalar

    def at(self, t: Scalar) -> Scalar:
        return self.value

    def breaks(self) -> tuple[float, ...]:
        return ()


def build_drive(
    problem: Problem, u: float | xr.Dataset | None, beta: float | None
) -> tuple[Waveform, Waveform]:
    """(u(t) in m/s, β(t)) from the arguments, or from the torque of the configuration.

    Raises:
        InputError: neither gives them, or they are not finite numbers.
    """
    model, electric = problem.config.transport.model, problem.waveforms.electric
    if isinstance(u, xr.Dataset):
        return _computed(u, beta, electric)
    if u is None and problem.kinetic:
        raise InputError(
            f'Argument `u` must be given with the model "{model}", but is missing. Give a number '
            "and `beta`, or the Dataset of `solve_transport` or of a run."
        )
    form = None if problem.kinetic else problem.electrons().form
    if u is None:
        u = even(form.velocity, "u") if form is not None else 0.0
    if beta is None:
        if form is None and u != 0.0:
            raise InputError(
                f'Argument `beta` must be given with `u` and the model "{model}", but is missing.'
            )
        beta = float(form.beta) if form is not None else 0.0
    _check_finite(u, "u")
    _check_finite(beta, "beta")
    return Scaled(jnp.asarray(float(u)), electric), Fixed(jnp.asarray(float(beta)))


def _computed(
    dataset: xr.Dataset, beta: float | None, electric: Waveform
) -> tuple[Waveform, Waveform]:
    """u and β of a Dataset: against its times if it is of a run, else times the waveform."""
    if "effective_velocity" not in dataset or "effective_beta" not in dataset:
        raise InputError(
            "Argument `u` must be a Dataset with `effective_velocity` and `effective_beta`, but "
            "this one lacks them. Give numbers for `u` and `beta`."
        )
    u = np.asarray(dataset["effective_velocity"].values, dtype=float)
    ratio = np.asarray(dataset["effective_beta"].values, dtype=float)
    if beta is not None:
        ratio = np.full_like(u, beta)
    # Without a torque β has no meaning, and no effect.
    ratio = np.where(np.isfinite(ratio) | (u != 0.0), ratio, 0.0)
    _check_finite(u, "u")
    _check_finite(ratio, "beta")
    if u.ndim == 0:
        return Scaled(jnp.asarray(float(u)), electric), Fixed(jnp.asarray(float(ratio)))
    times = jnp.asarray(dataset["time"].values, dtype=float)
    ratio = np.broadcast_to(ratio, u.shape)
    return Tabulated(times, jnp.asarray(u)), Tabulated(times, jnp.asarray(ratio))


def _check_finite(value: ArrayLike, name: str) -> None:
    if not np.all(np.isfinite(np.asarray(value, dtype=float))):
        raise InputError(f"Argument `{name}` must be finite, but is not. Give a number.")
