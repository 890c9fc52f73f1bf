"""Names on axes: short words and a symbol for every variable of a Dataset.

A label has at most two lines: what it is, then its symbol and unit.
"""

import textwrap

import numpy as np
import xarray as xr

from boltzwall.plot.units import DisplayUnit, display_unit

WIDEST = 27  # letters of a line: what stands beside a panel two inches high
SHORT = {
    "magnetisation": ("magnetisation", r"$\mathbf{M}$"),
    "mean_magnetisation": ("mean magnetisation", r"$\langle\mathbf{M}\rangle$"),
    "spin_accumulation": ("spin accumulation", r"$\mathbf{m}$"),
    "spin_accumulation_eq16": ("spin accumulation (16)", r"$\mathbf{m}$"),
    "spin_accumulation_quasi_steady": ("steady spin accumulation", r"$\mathbf{m}$"),
    "spin_current_density": ("spin current", r"$\mathbf{j}_s$"),
    "charge_current_density": ("charge current", r"$j_e$"),
    "heat_current_density": ("heat current", r"$j_Q$"),
    "charge_density": ("charge density", "$n$"),
    "thermal_charge_density": ("thermal density", "$n_T$"),
    "temperature": ("temperature", ""),
    "torque_total": ("spin torque", r"$\mathbf{T}$"),
    "torque_quasi_steady": ("torque of steady electrons", r"$\mathbf{T}$"),
    "torque_electrical": ("electrical torque", r"$\mathbf{T}$"),
    "torque_thermal": ("thermal torque", r"$\mathbf{T}$"),
    "torque_background": ("torque without drive", r"$\mathbf{T}$"),
    "torque_total_eq17": ("spin torque (17)", r"$\mathbf{T}$"),
    "torque_electrical_eq21": ("electrical torque (21)", r"$\mathbf{T}$"),
    "torque_thermal_eq22": ("thermal torque (22)", r"$\mathbf{T}$"),
    "wall_position": ("wall position", "$q$"),
    "wall_positions": ("wall position", "$q$"),
    "wall_velocity": ("wall velocity", "$v$"),
    "wall_velocities": ("wall velocity", "$v$"),
    "wall_tilt": ("wall tilt", r"$\varphi$"),
    "wall_tilts": ("wall tilt", r"$\varphi$"),
    "wall_width": ("wall width", r"$\Delta$"),
    "wall_widths": ("wall width", r"$\Delta$"),
    "wall_position_fit": ("wall position (fit)", "$q$"),
    "wall_width_fit": ("wall width (fit)", r"$\Delta$"),
    "current_density": ("current density", "$j$"),
    "electric_field": ("electric field", "$E$"),
    "magnetic_field": ("magnetic field", r"$\mathbf{H}$"),
    "effective_velocity": ("effective velocity", "$u$"),
    "effective_beta": ("effective", r"$\beta$"),
    "electrical_velocity": ("$u$ per current density", ""),
    "electrical_beta": ("of the field's torque", r"$\beta$"),
    "electrical_polarisation": ("polarisation of the torque", "$P$"),
    "thermal_velocity_closed": ("$u$ per gradient, $E$ = 0", ""),
    "thermal_beta_closed": ("$E$ = 0", r"$\beta_Q$"),
    "thermal_velocity_open": ("$u$ per gradient, $j$ = 0", ""),
    "thermal_beta_open": ("$j$ = 0", r"$\beta_Q$"),
    "conductivity_texture": ("conductivity of the wire", ""),
    "seebeck_texture": ("Seebeck coefficient", ""),
    "mean_wall_velocity": ("wall velocity in its regime", ""),
    "wall_velocity_estimate": ("wall velocity until settled", ""),
    "settling_time": ("settling time", ""),
    "electron_deviation": ("electrons' distance", "from steady"),
    "energy_total": ("energy", ""),
    "resistance": ("resistance", "$R$"),
    "voltage": ("voltage", "$V$"),
    "joule_heat": ("power of the current", "$P$"),
    "residual_charge": ("residual of charge", ""),
    "residual_spin": ("residual of spin", ""),
    "residual_charge_ratio": ("residual of charge, relative", ""),
    "residual_spin_ratio": ("residual of spin, relative", ""),
}


def unit_of(*curves: xr.DataArray) -> DisplayUnit:
    """One unit for several curves of one kind; unit vectors are drawn as they are."""
    first = curves[0]
    if first.name in ("magnetisation", "mean_magnetisation"):
        return DisplayUnit(1.0, "")
    values = np.concatenate([np.ravel(curve.values) for curve in curves])
    return display_unit(values, str(first.attrs.get("units", "1")))


def axis_label(variable: xr.DataArray, unit: DisplayUnit) -> str:
    """``spin accumulation`` over ``m (10²⁵ m⁻³)``."""
    words, symbol = short_name(variable)
    if not symbol:
        return unit.label(words)
    return f"{words}\n{unit.label(symbol)}"


def short_name(variable: xr.DataArray) -> tuple[str, str]:
    """Words and symbol; of a variable without, the start of its long name."""
    name = str(variable.name)
    if name in SHORT:
        return SHORT[name]
    meaning = str(variable.attrs.get("long_name", "")) or name.replace("_", " ")
    return shortened(meaning), ""


def shortened(meaning: str) -> str:
    """The first clause of a sentence, on two lines at most."""
    for end in (";", ",", " (", ": "):
        meaning = meaning.partition(end)[0]
    lines = textwrap.wrap(meaning, WIDEST)
    if len(lines) > 2:
        lines = [lines[0], textwrap.shorten(" ".join(lines[1:]), WIDEST, placeholder=" …")]
    return "\n".join(lines)
