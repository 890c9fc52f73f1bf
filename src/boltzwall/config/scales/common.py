"""What the scales of every model need: the printed number, the cells and the temperatures."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from boltzwall.config import sections
from boltzwall.config.config import Config
from boltzwall.constants import BOLTZMANN, ELEMENTARY_CHARGE, REDUCED_PLANCK


@dataclass(frozen=True)
class Scale:
    """One derived number; ``unit`` is the one it is given in, ``text`` what is printed instead."""

    name: str
    symbol: str
    value: float
    unit: str = ""
    remark: str = ""
    text: str = ""


def fermi_momentum(metal: sections.Material) -> float:
    """p_F = √(2 m E_F) [kg m/s]."""
    return math.sqrt(2.0 * metal.effective_mass * metal.fermi_energy)


def fermi_density(metal: sections.Material) -> float:
    """n_F = k_F³/3π² [1/m³]."""
    return (fermi_momentum(metal) / REDUCED_PLANCK) ** 3 / (3.0 * math.pi**2)


def temperature_scales(config: Config) -> Iterator[Scale]:
    """T and k_B T at both ends of the wire."""
    for place, kelvin in zip(("left", "right"), end_temperatures(config), strict=True):
        yield Scale(f"temperature, {place} end", "T", kelvin, "K")
        thermal = BOLTZMANN * kelvin / ELEMENTARY_CHARGE * 1e3
        yield Scale(f"thermal energy, {place} end", "k_B T", thermal, "meV")


def cell_size(config: Config) -> float:
    """Δx [m]."""
    return config.wire.length / config.wire.cells


def end_temperatures(config: Config) -> tuple[float, float]:
    """T at x = 0 and at the end of the wire [K], at the start where it changes."""
    profile = config.temperature
    if isinstance(profile, sections.LinearTemperature):
        return profile.cold_end, profile.cold_end + profile.gradient * config.wire.length
    if isinstance(profile, sections.UniformTemperature):
        return profile.value, profile.value
    if isinstance(profile, sections.HistoryTemperature):
        from boltzwall.config.history import read_history

        start = read_history(profile.path, config.wire.length).kelvin[0]
        return float(start[0]), float(start[-1])
    import numpy as np

    from boltzwall.config.files import read_temperature

    x, kelvin = read_temperature(profile.path, config.wire.length)
    left, right = np.interp([0.0, config.wire.length], x, kelvin)
    return float(left), float(right)


def hottest(config: Config) -> float:
    """The highest T of the wire at any time [K]."""
    profile = config.temperature
    if isinstance(profile, sections.HistoryTemperature):
        from boltzwall.config.history import read_history

        return float(read_history(profile.path, config.wire.length).kelvin.max())
    if not isinstance(profile, sections.FileTemperature):
        return max(end_temperatures(config))
    from boltzwall.config.files import read_temperature

    return float(max(read_temperature(profile.path, config.wire.length)[1]))


def channel_density(config: Config) -> float:
    """n_ch of 1D electrons [1/m²], by default k_F²/6π."""
    given = config.transport.channel_density
    k = 0.0 if given is not None else fermi_momentum(config.material) / REDUCED_PLANCK
    return k**2 / (6.0 * math.pi) if given is None else given


def cells_for(config: Config, dx: float) -> int:
    """How many cells of the length ``dx`` fill the wire."""
    return math.ceil(config.wire.length / dx)
