"""What another simulator needs of a result: the wire, its constants, the torque's u and β."""

import math
from dataclasses import dataclass

import xarray as xr

from boltzwall.constants import BOHR_MAGNETON, ELEMENTARY_CHARGE
from boltzwall.errors import InputError
from boltzwall.io.settings import Settings
from boltzwall.io.states import Time, WireState, instant, state_at

Vector = tuple[float, float, float]

_TERMS = ("exchange", "uniaxial_anisotropy", "hard_axis_anisotropy")
_OTHER_TERMS = (
    "initial_state_field",
    "cubic_anisotropy",
    "bulk_dmi",
    "interfacial_dmi",
)


@dataclass(frozen=True)
class Problem:
    """A wire under the torque T = −u ∂xM + βu M×∂xM, [C6]; SI units.

    Attributes:
        state: M(x), its mesh and Ms.
        velocity, beta: u and β; u > 0 moves a wall to +x.
        polarisation: P of the current, with the sign of [C5]; None where it is not known.
        current: the run's mean charge current density j_e, A/m²; None likewise.
        stiffness, anisotropy, hard_anisotropy: A, K, K⊥; None where a term is absent.
        gyromagnetic_ratio: γ0, m/(A s).
        field: constant magnetic field, A/m.
        remarks: what the script takes over only in part.
    """

    state: WireState
    velocity: float
    beta: float
    polarisation: float | None
    current: float | None
    saturation: float
    stiffness: float | None
    anisotropy: float | None
    easy_axis: Vector
    hard_anisotropy: float | None
    hard_axis: Vector
    damping: float
    gyromagnetic_ratio: float
    field: Vector
    demagnetising: bool
    end_time: float
    save_interval: float
    remarks: tuple[str, ...]


def problem_of(dataset: xr.Dataset, time: Time = None) -> Problem:
    """The problem at ``time`` ("first" if it is None; else as ``state_at`` takes it).

    Raises:
        InputError: the result has no u and β, or its configuration lacks a constant.
    """
    when = "first" if time is None else time
    settings = Settings(dataset)
    still, _ = instant(dataset, when)
    velocity, beta = _torque(still, settings)
    stiffness, anisotropy, hard = _constants(settings)
    return Problem(
        state=state_at(dataset, when),
        velocity=velocity,
        beta=beta,
        polarisation=_polarisation(still),
        current=_mean(still, "charge_current_density"),
        saturation=settings.number("material", "saturation_magnetisation"),
        stiffness=stiffness,
        anisotropy=anisotropy,
        easy_axis=_vector(settings, "field", "easy_axis", (0.0, 0.0, 1.0)),
        hard_anisotropy=hard,
        hard_axis=_vector(settings, "field", "hard_axis", (0.0, 1.0, 0.0)),
        damping=settings.number("material", "damping"),
        gyromagnetic_ratio=settings.number("material", "gyromagnetic_ratio"),
        field=_vector(settings, "drive", "magnetic_field", (0.0, 0.0, 0.0)),
        demagnetising=settings.get("field", "demagnetising", "none") != "none",
        end_time=settings.number("dynamics", "end_time"),
        save_interval=settings.number("dynamics", "save_interval"),
        remarks=_remarks(settings, stiffness),
    )


def _torque(still: xr.Dataset, settings: Settings) -> tuple[float, float]:
    velocity, beta = (_mean(still, name) for name in ("effective_velocity", "effective_beta"))
    if settings.get("transport", "model") in ("zhang-li", "bauer"):
        beta = _first(
            beta, _number(still.attrs.get("beta")), settings.optional("transport", "beta")
        )
        velocity = _first(velocity, _given_velocity(settings, beta))
    if velocity == 0.0 and (beta is None or math.isnan(beta)):
        return 0.0, 0.0
    if velocity is None or beta is None or not math.isfinite(velocity + beta):
        raise InputError(
            "The result must hold finite `effective_velocity` and `effective_beta`, but it does "
            "not. Export a result of a model that gives them (consistent, zhang-li, bauer), "
            "with a texture."
        )
    return velocity, beta


def _given_velocity(settings: Settings, beta: float | None) -> float | None:
    """u of the configuration: itself, or by [C5] from P and j."""
    if settings.optional("transport", "u") is not None or beta is None:
        return settings.optional("transport", "u")
    polarisation = settings.optional("transport", "polarisation")
    current = settings.optional("drive", "current_density")
    if polarisation is None or current is None:
        return None
    saturation = settings.number("material", "saturation_magnetisation")
    scale = BOHR_MAGNETON / (ELEMENTARY_CHARGE * saturation * (1.0 + beta**2))
    return -scale * polarisation * current


def _first(*values: float | None) -> float | None:
    """The first that is known."""
    return next((value for value in values if value is not None), None)


def _constants(settings: Settings) -> tuple[float | None, float | None, float | None]:
    """A, K, K⊥ of the terms in use; all that are known where the result has no field terms."""
    names = ("exchange_stiffness", "uniaxial_anisotropy", "hard_axis_anisotropy")
    chosen = _chosen(settings)
    values = [
        settings.optional("material", name) if term in chosen else None
        for term, name in zip(_TERMS, names, strict=True)
    ]
    return values[0], values[1], values[2]


def _chosen(settings: Settings) -> tuple[str, ...]:
    used = tuple(term for term in _TERMS if settings.get("field", term, False))
    others = any(settings.get("field", term, 0.0) for term in _OTHER_TERMS)
    return used if used or others else _TERMS


def _remarks(settings: Settings, stiffness: float | None) -> tuple[str, ...]:
    found = []
    if not any(settings.get("field", term, False) for term in _TERMS):
        found.append("the result has none of exchange, K, K_perp switched on in [field]")
    if stiffness is None:
        found.append("no exchange stiffness A: set it before you run this")
    found += [f"left out: field.{term}" for term in _OTHER_TERMS if settings.get("field", term, 0)]
    if settings.get("field", "temperature_law", "none") != "none":
        found.append("left out: the constants' dependence on temperature")
    if settings.get("profile", "kind", "uniform") != "uniform":
        found.append("left out: constants that depend on the place, section [profile]")
    for key in ("electric_waveform", "magnetic_waveform"):
        if settings.get("drive", key, "constant") != "constant":
            found.append(f"left out: drive.{key}; what it acts on is constant here")
    if settings.get("drive", "magnetic_region") is not None:
        found.append("left out: drive.magnetic_region; the field is everywhere here")
    for key in ("moving_window", "thermal_noise"):
        if settings.get("dynamics", key, False):
            found.append(f"left out: dynamics.{key}")
    if settings.get("wire", "width") is None or settings.get("wire", "thickness") is None:
        found.append("wire.width or wire.thickness not given: the cell's edge dx stands for it")
    return tuple(found)


def _polarisation(still: xr.Dataset) -> float | None:
    value = _mean(still, "electrical_polarisation")
    if value is None or math.isnan(value):
        value = _number(still.attrs.get("polarisation"))
    return value if value is not None and 0.0 < abs(value) <= 1.0 else None


def _mean(still: xr.Dataset, name: str) -> float | None:
    """A variable averaged over what dimensions it has, else an attribute, else None."""
    if name in still:
        return float(still[name].mean())
    return _number(still.attrs.get(name))


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _vector(settings: Settings, section: str, key: str, default: Vector) -> Vector:
    x, y, z = (float(part) for part in settings.get(section, key, default))
    return (x, y, z)
