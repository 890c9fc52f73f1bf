"""From a configuration to the magnetisation's constants, fields, and torques of a known form."""

import math
from typing import Literal

import numpy as np
from jaxtyping import Array, Float
from numpy.typing import NDArray

from boltzwall.build.published import build_temperature, constant, temperature_at
from boltzwall.config.config import Config
from boltzwall.config.profiles import factors, read_pairs
from boltzwall.constants import REDUCED_PLANCK
from boltzwall.physics import field_terms as terms
from boltzwall.physics import scaling_laws, waveforms
from boltzwall.physics.llg import Magnet
from boltzwall.transport.zhang_li import ZhangLiTorque, bauer_velocity, zhang_li_velocity

Values = NDArray[np.float64]


def build_magnet(config: Config, initial: Float[Array, "cells 3"], offset: float = 0.0) -> Magnet:
    """γ0, α and the effective field; ``offset``: where the first cell begins, m."""
    cells, place = build_cells(config, offset), _factors(config, offset)
    damping = config.material.damping * place["damping"]
    return Magnet(
        gyromagnetic_ratio=constant(config.material.gyromagnetic_ratio),
        damping=constant(damping),
        cells=cells,
        terms=_terms(config, cells, initial, offset),
    )


def build_cells(config: Config, offset: float = 0.0) -> terms.Cells:
    """dx, Ms(x) and the cross-section."""
    place = _factors(config, offset)
    scale = _by_temperature(config, offset, 1.0)
    saturation = config.material.saturation_magnetisation * place["magnetisation"] * scale
    spacing = constant(config.wire.length / config.wire.cells)
    return terms.Cells(spacing, constant(saturation), constant(place["cross_section"]))


def build_waveform(config: Config, of: Literal["electric", "magnetic"]) -> waveforms.Waveform:
    """The factor of time of the electric drive or of the magnetic field."""
    drive = config.drive
    kind = getattr(drive, f"{of}_waveform")
    if kind == "constant":
        return waveforms.Constant()
    start, duration, rise, frequency = (
        constant(float(getattr(drive, f"{of}_{key}")))
        for key in ("start", "duration", "rise", "frequency")
    )
    if kind == "ramp":
        return waveforms.Ramp(start, duration)
    if kind == "linear":
        return waveforms.LinearRamp(start, duration)
    if kind == "pulse":
        return waveforms.Pulse(start, duration, rise)
    if kind == "sine":
        return waveforms.Sine(frequency, constant(0.0), start)
    times, values = read_pairs(getattr(drive, f"{of}_file"), "time in s and factor")
    return waveforms.Tabulated(constant(times), constant(values))


def build_breaks(config: Config) -> tuple[float, ...]:
    """The times within the run at which a drive is not smooth, in order."""
    both = [build_waveform(config, of).breaks() for of in ("electric", "magnetic")]
    times = {t for breaks in both for t in breaks}
    return tuple(sorted(t for t in times if 0.0 < t < config.dynamics.end_time))


def build_zhang_li(config: Config, offset: float = 0.0) -> ZhangLiTorque:
    """The torque of the models "zhang-li" and "bauer"."""
    metal, transport = config.material, config.transport
    cells = build_cells(config, offset)
    beta = torque_beta(config)
    if transport.model == "bauer":
        slope = build_temperature(config, offset).gradient_at(constant(_centres(config, 0.0)))
        numbers = (transport.spin_conversion, metal.seebeck_coefficient, metal.conductivity)
        conversion, seebeck, conductivity = (constant(float(v)) for v in numbers)  # type: ignore[arg-type]
        velocity = bauer_velocity(conversion, seebeck, conductivity, slope, cells.magnetisation)
    elif transport.u is not None:
        saturation = metal.saturation_magnetisation
        section = np.asarray(cells.magnetisation) * np.asarray(cells.area)
        velocity = constant(transport.u * saturation / section)
    else:
        polarisation, current = transport.polarisation, config.drive.current_density
        assert polarisation is not None
        assert current is not None
        velocity = zhang_li_velocity(
            constant(polarisation), current / cells.area, cells.magnetisation, constant(beta)
        )
    return ZhangLiTorque(cells.spacing, velocity, constant(beta))


def torque_beta(config: Config) -> float:
    """β of a torque of a known form: given, or ξ/(1 + ξ²)."""
    if config.transport.beta is not None:
        return config.transport.beta
    xi = config.material.exchange_splitting * config.material.spin_flip_time / REDUCED_PLANCK
    return xi / (1.0 + xi**2)


def build_noise(config: Config, cells: terms.Cells, offset: float) -> Float[Array, " cells"]:
    """σ of the thermal field in A/m, for the steps of `noise_step`."""
    kelvin = temperature_at(config, _centres(config, 0.0), offset)
    section = float(config.wire.width or 0.0) * float(config.wire.thickness or 0.0)
    damping = config.material.damping * _factors(config, offset)["damping"]
    return terms.thermal_field_strength(
        cells,
        constant(section),
        constant(kelvin),
        constant(damping),
        constant(config.material.gyromagnetic_ratio),
        constant(noise_step(config)),
    )


def noise_step(config: Config) -> float:
    """The fixed time step in s, shortened to divide the saved interval."""
    interval = config.dynamics.save_interval
    return interval / math.ceil(interval / config.dynamics.noise_step * (1.0 - 1e-9))


def _terms(
    config: Config, cells: terms.Cells, initial: Float[Array, "cells 3"], offset: float
) -> dict[str, terms.FieldTerm]:
    metal, field = config.material, config.field
    stiffness = _constant(config, "stiffness", offset, metal.exchange_stiffness)
    anisotropy = {
        key: _constant(config, "anisotropy", offset, getattr(metal, key))
        for key in ("uniaxial_anisotropy", "hard_axis_anisotropy", "cubic_anisotropy")
    }
    found: dict[str, terms.FieldTerm] = {"zeeman": _zeeman(config, cells, offset)}
    if field.initial_state_field != 0.0:
        strength = constant(field.initial_state_field)
        found["initial_state"] = terms.InitialStateField(cells, strength, initial)
    if field.exchange:
        found["exchange"] = terms.Exchange(cells, stiffness)
    for key, axis, term in (
        ("uniaxial_anisotropy", field.easy_axis, terms.UniaxialAnisotropy),
        ("hard_axis_anisotropy", field.hard_axis, terms.HardAxisAnisotropy),
    ):
        if getattr(field, key):
            found[key] = term(cells, anisotropy[key], constant(axis))
    if field.cubic_anisotropy:
        found["cubic_anisotropy"] = terms.CubicAnisotropy(cells, anisotropy["cubic_anisotropy"])
    for key, chiral in (("bulk_dmi", terms.BulkDMI), ("interfacial_dmi", terms.InterfacialDMI)):
        if getattr(field, key):
            dmi = _constant(config, "dmi", offset, getattr(metal, key))
            found[key] = chiral(cells, dmi, stiffness)
    if field.demagnetising != "none":
        found["demagnetising"] = _demagnetising(config, cells)
    return found


def _zeeman(config: Config, cells: terms.Cells, offset: float) -> terms.Zeeman:
    x = _centres(config, offset)
    region = config.drive.magnetic_region
    inside = np.ones_like(x) if region is None else (x >= region[0]) & (x <= region[1])
    external = constant(config.drive.magnetic_field)
    profile = constant(inside)
    return terms.Zeeman(cells, external, profile, build_waveform(config, "magnetic"))


def _demagnetising(config: Config, cells: terms.Cells) -> terms.FieldTerm:
    width, thickness = float(config.wire.width or 0.0), float(config.wire.thickness or 0.0)
    if config.field.demagnetising == "local":
        return terms.LocalDemagnetising.of_prism(cells, width, thickness)
    continued = config.dynamics.moving_window
    return terms.FullDemagnetising(cells, width, thickness, continued=continued)


def _constant(config: Config, name: str, offset: float, value: float | None) -> Array:
    """A constant in every cell, with its factors of place and temperature; 0 where it is None."""
    exponents = {
        "stiffness": config.field.stiffness_exponent,
        "anisotropy": config.field.anisotropy_exponent,
        "dmi": config.field.stiffness_exponent,
    }
    place = _factors(config, offset)[name]
    return constant((value or 0.0) * place * _by_temperature(config, offset, exponents[name]))


def _by_temperature(config: Config, offset: float, exponent: float) -> Values:
    """(m(T)/m(T_ref))^exponent in every cell."""
    field, curie = config.field, config.material.curie_temperature
    if field.temperature_law == "none":
        return np.ones(config.wire.cells)
    law: scaling_laws.MagnetisationLaw
    if field.temperature_law == "file":
        assert field.temperature_file is not None
        columns = read_pairs(field.temperature_file, "temperature in K and Ms")
        law = scaling_laws.TabulatedLaw(*(constant(column) for column in columns))
    elif field.temperature_law == "bloch":
        law = scaling_laws.BlochLaw(constant(curie))
    else:
        shape = constant(field.temperature_shape)
        law = scaling_laws.KuzminLaw(constant(curie), shape)
    kelvin = temperature_at(config, _centres(config, 0.0), offset)
    reference = constant(field.reference_temperature)
    return np.asarray(scaling_laws.scaling(law, constant(kelvin), reference, exponent))


def _factors(config: Config, offset: float) -> dict[str, Values]:
    return factors(config, _centres(config, offset))


def _centres(config: Config, offset: float) -> Values:
    spacing = config.wire.length / config.wire.cells
    return np.asarray(offset + (np.arange(config.wire.cells) + 0.5) * spacing, dtype=np.float64)
