"""What the consistent model says about this wall: narrow, in 1D and 3D, and in motion."""

import numpy as np
import xarray as xr

from boltzwall.reproduce.wang2022.shared import measures
from boltzwall.reproduce.wang2022.shared.finding import Finding, short
from boltzwall.reproduce.wang2022.shared.kept_runs import Runs
from boltzwall.reproduce.wang2022.side_by_side.start_solutions import (
    STREAMS,
    StartsByStreams,
    StartSolutions,
)
from boltzwall.reproduce.wang2022.side_by_side.wall_parameters import wall_parameters

_COMPARED = {
    "u per K/m, closed circuit": "thermal_velocity_closed",
    "u per K/m, open circuit": "thermal_velocity_open",
    "P of the current": "electrical_polarisation",
}
_BETAS = ("electrical_beta", "thermal_beta_closed", "thermal_beta_open")


def narrow_wall(starts: StartSolutions) -> Finding:
    """U, β and P of this wall against those of a wide one."""
    wide = float(starts.both.attrs["beta_wide_wall"])
    agrees = [abs(float(starts.both[name])) > 2.0 * wide for name in _BETAS]
    return Finding(
        "In a wall this narrow β is many times 1/ξ.",
        "In this wall of 5 nm, 3.6 precession lengths ħv_F/J, β is many times the 1/ξ of a wide "
        "wall, while u stays near the wide wall's. Each line: this wall against a wide one, "
        "κ = 2 K/nm, T0 = 100 K.",
        {p.name: f"{p.here:.4g} against {p.wide:.4g}" for p in wall_parameters(starts.both)},
        all(agrees),
    )


def dimensions(starts: StartsByStreams) -> Finding:
    """Two streams against eight."""
    few, many = (starts[n].both for n in STREAMS)
    torques = ("torque_total", "torque_electrical", "torque_thermal")
    values = {
        **{f"max|{name}| (1/s)": [measures.size(d[name]) for d in (few, many)] for name in torques},
        **{label: [float(d[name]) for d in (few, many)] for label, name in _COMPARED.items()},
        "P' of the uniform wire": [float(d.attrs["spin_conversion"]) for d in (few, many)],
    }
    signs = [np.sign(float(d["thermal_velocity_closed"])) for d in (few, many)]
    conversions = [np.sign(float(d.attrs["spin_conversion"])) for d in (few, many)]
    return Finding(
        "The direction of the thermal torque depends on the dimension of the electrons.",
        "In a closed circuit the gradient pulls the wall to opposite ends with electrons in one "
        "dimension (2 streams) and in three, because P', the spin conversion of a heat current, "
        "changes its sign: in three dimensions the majority carries more of the thermal current, "
        "in one the minority.",
        {
            f"{label}, 2 and {STREAMS[-1]} streams": f"{one:.4g} and {three:.4g}"
            for label, (one, three) in values.items()
        },
        bool(signs[0] != signs[1] and conversions[0] != conversions[1]),
    )


def motion(runs: Runs) -> Finding:
    """The way of each wall in the time of its own torque."""
    numbers, same = {}, []
    for case, run in runs.items():
        z = measures.last_z(run)
        u = float(measures.start(run)["effective_velocity"])
        same.append(z * u > 0.0)
        end = 1e9 * float(run["time"][-1])
        numbers[case.words] = f"u = {u:.3g} m/s; ⟨M_z⟩ = {z:.3f} after {end:.3g} ns"
    held = max(map(_error_of_held_torque, runs.values()))
    turn = max(map(_turn, runs.values()))
    return Finding(
        "The walls go where the first torque points.",
        "The walls go where u of the torque at t = 0 points: to the hot end, along the field's "
        "electrons, at the weakest gradient, and to the cold end where the gradient has won.",
        {
            **numbers,
            "largest turn of M from cell to cell when a run ends (rad)": short(turn),
            "error of a held torque over the largest torque, at most": short(held),
        },
        all(same),
    )


def _error_of_held_torque(run: xr.Dataset) -> float:
    return float(run["transport_update_error"].max()) / float(np.abs(run["torque_total"]).max())


def _turn(run: xr.Dataset) -> float:
    M = run["magnetisation"].isel(time=-1).values
    return float(np.linalg.norm(np.diff(M, axis=0), axis=-1).max())
