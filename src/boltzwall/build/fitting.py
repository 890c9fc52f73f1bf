"""A metal's electrons from measurements: the constants of the consistent model, for any metal."""

import math
from collections.abc import Mapping
from typing import Any

import equinox as eqx
import jax.numpy as jnp
import numpy as np

from boltzwall import materials
from boltzwall.build.place import constant
from boltzwall.config import kinds, load_config
from boltzwall.config.units import RefusedError, Unit
from boltzwall.constants import ELEMENTARY_CHARGE, REDUCED_PLANCK
from boltzwall.errors import InputError
from boltzwall.materials.known import BAND, MEASURED, known_numbers
from boltzwall.physics.carriers import Carriers
from boltzwall.physics.conduction import conduction
from boltzwall.physics.fitting import Measured, fitted, misses
from boltzwall.physics.scattering import ConstantScattering
from boltzwall.typing import Scalar

TEMPERATURE = 300.0  # K, of the measurements
_FOUND = 1e-12  # V/K by which S_± may miss
_TRANSPORT = ("momentum_time_majority", "momentum_time_minority")
_UNITS: dict[str, Unit] = {
    "sigma": kinds.Conductivity.__metadata__[0],  # type: ignore[attr-defined]
    "polarisation": Unit("", "a polarisation", "0.4", above=-1.0, below=1.0),
    "spin_diffusion_length": kinds.PositiveLength.__metadata__[0],  # type: ignore[attr-defined]
    "seebeck": kinds.Seebeck.__metadata__[0],  # type: ignore[attr-defined]
    "spin_seebeck": kinds.Seebeck.__metadata__[0],  # type: ignore[attr-defined]
    "electron_density": kinds.Density.__metadata__[0],  # type: ignore[attr-defined]
    "exchange_splitting": kinds.PositiveEnergy.__metadata__[0],  # type: ignore[attr-defined]
    "effective_mass": kinds.Mass.__metadata__[0],  # type: ignore[attr-defined]
}


def fit_material(preset: str, **numbers: float | str) -> dict[str, dict[str, Any]]:
    """Electrons fitted to measured numbers, as the sections [material] and [transport].

    Three-dimensional electrons in parabolic bands, whose times are powers of their kinetic energy,
    then have exactly these σ, P, λ_sf, S and S_- − S_+ at 300 K ([C8], [C10]).

    Arguments:
        preset: the material that everything else is taken from.
        numbers: ``sigma`` (S/m), ``polarisation``, ``seebeck`` (V/K), ``spin_seebeck``, S_- − S_+
            (V/K), ``spin_diffusion_length`` (m); of the bands ``electron_density`` (1/m³),
            ``exchange_splitting`` (J), ``effective_mass`` (kg). A number, or text with a unit. What
            is left out is that of the preset.

    Returns:
        Sections for ``load_config``, with the numbers in SI units.

    Raises:
        InputError: there is no such number, a value is out of its range, the preset lacks one, or
            no power law gives what was asked for.

    Examples:
        >>> import boltzwall
        >>> film = boltzwall.fit_material("permalloy", sigma="4e6 S/m", seebeck="-20 uV/K")
        >>> wall = boltzwall.load_config(film)
        >>> round(wall.material.scattering_exponent_majority, 2)
        14.24
    """
    known = _known(preset, numbers)
    found = {name: float(value) for name, value in _solve(_as_arrays(known)).items()}
    _refuse(known, found)
    transport = {key: found.pop(key) for key in _TRANSPORT}
    metal = {
        "preset": preset,
        "conductivity": known["sigma"],
        "seebeck_coefficient": known["seebeck"],
        "effective_mass": known["effective_mass"],
        "scattering": "power",
        **{key: value for key, value in found.items() if not key.startswith("miss_")},
    }
    sections = {"material": metal, "transport": {"model": "consistent", **transport}}
    _check(sections)
    return sections


def fitted_constants(known: Mapping[str, Scalar], *, power: bool = True) -> dict[str, Scalar]:
    """The keys of [material] and [transport] that follow from what a metal is known by.

    Arguments:
        known: every number of ``materials.known``, SI; S and S_s count only with ``power``.
        power: whether the times depend on the energy; else they are constant.
    """
    found, carriers, _ = fitted_carriers(known, power)
    law: Any = carriers.scattering
    exponents = {
        "scattering_exponent_majority": law.exponents.majority,
        "scattering_exponent_minority": law.exponents.minority,
    }
    return found | (exponents if power else {})


def fitted_carriers(
    known: Mapping[str, Scalar], power: bool
) -> tuple[dict[str, Scalar], Carriers, Measured]:
    """The constants without exponents; the carriers; what they were fitted to."""
    mass, splitting = known["effective_mass"], known["exchange_splitting"]
    wave_number = (3.0 * math.pi**2 * known["electron_density"]) ** (1.0 / 3.0)
    one = jnp.asarray(1e-15)
    bands = Carriers(
        mass=mass,
        fermi_energy=(REDUCED_PLANCK * wave_number) ** 2 / (2.0 * mass),
        exchange_splitting=splitting,
        scattering=ConstantScattering(one, one),
        spin_flip_time=one,
        channel_density=jnp.zeros(()),
        dimension=3,
    )
    temperature = jnp.asarray(TEMPERATURE)
    measured = Measured(*(known[name] for name in MEASURED))
    carriers = fitted(bands, measured, temperature, power=power)
    law: Any = carriers.scattering
    density = conduction(bands, temperature).density
    found = {
        "fermi_energy": bands.fermi_energy,
        "exchange_splitting": splitting,
        "spinor_velocity": jnp.sqrt(2.0 * splitting / mass),
        "momentum_time": mass * measured.conductivity / (density * ELEMENTARY_CHARGE**2),
        "spin_flip_time": carriers.spin_flip_time,
        "momentum_time_majority": law.majority,
        "momentum_time_minority": law.minority,
    }
    return found, carriers, measured


@eqx.filter_jit
def _solve(known: dict[str, Scalar]) -> dict[str, Scalar]:
    """The constants, and by how much S_± are missed."""
    _, carriers, measured = fitted_carriers(known, True)
    missed = misses(carriers, measured, jnp.asarray(TEMPERATURE))
    return fitted_constants(known) | {
        "miss_minority": missed.minority, "miss_majority": missed.majority
    }  # fmt: skip


def _known(preset: str, numbers: Mapping[str, float | str]) -> dict[str, float]:
    """Every number that the fit needs, in SI units."""
    names = (*MEASURED, *BAND)
    found = {name: one.value for name, one in known_numbers(materials.get(preset)).items()}
    for name, value in numbers.items():
        if name not in names:
            raise InputError(
                f"A number to fit must be one of {', '.join(names)}, but {name!r} was."
            )
        try:
            found[name] = _UNITS[name].parse(_as_number(value))
        except RefusedError as error:
            raise InputError(f"Number `{name}` {error}") from None
    missing = [name for name in names if name not in found]
    if missing:
        raise InputError(
            f"Number{'s' * (len(missing) > 1)} {', '.join(f'`{one}`' for one in missing)} must be "
            f'given with "{preset}", which has none of its own. Give it, or take another preset.'
        )
    return found


def _as_number(value: float | str) -> float | str:
    try:
        return float(value)
    except ValueError:
        return value


def _refuse(known: Mapping[str, float], found: Mapping[str, float]) -> None:
    half = 0.5 * known["exchange_splitting"]
    if not found["fermi_energy"] > half:
        raise InputError(
            f"Number `exchange_splitting` must be less than 2E_F = "
            f"{2.0 * found['fermi_energy'] / ELEMENTARY_CHARGE:.4g} eV, but "
            f"{known['exchange_splitting'] / ELEMENTARY_CHARGE:.4g} eV leaves the minority band "
            "empty: no power law of its own is known for it. Take a smaller one or more electrons."
        )
    missed = [s for s in ("majority", "minority") if not abs(found[f"miss_{s}"]) < _FOUND]
    if missed or not all(map(math.isfinite, found.values())):
        raise InputError(_no_solution(known, " and the ".join(missed) or "electrons"))


def _no_solution(known: Mapping[str, float], spins: str, why: str = "") -> str:
    share = 0.5 * (1.0 - known["polarisation"])
    majority = known["seebeck"] + share * known["spin_seebeck"]
    minority = majority - known["spin_seebeck"]
    return (
        f"Numbers `seebeck` and `spin_seebeck` must be such that a power law gives them, but "
        f"S_- = {majority * 1e6:.4g} and S_+ = {minority * 1e6:.4g} µV/K have no solution for the "
        f"{spins}{why}. Take smaller ones, or bring τ_±(ε) in `material.scattering_file`."
    )


def _check(sections: dict[str, dict[str, Any]]) -> None:
    """That the times stay times within the window of −∂f/∂ε."""
    known = sections["material"]
    try:
        load_config({**sections, "temperature": {"kind": "uniform", "value": TEMPERATURE}})
    except InputError as error:
        if "scattering_exponent" not in str(error):
            raise
        raise InputError(
            "Numbers `seebeck` and `spin_seebeck` must be such that a power law gives them, but "
            f"S = {known['seebeck_coefficient'] * 1e6:.4g} µV/K takes exponents of "
            f"{known['scattering_exponent_majority']:.3g} and "
            f"{known['scattering_exponent_minority']:.3g}, with which no time of a metal is left "
            "within 20 k_BT of µ. Take smaller ones, or bring τ_±(ε) in "
            "`material.scattering_file`."
        ) from None


def _as_arrays(known: Mapping[str, float]) -> dict[str, Any]:
    return {name: constant(np.float64(value)) for name, value in known.items()}
