"""What the collective-coordinate model takes from a configuration, or refuses."""

from collections.abc import Iterator

import jax.numpy as jnp
import numpy as np
import xarray as xr
from jaxtyping import Array, Float
from numpy.typing import ArrayLike

from boltzwall.build.problem import Problem
from boltzwall.config import Config
from boltzwall.config.sections import WallTexture
from boltzwall.constants import VACUUM_PERMEABILITY
from boltzwall.errors import InputError
from boltzwall.physics.collective import CollectiveWall
from boltzwall.physics.waveforms import Tabulated, Waveform

_UNEVEN = 1e-9  # relative spread of a constant along the wire that is still none


class Scaled(Waveform):
    """``factor`` times a waveform of unit height."""

    factor: Float[Array, ""]
    base: Waveform

    def at(self, t: Float[Array, ""]) -> Float[Array, ""]:
        return self.factor * self.base.at(t)

    def breaks(self) -> tuple[float, ...]:
        return self.base.breaks()


class Fixed(Waveform):
    """The same ``value`` at all times."""

    value: Float[Array, ""]

    def at(self, t: Float[Array, ""]) -> Float[Array, ""]:
        return self.value

    def breaks(self) -> tuple[float, ...]:
        return ()


def build_wall(problem: Problem) -> CollectiveWall:
    """The constants of the configuration's wall, with local demagnetising factors taken in.

    Raises:
        InputError: it is not a wall of which [M8] tells.
    """
    config = problem.config
    for message in _problems(config):
        raise InputError(message)
    if np.ptp(np.asarray(problem.place.factors["cross_section"])) > _UNEVEN:
        raise InputError(
            "Key `profile.kind` must leave the cross-section uniform for the collective "
            "coordinates, but does not."
        )
    magnet = problem.magnet()
    terms = magnet.terms
    saturation = _even(magnet.cells.magnetisation, "Ms")
    easy = _even(terms["uniaxial_anisotropy"].constant, "K")  # type: ignore[attr-defined]
    hard = 0.0
    if "hard_axis_anisotropy" in terms:
        hard = _even(terms["hard_axis_anisotropy"].constant, "K⊥")  # type: ignore[attr-defined]
    if "demagnetising" in terms:
        n_x, n_y, n_z = np.asarray(terms["demagnetising"].factors)  # type: ignore[attr-defined]
        scale = 0.5 * VACUUM_PERMEABILITY * saturation**2
        easy, hard = easy + scale * (n_x - n_z), hard + scale * (n_y - n_x)
    if not (easy > 0.0 and hard >= 0.0):
        raise InputError(
            "Argument `config` must make z the easy and y the hardest axis, but with its "
            f"demagnetising factors K is {easy:.4g} and K⊥ {hard:.4g} J/m³. Raise "
            "`material.uniaxial_anisotropy`."
        )
    numbers = (
        config.material.gyromagnetic_ratio,
        _even(magnet.damping, "α"),
        saturation,
        _even(terms["exchange"].stiffness, "A"),  # type: ignore[attr-defined]
        easy,
        hard,
        -1.0 if getattr(config.texture, "reverse", False) else 1.0,
    )
    return CollectiveWall(*(jnp.asarray(float(number)) for number in numbers))


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
        u = _even(form.velocity, "u") if form is not None else 0.0
    if beta is None:
        if form is None and u != 0.0:
            raise InputError(
                f'Argument `beta` must be given with `u` and the model "{model}", but is missing.'
            )
        beta = float(form.beta) if form is not None else 0.0
    _check_finite(u, "u")
    _check_finite(beta, "beta")
    return Scaled(jnp.asarray(float(u)), electric), Fixed(jnp.asarray(float(beta)))


def start_of(config: Config, run: xr.Dataset | None) -> tuple[float, float]:
    """(q in m, φ in rad) at the start, of the run where there is one, else of the texture."""
    if run is not None:
        return float(run["wall_position"][0]), float(run["wall_tilt"][0])
    texture = config.texture
    assert isinstance(texture, WallTexture)
    tilt = texture.tilt + (0.5 * np.pi if texture.kind == "bloch" else 0.0)
    if config.dynamics.relax and config.field.hard_axis_anisotropy and abs(np.cos(tilt)) > 1e-9:
        tilt = np.pi * np.rint(tilt / np.pi)
    return texture.centre, tilt


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


def _problems(config: Config) -> Iterator[str]:
    """Why [M8] does not tell of this configuration."""
    texture, field, drive = config.texture, config.field, config.drive
    if not (isinstance(texture, WallTexture) and texture.kind in ("neel", "bloch")):
        yield (
            'Key `texture.kind` must be "neel" or "bloch" for the collective coordinates, but '
            f'"{texture.kind}" was given: they are those of a wall between domains along z.'
        )
    for term in ("exchange", "uniaxial_anisotropy"):
        if not getattr(field, term):
            yield (
                f"Key `field.{term}` must be true for the collective coordinates, but is false: "
                "exchange and anisotropy hold the wall together."
            )
    axes = {"easy_axis": (0.0, 0.0, 1.0)}
    if field.hard_axis_anisotropy:
        axes["hard_axis"] = (0.0, 1.0, 0.0)
    for key, axis in axes.items():
        if not np.isclose(abs(np.dot(getattr(field, key), axis)), 1.0):
            letter = "z" if key == "easy_axis" else "y"
            yield f"Key `field.{key}` must be {letter} for the collective coordinates, but is not."
    for term in ("cubic_anisotropy", "bulk_dmi", "interfacial_dmi", "initial_state_field"):
        if getattr(field, term):
            yield f"Key `field.{term}` must be off for the collective coordinates, but is on."
    if field.demagnetising == "full":
        yield (
            'Key `field.demagnetising` must be "none" or "local" for the collective coordinates, '
            'but "full" was given.'
        )
    if any(drive.magnetic_field[:2]) or drive.magnetic_region is not None:
        yield (
            "Key `drive.magnetic_field` must be along z and act everywhere for the collective "
            "coordinates, but does not."
        )
    if config.material.damping == 0.0:
        yield "Key `material.damping` must be above 0 for the collective coordinates, but is 0."


def _even(values: ArrayLike, name: str) -> float:
    """The one value of a constant along the wire."""
    array = np.asarray(values, dtype=float)
    if np.ptp(array) > _UNEVEN * np.max(np.abs(array)):
        raise InputError(
            f"Argument `config` must have the same {name} everywhere for the collective "
            f"coordinates, but it lies between {array.min():.6g} and {array.max():.6g}. Leave out "
            "what makes it depend on the place."
        )
    return float(array.mean())
