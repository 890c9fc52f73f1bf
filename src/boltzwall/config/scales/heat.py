"""How fast and how far a wire warms, before anything runs: a uniform wire far from its ends."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from boltzwall.config import sections
from boltzwall.config.config import Config
from boltzwall.config.heat import bearing, film_of, given_current, read_law
from boltzwall.config.profiles import read_waveform
from boltzwall.config.scales.common import Scale, end_temperatures, hottest
from boltzwall.constants import ROOM_TEMPERATURE
from boltzwall.substrates import half_space_terms, layered_terms
from boltzwall.values import Values

_NS, _NM = 1e9, 1e9
_STEPS = 400  # of each stretch of the forecast
_SHARE = 1.0 / 6.0  # of the lengths along the wire, for the spread in the substrate
_GAUSSIAN = 2.3548  # full width at half maximum over the standard deviation


@dataclass(frozen=True)
class Forecast:
    """What [H1] says of a uniform wire without ends.

    Attributes:
        start: T in K, the hottest of the wire.
        current: j in A/m²; under a voltage that of the wire as it starts.
    """

    config: Config
    heat: sections.WireHeat
    start: float
    current: float

    def resistivity(self, kelvin: float) -> float:
        """ρ in Ω m."""
        if self.heat.resistivity_file is not None:
            return float(np.interp(kelvin, *read_law(self.heat.resistivity_file, "resistivity")))
        material = self.config.material
        slope = material.resistivity_coefficient or 0.0
        own = 0.0 if material.conductivity is None else 1.0 / material.conductivity
        return own * (1.0 + slope * (kelvin - ROOM_TEMPERATURE))

    @cached_property
    def capacity(self) -> float:
        """C in J/(m³ K) at the start."""
        if self.heat.heat_capacity_file is not None:
            return float(
                np.interp(self.start, *read_law(self.heat.heat_capacity_file, "heat_capacity"))
            )
        slope = self.heat.heat_capacity_coefficient
        return (self.config.material.heat_capacity or math.nan) * (
            1.0 + slope * (self.start - ROOM_TEMPERATURE)
        )

    @property
    def rate(self) -> float:
        """dT/dt in K/s of the full current, with nothing that takes heat."""
        return self.resistivity(self.start) * self.current**2 / self.capacity

    @cached_property
    def memory(self) -> tuple[Values, Values, float]:
        """Rates in 1/s, amplitudes in K m²/W, and the resistance at once; as of heat.Contact."""
        heat, width = self.heat, self.config.wire.width or 1.0
        interface = 0.0 if heat.interface_conductance is None else 1.0 / heat.interface_conductance
        if heat.substrate in ("none", "bath"):
            return np.zeros(0), np.zeros(0), interface or math.inf
        film, medium = film_of(heat), bearing(heat)
        if film is not None:
            terms = layered_terms(film, width)
            return terms.rates, terms.amplitudes, interface + terms.instant
        assert medium is not None  # the checks hold it
        terms = half_space_terms()
        unit = width / medium.conductivity
        rates = terms.rates * medium.diffusivity / width**2
        return rates, unit * terms.amplitudes, interface + unit * terms.instant

    @cached_property
    def time_constant(self) -> float:
        """When the heat that went away equals about what stayed, s: hC P(t) = t."""
        rates, amplitudes, instant = self.memory
        held = (self.config.wire.thickness or 1.0) * self.capacity
        if not math.isfinite(instant):
            return math.inf
        if rates.size == 0:
            return held * instant
        times = np.geomspace(0.01 / rates.max(), 1.0 / rates.min(), 2000)
        rise = instant - np.expm1(-np.outer(times, rates)) @ amplitudes
        crossed = np.nonzero(held * rise < times)[0]
        return float(times[crossed[0]]) if crossed.size else math.inf

    @cached_property
    def end(self) -> float:
        """The end of the pulse in s, or of the run."""
        drive, last = self.config.drive, self.config.dynamics.end_time
        if drive.electric_waveform != "pulse":
            return last
        return min(last, drive.electric_start + drive.electric_duration)

    @cached_property
    def warmest(self) -> tuple[float, float]:
        """(T at `end`, the highest until then), K: trapezoids in steps that grow from its start."""
        drive = self.config.drive
        begin = drive.electric_start if drive.electric_waveform == "pulse" else 0.0
        first = min(begin, self.end)
        grid = np.geomspace(1e-5, 1.0, _STEPS) * (self.end - first) + first
        kelvin, highest, last = self.start, self.start, first
        memory = np.zeros_like(self.memory[0])
        for t in grid:
            factor = waveform_factor(drive, 0.5 * (t + last))
            kelvin, memory = self._step(kelvin, memory, t - last, factor)
            highest, last = max(highest, kelvin), t
        return kelvin, highest

    def _step(
        self, kelvin: float, memory: Values, dt: float, factor: float
    ) -> tuple[float, Values]:
        """Implicit, ρ at the temperature before: the steps are short where it matters."""
        rates, amplitudes, instant = self.memory
        held = (self.config.wire.thickness or 1.0) * self.capacity
        rho, current = self.resistivity(kelvin), self.current * factor
        if self.config.drive.voltage is not None:
            current *= self.resistivity(self.start) / rho
        power = (self.config.wire.thickness or 1.0) * rho * current**2
        kept = np.exp(-rates * dt)
        gained = amplitudes * (1.0 - kept)
        resistance = instant + gained.sum()
        known = self.start + float((memory * kept).sum())
        new = (held * kelvin + dt * (power + known / resistance)) / (held + dt / resistance)
        flux = (new - known) / resistance
        return new, memory * kept + gained * flux


def waveform_factor(drive: sections.Drive, t: float) -> float:
    """f(t) of the electric drive."""
    kind, since = drive.electric_waveform, t - drive.electric_start
    if kind == "constant":
        return 1.0
    if kind == "sine":
        return math.sin(2.0 * math.pi * drive.electric_frequency * since) if since > 0.0 else 0.0
    if kind == "file":
        assert drive.electric_file is not None
        return float(np.interp(t, *read_waveform(drive.electric_file)))
    if kind == "pulse":
        rise = drive.electric_rise
        return _smooth(since, rise) - _smooth(since - drive.electric_duration, rise)
    part = min(max(since / drive.electric_duration, 0.0), 1.0)
    return part if kind == "linear" else part**2 * (3.0 - 2.0 * part)


def _smooth(since: float, rise: float) -> float:
    part = float(since >= 0.0) if rise == 0.0 else min(max(since / rise, 0.0), 1.0)
    return part**2 * (3.0 - 2.0 * part)


def forecast(config: Config) -> Forecast | None:
    """What is to be expected; None without heat."""
    if not isinstance(config.heat, sections.WireHeat):
        return None
    start, voltage = hottest(config), config.drive.voltage
    if voltage is None:
        return Forecast(config, config.heat, start, given_current(config))
    resistivity = Forecast(config, config.heat, start, 0.0).resistivity(start)
    return Forecast(config, config.heat, start, voltage / (config.wire.length * resistivity))


def heat_scales(config: Config) -> Iterator[Scale]:
    """How fast the current warms the wire, how fast that heat goes, and how warm it becomes."""
    found = forecast(config)
    if found is None:
        return
    j = found.current
    remark = f"ρj²/C at j = {j:.4g} A/m², with nothing that takes heat"
    yield Scale("heating rate", "", found.rate / _NS, "K/ns", remark)
    constant = found.time_constant
    if math.isfinite(constant):
        remark = "hC/G_s" if found.heat.substrate == "bath" else "when the substrate has half of it"
        yield Scale("time constant", "τ", constant * _NS, "ns", remark)
    else:
        yield Scale("time constant", "τ", math.inf, "", "nothing under it takes heat", "none")
    if found.heat.laser_fluence > 0.0 and config.wire.thickness:
        jump = found.heat.laser_fluence / (config.wire.thickness * found.capacity)
        yield Scale("laser's rise", "F/(hC)", jump, "K", "in the middle of its spot")
    if j != 0.0:
        last, _ = found.warmest
        remark = f"after {found.end * _NS:.4g} ns, far from the ends"
        yield Scale("temperature at the end of the pulse", "T", last, "K", remark)


def heat_warnings(config: Config) -> Iterator[str]:
    """What about the heat deserves a second look."""
    found = forecast(config)
    if found is None:
        return
    material, highest = config.material, found.start
    if found.current != 0.0:
        highest = found.warmest[1]
    if found.heat.laser_fluence > 0.0 and config.wire.thickness:
        highest += found.heat.laser_fluence / (config.wire.thickness * found.capacity)
    curie = material.curie_temperature
    if curie is not None and highest > curie:
        yield (
            f"The wire is expected to reach {highest:.4g} K, above its Curie temperature of "
            f"{curie:.4g} K (`material.curie_temperature`): it is no ferromagnet there. Take a "
            "weaker or shorter pulse, or a substrate that takes more heat."
        )
    melting = material.melting_temperature
    if melting is not None and highest > melting:
        yield (
            f"The wire is expected to reach {highest:.4g} K, and melts at {melting:.4g} K "
            "(`material.melting_temperature`). Take a weaker or shorter pulse."
        )
    if found.resistivity(min(end_temperatures(config))) <= 0.0:
        yield (
            "The resistivity is not positive at the lowest temperature of the wire: "
            "`material.resistivity_coefficient` holds near 300 K. Give `heat.resistivity_file`."
        )
    yield from _spread_warning(config, found)


def _spread_warning(config: Config, found: Forecast) -> Iterator[str]:
    """The substrate's heat stays under its cell in the model; in truth it spreads along x too."""
    heat, layer, medium = found.heat, film_of(found.heat), bearing(found.heat)
    if layer is not None:
        medium = layer.medium  # most of the drop is in it
    if heat.substrate not in ("half-space", "membrane") or medium is None:
        return
    spread = math.sqrt(medium.diffusivity * config.dynamics.end_time)
    lengths = {"the wire": config.wire.length}
    if isinstance(config.profile, sections.NotchProfile):
        lengths["the notch"] = _GAUSSIAN * config.profile.width
    if heat.laser_fluence > 0.0:
        lengths["the laser's spot"] = heat.laser_width
    what, length = min(lengths.items(), key=lambda one: one[1])
    if spread > _SHARE * length:
        yield (
            f"Heat spreads √(Dt) = {spread * _NM:.4g} nm in the substrate within the run, which is "
            f"not small against {what}, {length * _NM:.4g} nm. Each cell warms only what lies "
            "under it: near the ends, and where T changes along x, the wire comes out too warm, "
            "and its gradients too steep."
        )
