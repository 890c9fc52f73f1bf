"""The scales of the consistent model, and warnings about its grids and its drive."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from boltzwall.config.config import Config
from boltzwall.config.scales.common import (
    Scale,
    cell_size,
    cells_for,
    channel_density,
    end_temperatures,
    temperature_scales,
)
from boltzwall.config.scales.scattering import momentum_times, scattering_warnings
from boltzwall.config.scales.turning import largest_turn
from boltzwall.constants import BOLTZMANN, ELEMENTARY_CHARGE, REDUCED_PLANCK
from boltzwall.relations import wide_wall_beta

_LARGEST_TURN = 0.1  # rad from one cell to the next
_BULK_PATHS = 10.0  # a wire of fewer mean free paths is not bulk
_WEAK = 0.1  # of k_B T: the energy that a weak field gives between two collisions
_NM = 1e9


@dataclass(frozen=True)
class SpinBand:
    """One filled spin band at its Fermi edge.

    Attributes:
        filling: ε, from its bottom to E_F [J]; speed: v = √(2ε/m) [m/s];
        time: τ of this spin at µ [s]; density: electrons at T = 0 [1/m³].
    """

    name: str
    sign: str
    filling: float
    speed: float
    time: float
    density: float

    @property
    def free_path(self) -> float:
        """v τ [m]."""
        return self.speed * self.time


def bands(config: Config) -> tuple[SpinBand, ...]:
    """The filled bands, majority first."""
    metal, times = config.material, momentum_times(config)
    half = 0.5 * metal.exchange_splitting
    spins = (
        ("majority", "-", half, float(times.majority)),
        ("minority", "+", -half, float(times.minority)),
    )
    found = []
    for name, sign, shift, time in spins:
        filling = metal.fermi_energy + shift
        if filling > 0.0:
            speed = math.sqrt(2.0 * filling / metal.effective_mass)
            k = metal.effective_mass * speed / REDUCED_PLANCK
            found.append(SpinBand(name, sign, filling, speed, time, _density(config, k)))
    return tuple(found)


def conductivity(config: Config) -> float:
    """σ = e² Σ n_± τ_±/m of a uniform wire at T = 0 [S/m]."""
    total = sum(band.density * band.time for band in bands(config))
    return ELEMENTARY_CHARGE**2 * total / config.material.effective_mass


def polarisation(config: Config) -> float:
    """P = (n_- τ_- − n_+ τ_+)/(n_- τ_- + n_+ τ_+) at T = 0."""
    carried = {band.sign: band.density * band.time for band in bands(config)}
    return (carried.get("-", 0.0) - carried.get("+", 0.0)) / sum(carried.values())


def consistent_scales(config: Config) -> tuple[Scale, ...]:
    """The scales of this configuration."""
    groups = (_electrons, _lengths, _relaxation, _grid, temperature_scales, _degeneracy, _drive)
    return tuple(entry for group in groups for entry in group(config))


def consistent_warnings(config: Config) -> Iterator[str]:
    """What about the grid, the bands, the force and the field deserves a second look."""
    for group in (_turn_warning, _precession_warning, _band_warning, _force_warning):
        yield from group(config)
    yield from _field_warning(config)
    yield from scattering_warnings(config)


def _density(config: Config, k: float) -> float:
    """Electrons of one spin up to the wave number ``k`` [1/m³]."""
    if config.transport.streams == 2:
        return channel_density(config) * k / math.pi
    return k**3 / (6.0 * math.pi**2)


def _electrons(config: Config) -> Iterator[Scale]:
    filled = bands(config)
    for band in filled:
        filling = band.filling / ELEMENTARY_CHARGE
        remark = f"E_F {'+' if band.sign == '-' else '−'} J/2, from the bottom of the band"
        yield Scale(f"filling, {band.name}", f"ε_{band.sign}", filling, "eV", remark)
        yield Scale(f"Fermi velocity, {band.name}", f"v_{band.sign}", band.speed, "m/s")
    if len(filled) == 1:
        yield Scale("filling, minority", "ε_+", 0.0, "eV", "J/2 >= E_F: the band is empty")
    if config.transport.streams == 2:
        yield Scale("channel density", "n_ch", channel_density(config), "1/m^2")
    yield Scale("electron density", "n", sum(band.density for band in filled), "1/m^3", "at T = 0")
    sigma = conductivity(config)
    yield Scale("conductivity", "σ", sigma, "S/m", "e² Σ n τ/m of a uniform wire at T = 0")
    yield Scale("polarisation of the current", "P", polarisation(config), "", "at T = 0")


def _lengths(config: Config) -> Iterator[Scale]:
    metal, times = config.material, momentum_times(config)
    rate = 0.5 * (1.0 / times.majority + 1.0 / times.minority)
    dimension = 1 if config.transport.streams == 2 else 3
    formula = "v √(τ_sf/a)" if dimension == 1 else "v √(τ_sf/3a)"
    for band in bands(config):
        time = f"τ_{band.sign}"
        yield Scale(f"momentum time, {band.name}", time, band.time * 1e15, "fs")
        path = band.free_path * _NM
        yield Scale(f"mean free path, {band.name}", f"v_{band.sign} {time}", path, "nm")
        turn = REDUCED_PLANCK * band.speed / metal.exchange_splitting * _NM
        yield Scale(f"precession length, {band.name}", f"ħv_{band.sign}/J", turn, "nm")
        spin = band.speed * math.sqrt(metal.spin_flip_time / (dimension * rate)) * _NM
        remark = f"{formula}, a = (1/τ_+ + 1/τ_-)/2"
        yield Scale(f"spin-flip length, {band.name}", f"λ_{band.sign}", spin, "nm", remark)


def _relaxation(config: Config) -> Iterator[Scale]:
    rate = config.material.exchange_splitting / REDUCED_PLANCK
    xi = rate * config.material.spin_flip_time
    yield Scale("exchange over spin flips", "ξ", xi, "", "J τ_sf/ħ")
    yield Scale("non-adiabaticity of a wide wall", "β", wide_wall_beta(xi), "", "1/ξ")
    yield Scale("precession rate", "J/ħ", rate, "1/s")


def _grid(config: Config) -> Iterator[Scale]:
    yield Scale("cell size", "Δx", cell_size(config) * _NM, "nm")
    yield Scale("largest turn of M per cell", "Δθ", largest_turn(config), "rad")
    paths = config.wire.length / longest_path(config)
    yield Scale("wire in mean free paths", "L/vτ", paths, "", "the longest of both spins")


def _degeneracy(config: Config) -> Iterator[Scale]:
    thermal = BOLTZMANN * max(end_temperatures(config))
    for band in bands(config):
        symbol = f"k_B T/ε_{band.sign}"
        name = f"thermal energy over filling, {band.name}"
        yield Scale(name, symbol, thermal / band.filling, "", "at the hotter end")


def _drive(config: Config) -> Iterator[Scale]:
    drive, sigma = config.drive, conductivity(config)
    if drive.circuit == "open":
        yield Scale("current density", "j", 0.0, "A/m^2", "open circuit: the field follows")
        return
    field = _field(config)
    follows = drive.current_density is not None
    yield Scale("electric field", "E", field, "V/m", "j/σ, about" if follows else "")
    current = drive.current_density if drive.current_density is not None else sigma * field
    yield Scale("current density", "j", current, "A/m^2", "" if follows else "σE, about")
    gained = ELEMENTARY_CHARGE * abs(field) * longest_path(config)
    yield Scale(
        "energy gained between collisions",
        "eEvτ",
        gained / (BOLTZMANN * min(end_temperatures(config))),
        "k_B T",
        "the response is linear where this is small",
    )


def _field(config: Config) -> float:
    """E [V/m]; of a given current that of a uniform wire, and 0 in an open circuit."""
    drive = config.drive
    if drive.circuit == "open":
        return 0.0
    if drive.current_density is not None:
        return drive.current_density / conductivity(config)
    return drive.electric_field


def longest_path(config: Config) -> float:
    """The longer mean free path of both spins [m]."""
    return max(band.free_path for band in bands(config))


def _turn_warning(config: Config) -> Iterator[str]:
    yield from turn_warning(largest_turn(config), config.wire.cells)


def turn_warning(turn: float, cells: int) -> Iterator[str]:
    """Says so where M turns by too much [rad] from one of so many cells to the next."""
    if turn > _LARGEST_TURN:
        yield (
            f"The magnetisation turns by {turn:.3g} rad from one cell to the next, more than "
            f"{_LARGEST_TURN:g} rad: the cells are too coarse for the texture. "
            f"Take at least {math.ceil(cells * turn / _LARGEST_TURN)} cells."
        )


def _precession_warning(config: Config) -> Iterator[str]:
    slowest, dx = min(bands(config), key=lambda band: band.speed), cell_size(config)
    length = REDUCED_PLANCK * slowest.speed / config.material.exchange_splitting
    if dx > length:
        yield (
            f"The cells ({dx * _NM:.3g} nm) are longer than the precession length of the "
            f"{slowest.name} ({length * _NM:.3g} nm): the solution is stable, but the local spin "
            f"accumulation is not resolved.{_of_a_gradient(config)} "
            f"Take at least {cells_for(config, length)} cells."
        )


def _of_a_gradient(config: Config) -> str:
    left, right = end_temperatures(config)
    if left == right:
        return ""
    return (
        " The β of a gradient's torque suffers, too, by several percent and in an open circuit, "
        "where its two parts nearly cancel, by more."
    )


def _band_warning(config: Config) -> Iterator[str]:
    if len(bands(config)) == 1:
        yield (
            "The minority band is empty (E_F <= J/2): the metal is a half-metal, whose few thermal "
            "minority electrons count only where k_B T is not small against J/2 − E_F."
        )


def _force_warning(config: Config) -> Iterator[str]:
    if not config.transport.exchange_force or largest_turn(config) == 0.0:
        return
    cure = "Set `transport.exchange_force` to false to see how much it matters."
    if config.transport.boundary == "reservoir":
        yield (
            "The exchange force is that of an endless wire, but near the ends of one between "
            f"reservoirs the electrons are not yet in the bulk state. {cure}"
        )
    path = longest_path(config)
    if config.wire.length < _BULK_PATHS * path:
        yield (
            f"The wire ({config.wire.length * _NM:.3g} nm) is shorter than {_BULK_PATHS:g} mean "
            f"free paths ({path * _NM:.3g} nm), but the exchange force is that of a long wire. "
            f"{cure}"
        )


def _field_warning(config: Config) -> Iterator[str]:
    field = _field(config)
    gained = ELEMENTARY_CHARGE * abs(field) * longest_path(config)
    if gained > _WEAK * BOLTZMANN * min(end_temperatures(config)):
        yield (
            f"The electric field ({field:.3g} V/m) gives an electron between two collisions more "
            "than a tenth of k_B T: the response, which this model takes as linear in the field, "
            "is no longer so. Lower `drive.electric_field` or `drive.current_density`."
        )
