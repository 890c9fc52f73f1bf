"""The scales of the published model, and warnings about its grids."""

import math
from collections.abc import Iterator

from boltzwall.config import sections
from boltzwall.config.config import Config
from boltzwall.config.scales.common import (
    Scale,
    cell_size,
    cells_for,
    end_temperatures,
    fermi_density,
    fermi_momentum,
    temperature_scales,
)
from boltzwall.constants import BOLTZMANN, ELEMENTARY_CHARGE, REDUCED_PLANCK
from boltzwall.relations import beta_q

PANEL_NODES = 8  # Gauss nodes that share one panel of the momentum window
_WIDEST_PANEL = 4.0  # in units of k_B T / v_F, near a Fermi edge
_NEAR = 6.0  # an edge closer than this many k_B T / v to a panel counts as near


def fermi_edges(metal: sections.Material) -> dict[str, float]:
    """p/p_F at the Fermi edges of the majority (−J/2) and, if it is occupied, the minority."""
    half = 0.5 * metal.exchange_splitting / metal.fermi_energy
    edges = {"majority": math.sqrt(1.0 + half)}
    if half < 1.0:
        edges["minority"] = math.sqrt(1.0 - half)
    return edges


def longest_published_path(config: Config) -> float:
    """v_F τ_sf, or v_F τ if that is longer [m]: G relaxes by spin flips alone."""
    metal = config.material
    velocity = fermi_momentum(metal) / metal.effective_mass
    return velocity * max(metal.momentum_time, metal.spin_flip_time)


def published_scales(config: Config) -> tuple[Scale, ...]:
    """The scales of this configuration."""
    groups = (_electrons, _relaxation, temperature_scales, _drive)
    return tuple(entry for group in groups for entry in group(config))


def _electrons(config: Config) -> Iterator[Scale]:
    metal = config.material
    p = fermi_momentum(metal)
    yield Scale("Fermi momentum", "p_F", p, "kg m/s")
    yield Scale("Fermi wave number", "k_F", p / REDUCED_PLANCK, "1/m")
    yield Scale("Fermi velocity", "v_F", p / metal.effective_mass, "m/s", "p_F/m")
    yield Scale("electron density", "n_F", fermi_density(metal), "1/m^3", "k_F³/3π²")
    for spin, edge in fermi_edges(metal).items():
        yield Scale(f"Fermi edge, {spin}", "p", edge, "p_F")
    if "minority" not in fermi_edges(metal):
        yield Scale("Fermi edge, minority", "p", 0.0, "p_F", "J/2 > E_F: the band is empty")
    singular = metal.effective_mass * metal.spinor_velocity / p
    yield Scale("momentum where v = u", "p", singular, "p_F", "left inflow needs p_min above it")
    low, high = config.transport.momentum_window
    yield Scale("momentum window, from", "p_min", low, "p_F")
    yield Scale("momentum window, to", "p_max", high, "p_F")


def _relaxation(config: Config) -> Iterator[Scale]:
    metal = config.material
    rate = metal.exchange_splitting / REDUCED_PLANCK
    xi = rate * metal.spin_flip_time
    v = fermi_momentum(metal) / metal.effective_mass
    yield Scale("exchange over spin flips", "ξ", xi, "", "J τ_sf/ħ")
    yield Scale("Bauer's β", "β_Q", beta_q(xi), "", "ξ/(1+ξ²)")
    yield Scale("precession rate", "J/ħ", rate, "1/s")
    yield Scale("precession length", "ħv_F/J", v / rate * 1e9, "nm")
    yield Scale("mean free path", "v_F τ", v * metal.momentum_time * 1e9, "nm")
    yield Scale("spin-flip length", "v_F τ_sf", v * metal.spin_flip_time * 1e9, "nm")
    yield Scale("cell size", "Δx", cell_size(config) * 1e9, "nm")


def _drive(config: Config) -> Iterator[Scale]:
    metal, drive = config.material, config.drive
    yield Scale("electric field", "E", drive.electric_field, "V/m")
    if metal.conductivity is not None:
        current = metal.conductivity * drive.electric_field
        yield Scale("current density", "σE", current, "A/m^2")
    gained = ELEMENTARY_CHARGE * abs(drive.electric_field) * metal.momentum_time
    yield Scale(
        "momentum gained between collisions",
        "eEτ",
        gained / fermi_momentum(metal),
        "p_F",
        "the field is weak where this is far below k_B T/(v_F p_F)",
    )


def published_warnings(config: Config) -> Iterator[str]:
    """What about the grids, the field and the closure deserves a second look."""
    metal, dx = config.material, cell_size(config)
    v = fermi_momentum(metal) / metal.effective_mass
    precession = REDUCED_PLANCK * v / metal.exchange_splitting
    if dx > precession / 10.0:
        yield (
            f"The cells ({dx * 1e9:.3g} nm) are longer than a tenth of the precession length "
            f"({precession * 1e9:.3g} nm): the turning of the spins is not resolved. "
            f"Take at least {cells_for(config, precession / 10.0)} cells."
        )
    path = v * metal.momentum_time
    if dx > path:
        yield (
            f"The cells ({dx * 1e9:.3g} nm) are longer than the mean free path v_F τ "
            f"({path * 1e9:.3g} nm): the relaxation at the inflow end is not resolved. "
            f"Take at least {cells_for(config, path)} cells."
        )
    yield from _panel_warning(config)
    yield from _field_warning(config)
    yield from _closure_warning(config)


def _panel_warning(config: Config) -> Iterator[str]:
    transport, metal = config.transport, config.material
    low, high = transport.momentum_window
    panels = max(1, transport.momentum_nodes // PANEL_NODES)
    width = (high - low) / panels
    coldest = min(end_temperatures(config))
    p = fermi_momentum(metal)
    thermal = BOLTZMANN * coldest * metal.effective_mass / p**2  # k_B T / v_F in units of p_F
    edges = [e for e in fermi_edges(metal).values() if low - _NEAR * thermal < e < high + thermal]
    if edges and width > _WIDEST_PANEL * thermal:
        nodes = PANEL_NODES * math.ceil((high - low) / (_WIDEST_PANEL * thermal))
        yield (
            f"A panel of {PANEL_NODES} momentum nodes spans {width:.3g} p_F, more than "
            f"{_WIDEST_PANEL:g} k_B T/v_F ({_WIDEST_PANEL * thermal:.3g} p_F at {coldest:.4g} K) "
            f"near a Fermi edge. Take {nodes} momentum_nodes or more."
        )


def _field_warning(config: Config) -> Iterator[str]:
    metal = config.material
    gained = ELEMENTARY_CHARGE * abs(config.drive.electric_field) * metal.momentum_time
    smeared = BOLTZMANN * min(end_temperatures(config)) * metal.effective_mass
    if gained > 0.1 * smeared / fermi_momentum(metal):
        yield (
            f"The electric field ({config.drive.electric_field:.3g} V/m) moves an electron between "
            "two collisions by more than a tenth of the thermal width of the Fermi edge: the "
            "response is no longer linear in it."
        )


def _closure_warning(config: Config) -> Iterator[str]:
    calibrated = config.transport.calibrated()
    if calibrated:
        yield f'The closure "{config.transport.closure}" is calibrated: {calibrated}.'
