"""A torque on a grid for MuMax3: lines of a script, and a field in OVF that they read.

MuMax3 takes no torque of others, but currents and fields. Its own torque of Zhang and Li gets the u
and β of the whole field, which go with M as it moves. What the kinetic torque has beyond them is
added as B = (µ0/γ0) M×T, which is exact at the M that was exported.
"""

import math
from pathlib import Path

import numpy as np
import xarray as xr

from boltzwall.config import load_config
from boltzwall.config.units import brief
from boltzwall.errors import InputError
from boltzwall.export.mumax3 import PERMEABILITY, current_for
from boltzwall.io import replacing
from boltzwall.io.ovf import Ovf, write_ovf
from boltzwall.io.settings import config_of
from boltzwall.values import Values
from boltzwall.version import __version__


def write_mumax3_torque(
    dataset: xr.Dataset, path: str | Path, overwrite: bool = False
) -> tuple[Path, Path]:
    """Write what makes MuMax3 (3.10 or later) act with a torque of `boltzwall.torque_field`.

    Arguments:
        dataset: of `boltzwall.torque_field`.
        path: of the lines; the field lies beside it, with the suffix `.ovf`.
        overwrite: whether files of these names are replaced.

    Returns:
        Both paths. The lines set GammaLL, xi, Pol and J and add the field to B_ext; they stand
        after the mesh and Msat of a script.

    Raises:
        InputError: there is no texture, Ms varies, or a file cannot be written.
    """
    config = load_config(config_of(dataset))
    gamma = config.material.gyromagnetic_ratio / PERMEABILITY
    u, beta = (float(dataset[f"effective_{name}"]) for name in ("velocity", "beta"))
    saturation = _saturation(dataset)
    if not math.isfinite(u * beta):
        raise InputError(
            "Argument `dataset` must hold a torque of a texture, but u or β has no value. Give a "
            "magnetisation that changes along x, and a drive."
        )
    m = dataset["magnetisation"].to_numpy()
    torque = dataset["torque_total"].to_numpy()
    step = _edges(config.wire.length, dataset)
    slope = slope_of_mumax3(m, step[0])
    local = -u * slope + beta * u * np.cross(m, slope)
    rest = np.cross(m, torque - local) / gamma
    path = Path(path)
    field = path.with_suffix(".ovf")
    ovf = Ovf(rest, (0.0, 0.0, 0.0), step, "B_kinetic", "T")
    write_ovf(ovf, field, "binary 8", overwrite)
    current = float(current_for(np.asarray(u), beta, np.asarray(saturation), gamma))
    with replacing(path) as temporary:
        temporary.write_text(_lines(u, beta, current, (gamma, field.name)), encoding="utf-8")
    return path, field


def slope_of_mumax3(m: Values, spacing: float) -> Values:
    """∂xM as MuMax3's torque takes it: central, with the cell itself where a neighbour is empty."""
    full = np.any(m != 0.0, axis=-1, keepdims=True)
    ahead, behind = m.copy(), m.copy()
    ahead[:-1] = np.where(full[1:], m[1:], m[:-1])
    behind[1:] = np.where(full[:-1], m[:-1], m[1:])
    return np.where(full, (ahead - behind) / (2.0 * spacing), 0.0)


def _lines(u: float, beta: float, current: float, rest: tuple[float, str]) -> str:
    gamma, name = rest
    lines = (
        f"// Kinetic torque, written by boltzwall {__version__}, for MuMax3 3.10 or later; SI.",
        f"// -u dM/dx + beta u M x dM/dx with u = {brief(u)} m/s, beta = {brief(beta)};",
        "// u > 0 moves a wall to +x. Pol = 1: J is the current that gives this u.",
        f"GammaLL = {brief(gamma)}  // gamma0/mu0, rad/(T s)",
        f"xi = {brief(beta)}",
        "Pol = 1",
        f"J = vector({brief(current)}, 0, 0)",
        "// What the torque has beyond that, as a field, exact at the M that was exported.",
        f'B_ext.add(LoadFile("{name}"), 1)',
    )
    return "\n".join(lines) + "\n"


def _edges(length: float, dataset: xr.Dataset) -> tuple[float, float, float]:
    """The edges of a cell in m; centres begin half an edge from 0."""
    found = tuple(2.0 * float(dataset[axis][0]) for axis in "xyz")
    return length / dataset.sizes["x"], found[1], found[2]


def _saturation(dataset: xr.Dataset) -> float:
    """Ms in A/m, from both forms of the torque."""
    total, moment = (dataset[f"{name}"].to_numpy() for name in ("torque_total", _MOMENT))
    largest = np.abs(total) > 1e-3 * np.max(np.abs(total))
    ratios = moment[largest] / total[largest]
    if ratios.size == 0 or np.ptp(ratios) > 1e-9 * ratios[0]:
        raise InputError(
            "Argument `dataset` must have a torque and one Ms everywhere, but it has not. Leave "
            "out [profile] and `field.temperature_law`."
        )
    return float(ratios[0])


_MOMENT = "magnetisation_torque"
