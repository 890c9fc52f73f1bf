"""Fit the 3D electrons of each material preset to its measured σ, P, λ_sf, S and S_s.

python scripts/fit_materials.py   print the fitted constants, and the tables of docs/materials.md

What is fitted and what is assumed is explained in docs/materials.md.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from statistics import NormalDist

import equinox as eqx
import jax
import jax.numpy as jnp

import boltzwall.numerics  # noqa: F401 # JAX in float64
from boltzwall import materials
from boltzwall.build.fitting import TEMPERATURE, fitted_carriers, fitted_constants
from boltzwall.cli.conduction import conduction_of
from boltzwall.constants import BOHR_MAGNETON, ELEMENTARY_CHARGE, REDUCED_PLANCK
from boltzwall.materials import Constant, Preset
from boltzwall.materials.known import known_numbers
from boltzwall.physics.conduction import Conduction, conduction
from boltzwall.typing import Scalar

FITTED = ("permalloy", "cobalt", "cofeb", "iron", "nickel")
_TRANSPORT = ("momentum_time_majority", "momentum_time_minority")
_SPLITTING_OF_NICKEL = 0.225 * ELEMENTARY_CHARGE  # J; source in materials/nickel.py
_MOMENT = "saturation_magnetisation"
_SYMBOLS = {"spin_seebeck": "S_s", "seebeck": "S", "polarisation": "P", "sigma": "σ"}
_ROUNDING = 1e-12  # m/s
_fitted = eqx.filter_jit(fitted_constants)


def fit(material: Preset, *, power: bool = True) -> dict[str, float]:
    """Constants of [material] and [transport] that reproduce the measurements at 300 K, in SI.

    J ∝ Ms comes first; the rest is `build.fitting`.

    Arguments:
        power: whether the times depend on the energy, which S and S_s take.
    """
    known = {name: one.value for name, one in known_numbers(material).items()}
    known["exchange_splitting"] = (
        _SPLITTING_OF_NICKEL
        * material.values()["saturation_magnetisation"]
        / materials.get("nickel").values()["saturation_magnetisation"]
    )
    arrays = {name: jnp.asarray(value) for name, value in known.items()}
    return {name: float(value) for name, value in _fitted(arrays, power=power).items()}


def with_constants(material: Preset, found: Mapping[str, float]) -> Preset:
    """The material with these constants instead of its own."""
    constants, transport = dict(material.constants), dict(material.transport_constants)
    for key, value in found.items():
        (transport if key in _TRANSPORT else constants)[key] = Constant(value, "fit")
    return replace(material, constants=constants, transport_constants=transport)


def constants_table() -> str:
    """The fitted constants as Markdown."""
    head = ("", "E_F eV", "J eV", "r_-", "r_+", "τ_- fs", "τ_+ fs", "τ fs", "τ_sf fs",
            "ξ = Jτ_sf/ħ", "β = 1/ξ", "v_Fτ_- nm")  # fmt: skip
    return _markdown(head, (_constants_row(materials.get(name)) for name in FITTED))


def _constants_row(material: Preset) -> list[str]:
    metal = material.values() | material.transport_values()
    energy, splitting = metal["fermi_energy"], metal["exchange_splitting"]
    speed = math.sqrt((2.0 * energy + splitting) / metal["effective_mass"])
    xi = splitting * metal["spin_flip_time"] / REDUCED_PLANCK
    times = [metal[key] for key in (*_TRANSPORT, "momentum_time", "spin_flip_time")]
    exponents = [metal[f"scattering_exponent_{spin}"] for spin in ("majority", "minority")]
    numbers = [
        *(time * 1e15 for time in times),
        xi,
        1.0 / xi,
        speed * metal["momentum_time_majority"] * 1e9,
    ]
    energies = [f"{one / ELEMENTARY_CHARGE:.3g}" for one in (energy, splitting)]
    powers = [f"{one:.2f}" for one in exponents]
    return [material.name, *energies, *powers, *(f"{number:.3g}" for number in numbers)]


def coefficients_table() -> str:
    """Coefficients of the model at 300 K beside the measured values, as Markdown."""
    head = ("", "σ 10⁶ S/m", "P", "λ_sf nm", "S µV/K", "S_- − S_+ µV/K", "κ_e W/(m K)",
            "measured (all heat)", "Π mV", "P'", "S, constant times",
            "S_- − S_+, constant times")  # fmt: skip
    return _markdown(head, (_coefficients_row(materials.get(name)) for name in FITTED))


def _coefficients_row(material: Preset) -> list[str]:
    wire = conduction_of(material)
    plain = conduction_of(material.with_scattering("constant"))
    heat = material.constants["thermal_conductivity"]
    spin = material.measurements["spin_dependent_seebeck"]
    return [
        material.name,
        f"{float(wire.conductivity) / 1e6:.3g}",
        f"{float(wire.polarisation):.2f}",
        f"{float(wire.spin_diffusion_length) * 1e9:.3g}",
        f"{float(wire.seebeck) * 1e6:.2f}",
        f"{_spin_seebeck(wire):.2f}{' (assumed)' * spin.assumed}",
        f"{float(wire.thermal_conductivity):.3g}",
        "not found" if heat.assumed else f"{heat.value:g}",
        f"{float(wire.peltier) * 1e3:.3f}",
        f"{float(wire.spin_conversion):.3f}",
        f"{float(plain.seebeck) * 1e6:.2f}",
        f"{_spin_seebeck(plain):.2f}",
    ]


def _spin_seebeck(wire: Conduction) -> float:
    return float(wire.majority.seebeck - wire.minority.seebeck) * 1e6


def drift_per_gradient(material: Preset, spin_current: object) -> float:
    """u/∇T = −µ_B j_s/(Ms ∇T (1+β²)) in m²/(s K), for a wide wall.

    It is positive towards the hot end.
    """
    metal = material.values()
    beta = REDUCED_PLANCK / (metal["exchange_splitting"] * metal["spin_flip_time"])
    moment = BOHR_MAGNETON / metal["saturation_magnetisation"]
    return -moment * float(spin_current) / (1.0 + beta**2)  # type: ignore[arg-type]


def spin_currents_table() -> str:
    """The thermal spin currents at 300 K and the drift that they give a wide wall, as Markdown."""
    head = ("", "j_s/∇T closed 1/(m s K)", "u at 1 K/nm m/s", "wall goes", "j_s/∇T open 1/(m s K)",
            "u at 1 K/nm m/s", "wall goes")  # fmt: skip
    return _markdown(head, (_spin_currents_row(materials.get(name)) for name in FITTED))


def _spin_currents_row(material: Preset) -> list[str]:
    wire: Conduction = conduction_of(material)
    cells = [material.name]
    for current in (wire.thermal_spin_current, wire.open_circuit_spin_current):
        drift = drift_per_gradient(material, current) * 1e9
        cells += [f"{float(current):.3g}", f"{drift:.3g}", "to hot" if drift > 0.0 else "to cold"]
    return cells


def assumptions_table() -> str:
    """What the range of an assumed S_s does to a wide wall at 1 K/nm, as Markdown."""
    head = ("", "S_- − S_+ µV/K", "r_-", "r_+", "P'", "u closed m/s", "u open m/s")
    rows = (
        row
        for name in FITTED
        if materials.get(name).measurements["spin_dependent_seebeck"].span
        for row in _assumptions_rows(materials.get(name))
    )
    return _markdown(head, rows)


def _assumptions_rows(material: Preset) -> Iterator[list[str]]:
    assumed = material.measurements["spin_dependent_seebeck"]
    assert assumed.span is not None
    for value in (assumed.span[0], assumed.value, assumed.span[1]):
        measurements = {**material.measurements, "spin_dependent_seebeck": Constant(value, "range")}
        metal = replace(material, measurements=measurements)
        metal = with_constants(metal, fit(metal))
        wire = conduction_of(metal)
        closed, opened = (
            drift_per_gradient(metal, current) * 1e9
            for current in (wire.thermal_spin_current, wire.open_circuit_spin_current)
        )
        yield [
            material.name,
            f"{value * 1e6:g}",
            *(
                f"{metal.values()[f'scattering_exponent_{s}']:.2f}"
                for s in ("majority", "minority")
            ),
            f"{float(wire.spin_conversion):.3f}",
            *(f"{drift:.3g}" if abs(drift) > _ROUNDING else "0" for drift in (closed, opened)),
        ]


def errors_table() -> str:
    """What the errors of the measured numbers do to a wide wall at 1 K/nm, as Markdown."""
    head = ("", "β", "u closed m/s", "goes to hot", "u open m/s", "goes to hot",
            "most of its variance")  # fmt: skip
    return _markdown(head, (_errors_row(materials.get(name)) for name in FITTED))


def _errors_row(material: Preset) -> list[str]:
    known = {**known_numbers(material), _MOMENT: material.constants[_MOMENT]}
    numbers = {name: jnp.asarray(one.value) for name, one in known.items()}
    values, slopes = _wide_wall(numbers), _wide_wall_slopes(numbers)
    cells = [material.name]
    for name, value in values.items():
        parts = {
            key: float(slopes[name][key]) * (one.deviation or 0.0) for key, one in known.items()
        }
        error = math.hypot(*parts.values())
        cells.append(f"{float(value):.3g} ± {error:.2g}")
        if name != "beta":
            chance = 100.0 * NormalDist().cdf(float(value) / error)
            safe = "< 0.1 %" if chance < 50.0 else "> 99.9 %"
            cells.append(f"{chance:.2g} %" if 0.1 <= chance <= 99.9 else safe)
    largest = max(parts, key=lambda key: abs(parts[key]))
    return [*cells, f"{_SYMBOLS[largest]}, {100.0 * (parts[largest] / error) ** 2:.0f} %"]


def _wide_wall_of(numbers: dict[str, Scalar]) -> dict[str, Scalar]:
    """β, and u in m/s at 1 K/nm with the circuit closed and open, by [C5]."""
    known = {name: value for name, value in numbers.items() if name != _MOMENT}
    carriers = fitted_carriers(known, True)[1]
    wire = conduction(carriers, jnp.asarray(TEMPERATURE))
    beta = 1.0 / carriers.xi
    scale = -BOHR_MAGNETON / numbers[_MOMENT] / (1.0 + beta**2) * 1e9
    return {
        "beta": beta,
        "closed": scale * wire.thermal_spin_current,
        "open": scale * wire.open_circuit_spin_current,
    }


_wide_wall = eqx.filter_jit(_wide_wall_of)
_wide_wall_slopes = eqx.filter_jit(jax.jacfwd(_wide_wall_of))


def tables() -> tuple[str, ...]:
    """The tables of docs/materials.md, in their order."""
    return (
        constants_table(),
        coefficients_table(),
        spin_currents_table(),
        errors_table(),
        assumptions_table(),
    )


def _markdown(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "\n".join(_lines(head, rows))


def _lines(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "| " + " | ".join(["---"] * len(head)) + " |"
    for row in rows:
        yield "| " + " | ".join(cell.replace("-", "−") for cell in row) + " |"


def main() -> None:
    """Print what the material modules and the docs must hold."""
    print(f"Fitted at {TEMPERATURE:g} K")
    for name in FITTED:
        for power in (True, False):
            print(f"\n{name}{'' if power else ', constant times'}")
            for key, value in fit(materials.get(name), power=power).items():
                print(f"    {key} = {value:.8g}")
    for table in tables():
        print(f"\n{table}")


if __name__ == "__main__":
    main()
