"""Where a run takes place: the cells, the temperature in them, and what the constants are there."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import jax
import numpy as np
from jaxtyping import Array

from boltzwall.config import Config, sections
from boltzwall.config.files import read_temperature
from boltzwall.config.history import History, read_history
from boltzwall.config.magnetic_fields import MagneticField, read_magnetic_field
from boltzwall.config.profiles import COLUMNS, read_magnetisation_law, read_profile
from boltzwall.physics import scaling_laws
from boltzwall.physics.field_terms import Cells
from boltzwall.physics.temperature import (
    LinearProfile,
    ShiftedProfile,
    TabulatedProfile,
    Temperature,
)
from boltzwall.values import Values

_HEATED_RATIO = 3.0  # of T in one wire that warms, at most
_SAMPLES = 257  # of T along the wire, for its mean and its range


def constant(value: Any) -> Array:
    """Numbers for a model, by way of NumPy: JAX would compile a program for each conversion."""
    return jax.device_put(np.asarray(value, dtype=np.float64))


@dataclass(frozen=True)
class Place:
    """A stretch of the wire, resolved once from a configuration, whose files it has read.

    A window that follows the wall sees the same wire from further on: `moved`.

    Attributes:
        cells: their number, and ``length`` that of all together in m.
        offset: where the first cell begins in the laboratory, m.
        profile: T(x) in the laboratory.
        sites: factors of the constants, by COLUMNS, at positions in the laboratory.
        law: m(T); None where the constants do not follow T. ``reference``: T_ref in K.
        history: T(x, t) in the laboratory where it is given; ``profile`` is its start then.
        heated: whether T(x, t) is computed from there on.
        surroundings: H(x) of a file in the laboratory, if there is one.
    """

    cells: int
    length: float
    offset: float
    follows: bool
    profile: Temperature
    sites: Callable[[Values], dict[str, Values]]
    law: scaling_laws.MagnetisationLaw | None
    reference: Array
    surroundings: MagneticField | None
    material: sections.Material
    exponents: dict[str, float]
    history: History | None = None
    heated: bool = False

    @classmethod
    def of(cls, config: Config) -> "Place":
        """The wire of a configuration from its beginning.

        Raises:
            InputError: a file of it cannot be read.
        """
        field, section = config.field, config.temperature
        history = None
        if isinstance(section, sections.HistoryTemperature):
            history = read_history(section.path, config.wire.length)
        return cls(
            cells=config.wire.cells,
            length=config.wire.length,
            offset=0.0,
            follows=config.dynamics.moving_window,
            profile=_temperature(section, config.wire.length, history),
            sites=_sites(config.profile),
            law=_law(field, config.material),
            reference=constant(field.reference_temperature),
            surroundings=_surroundings(config.drive, config.wire.length),
            material=config.material,
            exponents={
                "magnetisation": 1.0,
                "stiffness": field.stiffness_exponent,
                "anisotropy": field.anisotropy_exponent,
                "dmi": field.stiffness_exponent,
                "damping": field.damping_exponent,
            },
            history=history,
            heated=config.heat.kind != "none",
        )

    def moved(self, offset: float) -> "Place":
        """The same wire from another position on."""
        return self if offset == self.offset else replace(self, offset=offset)

    @property
    def changes(self) -> bool:
        """Whether T changes in time."""
        return self.history is not None or self.heated

    def at_start(self) -> "Place":
        """The same with T as it is at first."""
        return replace(self, history=None, heated=False)

    def unscaled(self) -> "Place":
        """The same with all constants as they are at T_ref."""
        return replace(self, law=None)

    @property
    def spacing(self) -> float:
        """Length of a cell in m."""
        return self.length / self.cells

    @cached_property
    def centres(self) -> Values:
        """Cell centres in m, counted from where the first cell begins."""
        return np.asarray((np.arange(self.cells) + 0.5) * self.spacing, dtype=np.float64)

    @cached_property
    def x(self) -> Values:
        """Cell centres in the laboratory, m."""
        return np.asarray(
            self.offset + (np.arange(self.cells) + 0.5) * self.spacing, dtype=np.float64
        )

    @property
    def temperature(self) -> Temperature:
        """T(x), with x counted from where the first cell begins."""
        return ShiftedProfile(self.profile, constant(self.offset)) if self.follows else self.profile

    @cached_property
    def kelvin(self) -> Values:
        """T in K in the cells."""
        return self._kelvin(self.centres, self.offset)

    @cached_property
    def mean_temperature(self) -> float:
        """Mean of T in K along the wire as it is before anything moves."""
        return float(np.mean(self._along_wire))

    @cached_property
    def temperature_ratio(self) -> float:
        """Highest over lowest T along the wire as it is before anything moves, or at any time."""
        if self.history is not None:
            return self.history.ratio
        if self.heated:
            return _HEATED_RATIO
        return float(self._along_wire.max() / self._along_wire.min())

    @cached_property
    def static_field(self) -> Values | None:
        """H of a file in A/m in the cells where they are, (cells, 3)."""
        return None if self.surroundings is None else self.surroundings.at(self.x)

    @cached_property
    def factors(self) -> dict[str, Values]:
        """What each constant is multiplied by in the cells where they are, for all of COLUMNS."""
        return self.sites(self.x)

    @cached_property
    def magnet_cells(self) -> Cells:
        """dx, Ms(x) and the cross-section."""
        saturation = self.constant("magnetisation", self.material.saturation_magnetisation)
        return Cells(constant(self.spacing), saturation, constant(self.factors["cross_section"]))

    @cached_property
    def damping(self) -> Array:
        """α in every cell."""
        return self.constant("damping", self.material.damping)

    def constant(self, column: str, value: float | None) -> Array:
        """A constant in every cell, with its factors of place and temperature; 0 where it is None.

        Arguments:
            column: one of COLUMNS, by which the constant varies.
        """
        return constant((value or 0.0) * self.factors[column] * self._scale(column))

    def _scale(self, column: str) -> Values:
        exponent = self.exponents[column]
        if self.law is None or exponent == 0.0:
            return np.ones_like(self.kelvin)
        kelvin = constant(self.kelvin)
        return np.asarray(scaling_laws.scaling(self.law, kelvin, self.reference, exponent))

    @cached_property
    def _along_wire(self) -> Values:
        return self._kelvin(np.linspace(0.0, self.length, _SAMPLES), 0.0)

    def _kelvin(self, x: Values, offset: float) -> Values:
        base = self.profile
        if isinstance(base, LinearProfile):  # as it does itself, with nothing to compile
            shift = offset if self.follows else 0.0
            return float(base.cold_end) + float(base.gradient) * (x + shift)
        seen = ShiftedProfile(base, constant(offset)) if self.follows else base
        return np.asarray(seen.at(constant(x)))


def _temperature(
    section: sections.Temperature, length: float, history: History | None
) -> Temperature:
    if history is not None:
        start = np.asarray([np.interp(0.0, history.times, column) for column in history.kelvin.T])
        return TabulatedProfile(constant(history.x), constant(start))
    assert not isinstance(section, sections.HistoryTemperature)
    if isinstance(section, sections.FileTemperature):
        x, values = read_temperature(section.path, length)
        return TabulatedProfile(constant(x), constant(values))
    if isinstance(section, sections.UniformTemperature):
        return LinearProfile(constant(section.value), constant(0.0))
    return LinearProfile(constant(section.cold_end), constant(section.gradient))


def _surroundings(drive: sections.Drive, length: float) -> MagneticField | None:
    if drive.magnetic_field_file is None:
        return None
    return read_magnetic_field(drive.magnetic_field_file, drive.magnetic_field_section, length)


def _sites(profile: sections.Profile) -> Callable[[Values], dict[str, Values]]:
    """The section [profile] as factors of the position."""
    if isinstance(profile, sections.FileProfile):
        table = read_profile(profile.path)
        return lambda x: {
            name: np.interp(x, table["x"], table[name]) if name in table else np.ones_like(x)
            for name in COLUMNS
        }
    changed: dict[str, float] = {}
    if isinstance(profile, sections.PinningProfile):
        names = ("anisotropy", "stiffness", "magnetisation", "damping")
        changed = {name: getattr(profile, f"{name}_factor") - 1.0 for name in names}
    elif isinstance(profile, sections.NotchProfile):
        changed = {"cross_section": -profile.depth}

    def at(x: Values) -> dict[str, Values]:
        found = {name: np.ones_like(x) for name in COLUMNS}
        if isinstance(profile, sections.PinningProfile | sections.NotchProfile):
            shape = np.exp(-0.5 * ((x - profile.centre) / profile.width) ** 2)
            found |= {name: 1.0 + change * shape for name, change in changed.items()}
        return found

    return at


def _law(
    field: sections.EffectiveField, material: sections.Material
) -> scaling_laws.MagnetisationLaw | None:
    """How constants follow the temperature."""
    if field.temperature_law == "none":
        return None
    if field.temperature_law == "file":
        assert field.temperature_file is not None
        columns = read_magnetisation_law(field.temperature_file)
        return scaling_laws.TabulatedLaw(*(constant(column) for column in columns))
    curie = constant(material.curie_temperature)
    if field.temperature_law == "bloch":
        return scaling_laws.BlochLaw(curie)
    # The exponent as NumPy knows it: of JAX it would take a compilation.
    return scaling_laws.KuzminLaw(curie, constant(field.temperature_shape), constant(2.5))
