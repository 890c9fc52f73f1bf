"""Fit the 3D electrons of each material preset to its measured σ, P and spin diffusion length.

python scripts/fit_materials.py   print the fitted constants, and the tables of docs/materials.md

What is fitted and what is assumed is explained in docs/materials.md.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from boltzwall import materials
from boltzwall.cli.conduction import TEMPERATURE, conduction_of
from boltzwall.constants import BOHR_MAGNETON, ELEMENTARY_CHARGE, REDUCED_PLANCK
from boltzwall.materials import Constant, Preset
from boltzwall.physics.conduction import Conduction

FITTED = ("permalloy", "cobalt", "cofeb", "iron", "nickel")
_TRANSPORT = ("momentum_time_majority", "momentum_time_minority")
_SPLITTING_OF_NICKEL = 0.225 * ELEMENTARY_CHARGE  # J; source in materials/nickel.py


def fit(material: Preset) -> dict[str, float]:
    """Constants of [material] and [transport] that reproduce the measurements at 300 K, in SI.

    E_F = ħ²(3π²n)^{2/3}/2m and J ∝ Ms come first; then τ_± = mσ_±/(n_±e²) with
    σ_± = ½(1 ∓ P)σ, τ = mσ/(ne²), and τ_sf from λ² ∝ τ_sf.
    """
    metal, measured = material.values(), material.measurements
    mass, conductivity = metal["effective_mass"], metal["conductivity"]
    splitting = (
        _SPLITTING_OF_NICKEL
        * metal["saturation_magnetisation"]
        / materials.get("nickel").values()["saturation_magnetisation"]
    )
    wave_number = (3.0 * math.pi**2 * measured["electron_density"].value) ** (1.0 / 3.0)
    found = {
        "fermi_energy": (REDUCED_PLANCK * wave_number) ** 2 / (2.0 * mass),
        "exchange_splitting": splitting,
        "spinor_velocity": math.sqrt(2.0 * splitting / mass),
        "spin_flip_time": 1e-12,
        "momentum_time": 1e-15,
    }
    bands = conduction_of(with_constants(material, found))
    polarisation = measured["polarisation"].value

    def time(share: float, density: object) -> float:
        return mass * share * conductivity / (float(density) * ELEMENTARY_CHARGE**2)  # type: ignore[arg-type]

    found["momentum_time"] = time(1.0, bands.density)
    found["momentum_time_majority"] = time(0.5 * (1.0 + polarisation), bands.majority.density)
    found["momentum_time_minority"] = time(0.5 * (1.0 - polarisation), bands.minority.density)
    length = float(conduction_of(with_constants(material, found)).spin_diffusion_length)
    found["spin_flip_time"] *= (measured["spin_diffusion_length"].value / length) ** 2
    return found


def with_constants(material: Preset, found: Mapping[str, float]) -> Preset:
    """The material with these constants instead of its own."""
    constants, transport = dict(material.constants), dict(material.transport_constants)
    for key, value in found.items():
        (transport if key in _TRANSPORT else constants)[key] = Constant(value, "fit")
    for key in _TRANSPORT:
        transport[key] = Constant(found.get(key, found["momentum_time"]), "fit")
    return replace(material, constants=constants, transport_constants=transport)


def constants_table() -> str:
    """The fitted constants as Markdown."""
    head = ("", "E_F eV", "J eV", "τ_- fs", "τ_+ fs", "τ fs", "τ_sf fs", "ξ = Jτ_sf/ħ", "β = 1/ξ",
            "v_Fτ_- nm")  # fmt: skip
    return _markdown(head, (_constants_row(materials.get(name)) for name in FITTED))


def _constants_row(material: Preset) -> list[str]:
    metal = material.values() | material.transport_values()
    energy, splitting = metal["fermi_energy"], metal["exchange_splitting"]
    speed = math.sqrt((2.0 * energy + splitting) / metal["effective_mass"])
    xi = splitting * metal["spin_flip_time"] / REDUCED_PLANCK
    times = [metal[key] for key in (*_TRANSPORT, "momentum_time", "spin_flip_time")]
    numbers = [
        energy / ELEMENTARY_CHARGE,
        splitting / ELEMENTARY_CHARGE,
        *(time * 1e15 for time in times),
        xi,
        1.0 / xi,
        speed * metal["momentum_time_majority"] * 1e9,
    ]
    return [material.name, *(f"{number:.3g}" for number in numbers)]


def coefficients_table() -> str:
    """Coefficients of the model at 300 K beside the measured values, as Markdown."""
    head = ("", "σ 10⁶ S/m", "P", "λ_sf nm", "S µV/K", "measured", "κ_e W/(m K)",
            "measured (all heat)", "S_- − S_+ µV/K", "measured", "Π mV", "P'")  # fmt: skip
    return _markdown(head, (_coefficients_row(materials.get(name)) for name in FITTED))


def _coefficients_row(material: Preset) -> list[str]:
    wire = conduction_of(material)
    heat = material.constants["thermal_conductivity"]
    spin = material.measurements.get("spin_dependent_seebeck")
    return [
        material.name,
        f"{float(wire.conductivity) / 1e6:.3g}",
        f"{float(wire.polarisation):.2f}",
        f"{float(wire.spin_diffusion_length) * 1e9:.3g}",
        f"{float(wire.seebeck) * 1e6:.2f}",
        f"{material.values()['seebeck_coefficient'] * 1e6:g}",
        f"{float(wire.thermal_conductivity):.3g}",
        "not found" if heat.assumed else f"{heat.value:g}",
        f"{float(wire.majority.seebeck - wire.minority.seebeck) * 1e6:.2f}",
        "not found" if spin is None else f"{spin.value * 1e6:g}",
        f"{float(wire.peltier) * 1e3:.3f}",
        f"{float(wire.spin_conversion):.3f}",
    ]


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


def tables() -> tuple[str, str, str]:
    """The tables of docs/materials.md, in their order."""
    return constants_table(), coefficients_table(), spin_currents_table()


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
        print(f"\n{name}")
        for key, value in fit(materials.get(name)).items():
            print(f"    {key} = {value:.6g}")
    for table in tables():
        print(f"\n{table}")


if __name__ == "__main__":
    main()
