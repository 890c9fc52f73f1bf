"""From a configuration to the wall that it holds together, or why it holds none."""

from collections.abc import Sequence
from dataclasses import dataclass

from boltzwall.config import sections
from boltzwall.config.config import Config
from boltzwall.config.heavy_metal import heavy_metal
from boltzwall.config.scales.walls import Anisotropy, ExpectedWall, WallDrive
from boltzwall.constants import VACUUM_PERMEABILITY
from boltzwall.relations import oersted_field, spin_orbit_field
from boltzwall.shape_factors import prism_factors

Vector = tuple[float, float, float]
_SMALL = 1e-6  # of the largest anisotropy
_X, _Y, _Z = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)
# Of each kind: the axis of its domains, and the two axes across, from the first of which the tilt
# is counted; the three are right-handed.
_AXES: dict[str, tuple[Vector, Vector, Vector]] = {
    "wang2022": (_Z, _X, _Y),
    "neel": (_Z, _X, _Y),
    "bloch": (_Z, _Y, (-1.0, 0.0, 0.0)),
    "head-to-head": (_X, _Y, _Z),
}
WallLike = sections.WallTexture | sections.Wang2022Texture


@dataclass(frozen=True)
class Missing:
    """Why nothing holds the wall together.

    Attributes:
        reason: a sentence that goes on from "the wall".
        cure: a sentence.
    """

    reason: str
    cure: str


def single_walls(config: Config) -> tuple[Config, ...]:
    """The configuration with each of its walls alone; itself, where it has not several."""
    if not isinstance(config.texture, sections.WallsTexture):
        return (config,)
    found = []
    for wall in config.texture.walls:
        alone = config.model_copy()
        alone.fill("texture", wall)
        found.append(alone)
    return tuple(found)


def held_wall(config: Config) -> ExpectedWall | Missing | None:
    """The wall, of several the first; what it lacks; or None where this model does not apply.

    It does not without a wall, and with terms that are not quadratic in M: cubic anisotropy, and
    the field of the initial state.
    """
    config = single_walls(config)[0]
    texture, field, metal = config.texture, config.field, config.material
    if not isinstance(texture, WallLike):
        return None
    if field.cubic_anisotropy or field.initial_state_field:
        return None
    if not field.exchange:
        return Missing(
            "is held together by nothing, for `field.exchange` is off: in a run every cell turns "
            "by itself, under its own torque.",
            "Switch exchange and an anisotropy on, unless that is what you want.",
        )
    tensor = _energy(config)
    along, *across = _AXES[texture.kind]
    size = max(abs(entry) for row in tensor for entry in row)
    if size == 0.0:
        return Missing(
            "spreads until it fills the wire, for no anisotropy resists exchange.",
            "Switch on `field.uniaxial_anisotropy` or `field.demagnetising`.",
        )
    anisotropy = _barrier(tensor, along, across)
    canted = max(abs(_between(tensor, along, one)) for one in across)
    if canted > _SMALL * size or not anisotropy.lowest > _SMALL * size:
        return Missing(
            f"does not stay, for its domains, along {_name(along)}, are not along the axis of "
            "least energy: M turns away in them.",
            "Turn `field.easy_axis` there, take another kind of wall, or a stronger anisotropy.",
        )
    return ExpectedWall(
        gyromagnetic_ratio=metal.gyromagnetic_ratio,
        damping=metal.damping,
        magnetisation=metal.saturation_magnetisation,
        stiffness=float(metal.exchange_stiffness or 0.0),
        anisotropy=anisotropy,
        chirality=_chirality(config, along, across),
        orientation=-1.0 if getattr(texture, "reverse", False) else 1.0,
        start=getattr(texture, "tilt", 0.0),
    )


def driven(config: Config, velocity: float, beta: float) -> WallDrive:
    """The drive at its full strength: u and β of the torque, the fields, and the heavy metal."""
    texture = single_walls(config)[0].texture
    assert isinstance(texture, WallLike)
    along, one, two = _AXES[texture.kind]
    on, wire = config.field, config.wire
    layer = heavy_metal(on, config.material, config.drive)
    current = layer.current_density or 0.0
    field = list(config.drive.magnetic_field)
    push = 0.0
    if on.spin_orbit_torque and wire.thickness:
        moment = config.material.saturation_magnetisation
        strength = spin_orbit_field(1.0, current, moment, wire.thickness)
        push = layer.moment * strength * (layer.damping_like or 0.0)
        field[1] += layer.moment * strength * layer.field_like
    if on.oersted:
        distance = 0.5 * (wire.thickness or 0.0)
        size = oersted_field(current, layer.thickness or 0.0, wire.width, distance)
        field[1] += layer.moment * size
    return WallDrive(
        _dot(field, along),
        velocity,
        beta,
        across=(_dot(field, one), _dot(field, two)),
        push=(push * one[1], push * two[1]),
    )


def _energy(config: Config) -> list[list[float]]:
    """w of the energy density M·w·M, in J/m³."""
    field, metal, wire = config.field, config.material, config.wire
    tensor = [[0.0] * 3 for _ in range(3)]

    def add(strength: float, axis: Sequence[float]) -> None:
        for i in range(3):
            for k in range(3):
                tensor[i][k] += strength * axis[i] * axis[k]

    if field.uniaxial_anisotropy:
        add(-float(metal.uniaxial_anisotropy or 0.0), field.easy_axis)
    if field.hard_axis_anisotropy:
        add(float(metal.hard_axis_anisotropy or 0.0), field.hard_axis)
    if field.demagnetising != "none" and wire.width and wire.thickness:
        shape = 0.5 * VACUUM_PERMEABILITY * metal.saturation_magnetisation**2
        factors = prism_factors(wire.width, wire.thickness)
        for factor, axis in zip(factors, (_X, _Y, _Z), strict=True):
            add(shape * factor, axis)
    return tensor


def _barrier(tensor: list[list[float]], along: Vector, across: Sequence[Vector]) -> Anisotropy:
    one, other = across
    first, second = (_between(tensor, axis, axis) for axis in (one, other))
    mean = 0.5 * (first + second) - _between(tensor, along, along)
    return Anisotropy(mean, 0.5 * (first - second), _between(tensor, one, other))


def _chirality(config: Config, along: Vector, across: Sequence[Vector]) -> tuple[float, float]:
    """(D_c, D_s) of e = σπ[D_int (a×p)·y − D_bulk (a×p)·x]; a along, p across the domains."""
    field, metal = config.field, config.material
    interfacial = float(metal.interfacial_dmi or 0.0) if field.interfacial_dmi else 0.0
    bulk = float(metal.bulk_dmi or 0.0) if field.bulk_dmi else 0.0
    sign = -1.0 if getattr(config.texture, "reverse", False) else 1.0
    turned = [_cross(along, one) for one in across]
    found = [sign * (interfacial * p[1] - bulk * p[0]) for p in turned]
    return found[0], found[1]


def _between(tensor: list[list[float]], a: Vector, b: Vector) -> float:
    return sum(a[i] * tensor[i][k] * b[k] for i in range(3) for k in range(3))


def _dot(a: Sequence[float], b: Sequence[float]) -> float:
    return sum(x * y for x, y in zip(a, b, strict=True))


def _cross(a: Vector, b: Vector) -> Vector:
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def _name(axis: Vector) -> str:
    return "xyz"[max(range(3), key=lambda i: abs(axis[i]))]
