"""Transport coefficients of a preset, for `boltzwall materials NAME`. Imports JAX."""

import math
from collections.abc import Iterator

import jax.numpy as jnp

import boltzwall.numerics  # noqa: F401 # JAX in float64
from boltzwall.constants import REDUCED_PLANCK
from boltzwall.materials import Preset
from boltzwall.physics.carriers import Carriers
from boltzwall.physics.conduction import Conduction, conduction
from boltzwall.physics.scattering import (
    ConstantScattering,
    PerSpin,
    PowerScattering,
    Scattering,
)

TEMPERATURE = 300.0  # K
_SPINS = ("minority", "majority")
Row = tuple[str, str, str, str]
_UNITS = {
    "polarisation": "",
    "spin_diffusion_length": "m",
    "electron_density": "1/m^3",
    "spin_dependent_seebeck": "V/K",
}


def carriers_of(material: Preset, dimension: int) -> Carriers:
    """The preset's electrons, 1D ones with the default k_F²/6π channels per cross-section.

    A preset without times for each spin has its one momentum time for both.
    """
    metal = material.values()
    mass, energy = metal["effective_mass"], metal["fermi_energy"]
    wave_number = math.sqrt(2.0 * mass * energy) / REDUCED_PLANCK
    return Carriers(
        mass=jnp.asarray(mass),
        fermi_energy=jnp.asarray(energy),
        exchange_splitting=jnp.asarray(metal["exchange_splitting"]),
        scattering=_scattering(material),
        spin_flip_time=jnp.asarray(metal["spin_flip_time"]),
        channel_density=jnp.asarray(wave_number**2 / (6.0 * math.pi)),
        dimension=dimension,
    )


def _scattering(material: Preset) -> Scattering:
    times, single = material.transport_values(), material.values()["momentum_time"]
    both = PerSpin(*(jnp.asarray(times.get(f"momentum_time_{spin}", single)) for spin in _SPINS))
    if material.scattering == "constant":
        return ConstantScattering(both.minority, both.majority)
    powers = (jnp.asarray(material.values()[f"scattering_exponent_{spin}"]) for spin in _SPINS)
    return PowerScattering(both.minority, both.majority, PerSpin(*powers))


def conduction_of(material: Preset, dimension: int = 3) -> Conduction:
    """Transport coefficients of the preset at 300 K."""
    return conduction(carriers_of(material, dimension), jnp.asarray(TEMPERATURE))


def conduction_rows(material: Preset, dimension: int) -> Iterator[Row]:
    """Name with unit, minority, majority and total, for each coefficient."""
    wire = conduction_of(material, dimension)
    plus, minus = wire.minority, wire.majority

    def row(name: str, scale: float, *values: object) -> Row:
        cells = ["" if value is None else f"{float(value) * scale:.4g}" for value in values]  # type: ignore[arg-type]
        return (name, cells[0], cells[1], cells[2])

    yield ("", "minority", "majority", "total")
    yield row("n [1/m^3]", 1.0, plus.density, minus.density, wire.density)
    yield row("σ [S/m]", 1.0, plus.conductivity, minus.conductivity, wire.conductivity)
    yield row("S [uV/K]", 1e6, plus.seebeck, minus.seebeck, wire.seebeck)
    heat = (plus.thermal_conductivity, minus.thermal_conductivity, wire.thermal_conductivity)
    yield row("κ_e [W/(m K)]", 1.0, *heat)
    kelvins = wire.temperature * 1e3
    yield row("Π [mV]", 1.0, plus.seebeck * kelvins, minus.seebeck * kelvins, wire.peltier * 1e3)
    yield row("P", 1.0, None, None, wire.polarisation)
    yield row("P'", 1.0, None, None, wire.spin_conversion)
    lengths = (plus.diffusion_length, minus.diffusion_length, wire.spin_diffusion_length)
    yield row("λ_sf [nm]", 1e9, *lengths)
    yield row("κ_e/(σT) [V^2/K^2]", 1.0, None, None, wire.lorenz_ratio)
    yield row("j_s/∇T, E = 0 [1/(m s K)]", 1.0, None, None, wire.thermal_spin_current)
    yield row("j_s/∇T, j = 0 [1/(m s K)]", 1.0, None, None, wire.open_circuit_spin_current)


def measurement_rows(material: Preset) -> Iterator[tuple[str, str, str]]:
    """Name, value and source of what the preset was fitted to or is held against."""
    for key, measured in material.measurements.items():
        unit = _UNITS[key]
        value, text = f"{measured.value:.4g} {unit}", measured.source
        if measured.span is not None:
            low, high = measured.span
            text += f"; {low:.4g} to {high:.4g} {unit}".rstrip() + f": {measured.error_source}"
        elif measured.error is not None:
            text += f"; ± {measured.error:.2g} {unit}".rstrip() + f": {measured.error_source}"
        yield (key, value.strip(), "assumed: " * measured.assumed + text)
