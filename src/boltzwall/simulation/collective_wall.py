"""The wall whose position and tilt [M8] follows, from a configuration, or why it is none."""

from collections.abc import Iterator
from typing import Any, NamedTuple

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
from boltzwall.physics.field_terms import OerstedField, SpinOrbitTorque
from boltzwall.values import Values


class Frame(NamedTuple):
    """The axes a, e₁, e₂ of a wall, as indices of x, y, z."""

    easy: int
    first: int
    second: int

    def turned(self, vector: ArrayLike) -> Values:
        """The components along a, e₁, e₂."""
        return np.asarray(vector, dtype=float)[list(self)]


class Currents(NamedTuple):
    """What a heavy metal's current does at full drive, in A/m.

    Attributes:
        field: along a, e₁, e₂.
        push: H_DL ŝ along e₁, e₂.
    """

    field: Float[Array, " 3"]
    push: Float[Array, " 2"]


FRAMES = {"neel": Frame(2, 0, 1), "bloch": Frame(2, 0, 1), "head-to-head": Frame(0, 1, 2)}
_UNEVEN = 1e-9  # relative spread of a constant along the wire that is still none


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
    frame, magnet = FRAMES[config.texture.kind], problem.magnet()
    terms: dict[str, Any] = magnet.terms
    saturation = even(magnet.cells.magnetisation, "Ms")
    easy, hard = _anisotropies(terms, frame, saturation)
    if not (easy > 0.0 and easy + hard > 0.0):
        raise InputError(
            f"Argument `config` must make {'xyz'[frame.easy]} the easy axis, but with its "
            f"demagnetising factors K is {easy:.4g} and K⊥ {hard:.4g} J/m³. Raise "
            "`material.uniaxial_anisotropy`."
        )
    numbers = (
        config.material.gyromagnetic_ratio,
        even(magnet.damping, "α"),
        saturation,
        even(terms["exchange"].stiffness, "A"),
        easy,
        hard,
        -1.0 if getattr(config.texture, "reverse", False) else 1.0,
        _chirality(terms, frame),
    )
    return CollectiveWall(*(jnp.asarray(number, dtype=float) for number in numbers))


def build_currents(problem: Problem) -> Currents:
    """The fields of a heavy metal's current at full drive."""
    frame, terms = FRAMES[problem.config.texture.kind], problem.magnet().terms
    across, push = np.zeros(3), np.zeros(3)
    torque, oersted = terms.get("spin_orbit_torque"), terms.get("oersted")
    if isinstance(torque, SpinOrbitTorque):
        axis = np.asarray(torque.axis)
        across += even(torque.field_like, "H_FL") * axis
        push += even(torque.damping_like, "H_DL") * axis
    if isinstance(oersted, OerstedField):
        across += [even(column, "H_Oe") for column in np.asarray(oersted.strength).T]
    return Currents(jnp.asarray(frame.turned(across)), jnp.asarray(frame.turned(push)[1:]))


def _anisotropies(terms: dict[str, Any], frame: Frame, saturation: float) -> tuple[float, float]:
    """K and K⊥ with those of the shape."""
    easy = hard = 0.0
    if "uniaxial_anisotropy" in terms:
        easy = even(terms["uniaxial_anisotropy"].constant, "K")
    if "hard_axis_anisotropy" in terms:
        constant = even(terms["hard_axis_anisotropy"].constant, "K⊥")
        if _is_along(terms["hard_axis_anisotropy"].axis, frame.first):
            easy, hard = easy + constant, hard - constant
        else:
            hard += constant
    if "demagnetising" in terms:
        along, first, second = frame.turned(np.asarray(terms["demagnetising"].factors))
        scale = 0.5 * VACUUM_PERMEABILITY * saturation**2
        easy, hard = easy + scale * (first - along), hard + scale * (second - first)
    return easy, hard


def _chirality(terms: dict[str, Any], frame: Frame) -> Values:
    """D₁, D₂ of [M15]."""
    found = np.zeros(2)
    if "interfacial_dmi" in terms:
        constant = even(terms["interfacial_dmi"].constant, "D")
        found += [constant, 0.0] if frame.easy == 2 else [0.0, -constant]
    if "bulk_dmi" in terms and frame.easy == 2:
        found[1] += even(terms["bulk_dmi"].constant, "D")
    return found


def start_of(config: Config, run: xr.Dataset | None, wall: CollectiveWall) -> tuple[float, float]:
    """(q in m, φ in rad) at the start, of the run where there is one, else of the texture.

    A wall that relaxes turns down its energy to the nearest φ of rest.
    """
    if run is not None:
        return float(run["wall_position"][0]), float(run["wall_tilt"][0])
    texture = config.texture
    assert isinstance(texture, WallTexture)
    tilt = texture.tilt + (0.5 * np.pi if texture.kind == "bloch" else 0.0)
    return texture.centre, rest_of(wall, tilt) if config.dynamics.relax else tilt


def rest_of(wall: CollectiveWall, tilt: float) -> float:
    """The φ in rad of least energy that a wall turns to from ``tilt``; ``tilt`` where all are one.

    A maximum rests too: there the wall stays.
    """
    angles = tilt + np.linspace(-2.0 * np.pi, 2.0 * np.pi, 8 * 720 + 1)
    energy = np.asarray(wall.energy(jnp.asarray(angles)))
    index = start = len(angles) // 2
    flat = 1e-12 * np.ptp(energy)
    step = int(np.sign(energy[start - 1] - energy[start + 1]))
    if step == 0 or abs(energy[start - 1] - energy[start + 1]) <= flat:
        return tilt
    while 0 < index < len(angles) - 1 and energy[index + step] < energy[index]:
        index += step
    if index == start or index in (0, len(angles) - 1):
        return tilt
    before, here, after = energy[index - 1 : index + 2]
    width = angles[1] - angles[0]
    return float(angles[index] + 0.5 * width * (before - after) / (before - 2.0 * here + after))


def _problems(config: Config) -> Iterator[str]:
    """Why [M8] does not tell of this configuration."""
    texture, field = config.texture, config.field
    if not (isinstance(texture, WallTexture) and texture.kind in FRAMES):
        yield (
            'Key `texture.kind` must be "neel", "bloch" or "head-to-head" for the collective '
            f'coordinates, but "{texture.kind}" was given: they are those of one wall.'
        )
        return
    frame = FRAMES[texture.kind]
    if not field.exchange:
        yield (
            "Key `field.exchange` must be true for the collective coordinates, but is false: it "
            "holds the wall together."
        )
    if not field.uniaxial_anisotropy and field.demagnetising != "local":
        yield (
            "Key `field.uniaxial_anisotropy` must be true for the collective coordinates, or "
            '`field.demagnetising` "local", but neither is: nothing holds the wall together.'
        )
    if field.uniaxial_anisotropy and not _is_along(field.easy_axis, frame.easy):
        yield (
            f"Key `field.easy_axis` must be {'xyz'[frame.easy]} for the collective coordinates of "
            f'a "{texture.kind}" wall, but is not.'
        )
    sides = (frame.first, frame.second)
    if field.hard_axis_anisotropy and not any(_is_along(field.hard_axis, k) for k in sides):
        yield (
            f"Key `field.hard_axis` must be {' or '.join('xyz'[k] for k in sides)} for the "
            f'collective coordinates of a "{texture.kind}" wall, but is not.'
        )
    yield from _fields_beyond(config)


def _fields_beyond(config: Config) -> Iterator[str]:
    """What acts that [M8] does not know."""
    field, drive = config.field, config.drive
    for term in ("cubic_anisotropy", "initial_state_field"):
        if getattr(field, term):
            yield f"Key `field.{term}` must be off for the collective coordinates, but is on."
    if field.demagnetising == "full":
        yield (
            'Key `field.demagnetising` must be "none" or "local" for the collective coordinates, '
            'but "full" was given.'
        )
    if drive.magnetic_region is not None:
        yield (
            "Key `drive.magnetic_field` must act everywhere for the collective coordinates, but "
            "does not."
        )
    if drive.magnetic_field_file is not None:
        yield (
            "Key `drive.magnetic_field_file` must be left out for the collective coordinates, but "
            "is given: they know a uniform field alone."
        )
    if config.material.damping == 0.0:
        yield "Key `material.damping` must be above 0 for the collective coordinates, but is 0."


def _is_along(axis: ArrayLike, index: int) -> bool:
    return bool(np.isclose(abs(np.asarray(axis)[index]), 1.0))


def even(values: ArrayLike, name: str) -> float:
    """The one value of a constant along the wire."""
    array = np.asarray(values, dtype=float)
    if np.ptp(array) > _UNEVEN * np.max(np.abs(array)):
        raise InputError(
            f"Argument `config` must have the same {name} everywhere for the collective "
            f"coordinates, but it lies between {array.min():.6g} and {array.max():.6g}. Leave out "
            "what makes it depend on the place."
        )
    return float(array.mean())
