"""From a configuration to the magnetisation's constants and effective field."""

import math

import jax
import numpy as np

from boltzwall.build.heavy_metal import heavy_metal_terms
from boltzwall.build.place import Place, constant
from boltzwall.build.waveforms import Waveforms
from boltzwall.config import Config, sections
from boltzwall.config.heavy_metal import heavy_metal
from boltzwall.dynamics.steady_electrons import ThermalNoise
from boltzwall.physics import field_terms as terms
from boltzwall.physics.llg import Magnet
from boltzwall.physics.waveforms import Waveform
from boltzwall.typing import PerCell, Vectors


def build_magnet(config: Config, place: Place, waveforms: Waveforms, initial: Vectors) -> Magnet:
    """γ0, α and the effective field.

    Arguments:
        waveforms: factors of time of the applied field and of the current in a heavy metal.
        initial: M at the start, of which one term is a field.
    """
    field, cells = config.field, place.magnet_cells
    zeeman = _zeeman(config.drive, place, waveforms.magnetic)
    found: dict[str, terms.FieldTerm] = {"zeeman": zeeman}
    if place.static_field is not None:
        found["static_field"] = terms.StaticField(cells, constant(place.static_field))
    if field.initial_state_field != 0.0:
        strength = constant(field.initial_state_field)
        found["initial_state"] = terms.InitialStateField(cells, strength, initial)
    found |= _material_terms(field, place)
    if field.demagnetising != "none":
        found["demagnetising"] = _demagnetising(field, config.wire, place)
    layer = heavy_metal(field, config.material, config.drive)
    found |= heavy_metal_terms(layer, field, config.wire, place, waveforms.electric)
    gamma = constant(config.material.gyromagnetic_ratio)
    return Magnet(gyromagnetic_ratio=gamma, damping=place.damping, cells=cells, terms=found)


def build_noise(
    dynamics: sections.Dynamics, wire: sections.Wire, place: Place
) -> ThermalNoise | None:
    """Fluctuations of the field; None where steps are not those of Heun's method."""
    if dynamics.method != "heun":
        return None
    step = constant(noise_step(dynamics))
    strength = constant(np.zeros(place.cells))
    if dynamics.thermal_noise:
        strength = _noise_strength(wire, place, step)
    key = jax.random.key_data(jax.random.key(dynamics.noise_seed))
    return ThermalNoise(strength, step, key)


def noise_step(dynamics: sections.Dynamics) -> float:
    """The fixed time step in s, shortened to divide the saved interval."""
    interval = dynamics.save_interval
    return interval / math.ceil(interval / dynamics.noise_step * (1.0 - 1e-9))


def _noise_strength(wire: sections.Wire, place: Place, step: PerCell) -> PerCell:
    """σ of the thermal field in A/m."""
    section = float(wire.width or 0.0) * float(wire.thickness or 0.0)
    return terms.thermal_field_strength(
        place.magnet_cells,
        constant(section),
        constant(place.kelvin),
        place.damping,
        constant(place.material.gyromagnetic_ratio),
        step,
    )


def _material_terms(field: sections.EffectiveField, place: Place) -> dict[str, terms.FieldTerm]:
    """Exchange, anisotropies and DMI."""
    metal, cells = place.material, place.magnet_cells
    stiffness = place.constant("stiffness", metal.exchange_stiffness)
    found: dict[str, terms.FieldTerm] = {}
    if field.exchange:
        found["exchange"] = terms.Exchange(cells, stiffness)
    for key, axis, term in (
        ("uniaxial_anisotropy", field.easy_axis, terms.UniaxialAnisotropy),
        ("hard_axis_anisotropy", field.hard_axis, terms.HardAxisAnisotropy),
    ):
        if getattr(field, key):
            constants = place.constant("anisotropy", getattr(metal, key))
            found[key] = term(cells, constants, constant(axis))
    if field.cubic_anisotropy:
        cubic = place.constant("anisotropy", metal.cubic_anisotropy)
        found["cubic_anisotropy"] = terms.CubicAnisotropy(cells, cubic)
    for key, chiral in (("bulk_dmi", terms.BulkDMI), ("interfacial_dmi", terms.InterfacialDMI)):
        if getattr(field, key):
            found[key] = chiral(cells, place.constant("dmi", getattr(metal, key)), stiffness)
    return found


def _zeeman(drive: sections.Drive, place: Place, magnetic: Waveform) -> terms.Zeeman:
    x, region = place.x, drive.magnetic_region
    inside = np.ones_like(x) if region is None else (x >= region[0]) & (x <= region[1])
    external = constant(drive.magnetic_field)
    return terms.Zeeman(place.magnet_cells, external, constant(inside), magnetic)


def _demagnetising(
    field: sections.EffectiveField, wire: sections.Wire, place: Place
) -> terms.FieldTerm:
    width, thickness = float(wire.width or 0.0), float(wire.thickness or 0.0)
    cells = place.magnet_cells
    if field.demagnetising == "local":
        return terms.LocalDemagnetising.of_prism(cells, width, thickness)
    return terms.FullDemagnetising(cells, width, thickness, continued=place.follows)
