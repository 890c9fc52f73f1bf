"""The table of numbers with both models, and what it is read off."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import jax.numpy as jnp
import numpy as np
import xarray as xr

from boltzwall.constants import BOHR_MAGNETON, ELEMENTARY_CHARGE
from boltzwall.reproduce import measures
from boltzwall.reproduce.cases import (
    COLD_END_SERIES,
    KAPPA_SERIES,
    PAPER_WALL,
    SETTLING_TIMES,
    WALL_VELOCITIES,
    Case,
)
from boltzwall.reproduce.numbers import shown
from boltzwall.reproduce.runs import Runs
from boltzwall.reproduce.wire import setting
from boltzwall.transport.consistent.outputs import TorqueParameters, torque_parameters

HEADER = ["quantity", "unit", "paper", "published model", "consistent model"]
NONE = "—"


@dataclass(frozen=True)
class Drives:
    """What the field and the gradient do to the wall at one instant of the consistent model.

    u in m/s of the field and of the gradient, each in the circuit of the run (closed, E given);
    ``bound`` is µ_B|j_e|/(e Ms), what the field's u cannot exceed.
    """

    electrical: float
    thermal: float
    current: float
    bound: float

    @classmethod
    def of(cls, frame: xr.Dataset) -> "Drives":
        """From a Dataset without time."""
        field, conductivity = float(frame["electric_field"]), float(frame["conductivity_texture"])
        gradient = setting(frame, "temperature", "gradient")
        # u per current density belongs to the current that the field alone drives.
        current = conductivity * field
        return cls(
            electrical=float(frame["electrical_velocity"]) * current,
            thermal=float(frame["thermal_velocity_closed"]) * gradient,
            current=current,
            bound=angular_momentum_bound(current, saturation(frame)),
        )


def angular_momentum_bound(current: float, saturation_magnetisation: float) -> float:
    """µ_B|j_e|/(e Ms) in m/s: u of a fully polarised current."""
    return BOHR_MAGNETON * abs(current) / (ELEMENTARY_CHARGE * saturation_magnetisation)


def saturation(frame: xr.Dataset) -> float:
    """Ms in A/m."""
    return float(setting(frame, "material", "saturation_magnetisation"))


def fitted(frame: xr.Dataset, torque: str = "torque_total") -> TorqueParameters:
    """u and β of [C6] for a torque of any model."""
    x = frame["x"].values
    m, values = (jnp.asarray(frame[name].values) for name in ("magnetisation", torque))
    return torque_parameters(m, jnp.asarray(x[1] - x[0]), values)


def zhang_li(frame: xr.Dataset) -> list[tuple[str, str, str]]:
    """(parameter, in this wall, in a wide one) of a consistent solution; [C5], [C6].

    A wide wall has u = −(µ_B/(e Ms (1+β²))) (j_- − j_+), β = 1/ξ, with the currents of the uniform
    wire: P σE of the field, −P' σS κ of the gradient, and P σS κ more in an open circuit.
    """
    a: dict[str, Any] = frame.attrs
    beta, p, pq = float(a["beta_wide_wall"]), float(a["polarisation"]), float(a["spin_conversion"])
    scale = angular_momentum_bound(1.0, saturation(frame)) / (1.0 + beta**2)
    thermoelectric = float(a["conductivity"]) * float(a["seebeck_coefficient"])
    wide = {
        "electrical_velocity": ("u per A/m², field", -scale * p),
        "electrical_polarisation": ("P_eff, field", p),
        "electrical_beta": ("β_eff, field", beta),
        "thermal_velocity_closed": ("u per K/m, closed circuit", scale * pq * thermoelectric),
        "thermal_beta_closed": ("β_Q, closed circuit", beta),
        "thermal_velocity_open": ("u per K/m, open circuit", scale * (pq - p) * thermoelectric),
        "thermal_beta_open": ("β_Q, open circuit", beta),
    }
    return [(text, f"{float(frame[k]):.4g}", f"{value:.4g}") for k, (text, value) in wide.items()]


def growth(runs: Runs, name: str, cases: tuple[Case, ...]) -> float:
    """Largest torque ``name`` at t = 0 in the last run of a series over that in the first."""
    first, last = (measures.size(measures.start(runs[c])[name]) for c in (cases[0], cases[-1]))
    return last / first


def number_rows(published: Runs, consistent: Runs) -> list[list[str]]:
    """The cells under `HEADER`; "—" where a model or the paper has no such number."""

    def row(
        quantity: str, unit: str, measure: Callable[[Runs], float], paper: float | str = NONE
    ) -> list[str]:
        return [quantity, unit, shown(paper), shown(measure(published)), shown(measure(consistent))]

    rows = []
    for case, seconds in SETTLING_TIMES.items():
        rows.append(row(f"t_s at {_at(case)}", "ns", _settling(case), 1e9 * seconds))
    for case, speed in WALL_VELOCITIES.items():
        rows.append(row(f"d/t_s at {_at(case)}", "m/s", _speed(case), speed))
    for case in (*KAPPA_SERIES, *COLD_END_SERIES):
        rows.append(row(f"max|T| at {_at(case)}", "1/s", _size("torque_total", case)))
    for case in (*KAPPA_SERIES, *COLD_END_SERIES):
        rows.append(row(f"u at {_at(case)}", "m/s", _velocity(case)))
    rows += [
        row(f"⟨M_z⟩ when the run ends, {_at(case)}", "", _last_z(case)) for case in KAPPA_SERIES
    ]
    return [*rows, *_shares(row)]


def _shares(row: Callable[..., list[str]]) -> list[list[str]]:
    kappa_six = KAPPA_SERIES[-1]
    published_share = "> 0.5 (τ_T)"
    rows = [
        row(f"{symbol} over max|T| at {_at(case)}", "", _share(name, case), paper)
        for case in (PAPER_WALL, kappa_six)
        for symbol, name, paper in (
            ("max|T| of the field", "torque_electrical", NONE),
            ("max|T| of the gradient", "torque_thermal", published_share),
            ("max|T| without any drive", "torque_background", NONE),
        )
    ]
    thermal, field = "torque_thermal", "torque_electrical"
    rows += [
        row("the gradient's torque, κ = 6 over 0.5 K/nm", "", _growth(thermal, KAPPA_SERIES)),
        row("the gradient's torque, T0 = 250 over 150 K", "", _growth(thermal, COLD_END_SERIES)),
        row("the field's torque, T0 = 250 over 150 K", "", _growth(field, COLD_END_SERIES)),
        row("charge continuity leaves, relative, at most", "", _worst("residual_charge_relative")),
        row("spin continuity leaves, relative, at most", "", _worst("residual_spin_relative")),
    ]
    return rows


def _settling(case: Case) -> Callable[[Runs], float]:
    return lambda runs: 1e9 * measures.settling_time(runs[case])


def _speed(case: Case) -> Callable[[Runs], float]:
    return lambda runs: measures.wall_velocity(runs[case])


def _size(name: str, case: Case) -> Callable[[Runs], float]:
    def measure(runs: Runs) -> float:
        frame = measures.start(runs[case])
        # The consistent model knows no torque without drive.
        return measures.size(frame[name]) if name in frame else 0.0

    return measure


def _share(name: str, case: Case) -> Callable[[Runs], float]:
    return lambda runs: _size(name, case)(runs) / _size("torque_total", case)(runs)


def _velocity(case: Case) -> Callable[[Runs], float]:
    return lambda runs: float(fitted(measures.start(runs[case])).u)


def _last_z(case: Case) -> Callable[[Runs], float]:
    return lambda runs: float(
        runs[case]["mean_magnetisation"].isel(time=-1).sel(component="z").values
    )


def _growth(name: str, cases: tuple[Case, ...]) -> Callable[[Runs], float]:
    return lambda runs: growth(runs, name, cases)


def _worst(name: str) -> Callable[[Runs], float]:
    return lambda runs: float(np.max([run.attrs[name] for run in runs.values()]))


def _at(case: Case) -> str:
    return f"κ = {case.kappa:g} K/nm, T0 = {case.cold_end:g} K"
