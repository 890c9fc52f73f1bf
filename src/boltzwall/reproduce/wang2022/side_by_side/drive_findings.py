"""What the consistent model says about field and gradient, each statement with its numbers."""

import numpy as np
import xarray as xr

from boltzwall.constants import BOHR_MAGNETON
from boltzwall.reproduce.wang2022.shared import measures
from boltzwall.reproduce.wang2022.shared.cases import (
    COLD_END_SERIES,
    KAPPA_SERIES,
    PAPER_WALL,
    Cases,
)
from boltzwall.reproduce.wang2022.shared.finding import Finding, short
from boltzwall.reproduce.wang2022.shared.kept_runs import Runs
from boltzwall.reproduce.wang2022.shared.measures import growth, setting
from boltzwall.reproduce.wang2022.side_by_side.start_solutions import StartSolutions
from boltzwall.reproduce.wang2022.side_by_side.wall_parameters import (
    Drives,
    angular_momentum_bound,
    fitted,
    saturation,
)

CONSERVED = 1e-10  # of the largest term of a balance
LINEAR = 0.1


def direction(runs: Runs) -> Finding:
    """The field's torque moves the wall along the electron flow."""
    drives = [Drives.of(measures.start(run)) for run in runs.values()]
    # Electrons flow against the current; u > 0 moves the wall to +x.
    along = [d.electrical * -d.current > 0.0 for d in drives]
    us = [d.electrical for d in drives]
    return Finding(
        "The field moves the wall along the electron flow.",
        "The torque of the field moves the wall along the electron flow, in every run.",
        {
            "current density of the field, κ = 2 K/nm (A/m²)": short(_drives(runs).current),
            "u of the field, least and largest (m/s)": f"{min(us):.4g} and {max(us):.4g}",
            "runs in which u has the direction of the electrons": f"{sum(along)} of {len(along)}",
        },
        all(along),
    )


def size(published: Runs, starts: StartSolutions) -> Finding:
    """The bounds that conservation of angular momentum sets."""
    drives, ms = Drives.of(starts.both), saturation(starts.both)
    carried = BOHR_MAGNETON * measures.size(starts.gradient["spin_current_density"]) / ms
    first = measures.start(published[PAPER_WALL])
    claimed = setting(first, "material", "conductivity") * setting(first, "drive", "electric_field")
    bound = angular_momentum_bound(claimed, ms)
    theirs = abs(float(fitted(first).u))
    ratio = measures.size(first["torque_total"]) / measures.size(starts.both["torque_total"])
    within = abs(drives.electrical) <= drives.bound and abs(drives.thermal) <= carried
    return Finding(
        "The torques stay within what the currents carry; the published torque does not.",
        "The consistent torques stay within what their currents carry: u of the field below "
        "µ_B|j_e|/(e Ms), u of the gradient below µ_B|j_s|/Ms. The published torque does not.",
        {
            "u of the field over µ_B|j_e|/(e Ms)": short(abs(drives.electrical) / drives.bound),
            "µ_B max|j_s|/Ms of the gradient alone, κ = 2 K/nm (m/s)": short(carried),
            "u of the gradient over it": short(abs(drives.thermal) / carried),
            "µ_B|j|/(e Ms) of the paper's σE (m/s)": short(bound),
            "u of the published torque at κ = 2 K/nm over it": short(theirs / bound),
            "u of the consistent model at that current, field alone (m/s)": short(
                float(starts.both["electrical_velocity"]) * claimed
            ),
            "published over consistent largest torque, κ = 2 K/nm": short(ratio),
            "paper's σ over that of the wire (S/m)": _conductivities(first, starts),
        },
        within and theirs > bound,
    )


def shares(runs: Runs) -> Finding:
    """Field against gradient, and which of them wins."""
    numbers = {}
    for case in KAPPA_SERIES:
        d = Drives.of(measures.start(runs[case]))
        words = f"{d.electrical:.4g} and {d.thermal:.4g}; sum {d.electrical + d.thermal:.4g}"
        numbers[f"u of field and gradient (m/s), κ = {case.kappa:g} K/nm"] = words
    d = _drives(runs)
    balance = -PAPER_WALL.kappa * d.electrical / d.thermal
    numbers["κ at which both cancel in u (K/nm)"] = short(balance)
    first = measures.start(runs[PAPER_WALL])
    opened = float(first["thermal_velocity_open"]) * setting(first, "temperature", "gradient")
    numbers["u of the gradient in an open circuit, κ = 2 K/nm (m/s)"] = short(opened)
    return Finding(
        "In a closed circuit the gradient pulls the wall to the cold end.",
        "In the closed circuit the gradient pulls this wall to the cold end, against the field: "
        "the thermal electrons that carry the spins flow from hot to cold. The paper finds that "
        "the gradient helps the field. In an open circuit the gradient drives to the hot end.",
        numbers,
        d.thermal < 0.0 < d.electrical and opened > 0.0,
    )


def linearity(runs: Runs) -> Finding:
    """The thermal torque in proportion to κ."""
    ratio = KAPPA_SERIES[-1].kappa / KAPPA_SERIES[0].kappa
    grown = growth(runs, "torque_thermal", KAPPA_SERIES)
    field = growth(runs, "torque_electrical", KAPPA_SERIES)
    return Finding(
        "The torque of the gradient is proportional to κ.",
        "The torque of the gradient is proportional to κ, but for the rise of the mean temperature "
        "with κ, and that of the field does not depend on κ.",
        {
            "κ, last over first": short(ratio),
            "largest torque of the gradient, last over first": f"{grown:.4g}",
            "mean temperature, last over first": f"{_mean_t(KAPPA_SERIES):.4g}",
            "largest torque of the field, last over first": f"{field:.6g}",
        },
        abs(grown / (ratio * _mean_t(KAPPA_SERIES)) - 1.0) < LINEAR and abs(field - 1.0) < LINEAR,
    )


def cold_ends(runs: Runs) -> Finding:
    """What T0 changes."""
    grown = growth(runs, "torque_thermal", COLD_END_SERIES)
    field = growth(runs, "torque_electrical", COLD_END_SERIES)
    mean = _mean_t(COLD_END_SERIES)
    return Finding(
        "The torque of the gradient grows with T as thermoelectric currents do.",
        "The torque of the gradient grows in proportion to the mean temperature, as thermoelectric "
        "currents of a degenerate metal do; that of the field hardly depends on it.",
        {
            "mean temperature, T0 = 250 over 150 K": f"{mean:.4g}",
            "largest torque of the gradient, T0 = 250 over 150 K": f"{grown:.4g}",
            "largest torque of the field, T0 = 250 over 150 K": f"{field:.4g}",
        },
        abs(grown / mean - 1.0) < LINEAR and abs(field - 1.0) < LINEAR,
    )


def background(published: Runs, starts: StartSolutions) -> Finding:
    """No torque without drive."""
    nothing = measures.size(starts.nothing["torque_total"])
    first = measures.start(published[PAPER_WALL])
    theirs = measures.size(first["torque_background"]) / measures.size(first["torque_total"])
    return Finding(
        "Without a drive there is no torque.",
        "Without field and gradient the consistent model has no torque at all. In the published "
        "model almost all of the torque is there without any drive.",
        {
            "largest torque of the consistent model at E = κ = 0 (1/s)": short(nothing),
            "published: max|T(0,0)|/max|T| at κ = 2 K/nm": short(theirs),
        },
        nothing == 0.0 and theirs > 0.5,
    )


def conservation(published: Runs, consistent: Runs) -> Finding:
    """Residuals of charge and spin continuity."""
    numbers, worst = {}, []
    for what in ("charge", "spin"):
        ours, theirs = (
            float(np.max([run.attrs[f"residual_{what}_relative"] for run in runs.values()]))
            for runs in (consistent, published)
        )
        worst.append(ours)
        label = f"{what} continuity leaves, consistent and published, relative"
        numbers[label] = f"{short(ours)} and {short(theirs)}"
    return Finding(
        "Charge and angular momentum are conserved.",
        "Charge and angular momentum are conserved in every saved state of every run.",
        numbers,
        max(worst) < CONSERVED,
    )


def _drives(runs: Runs) -> Drives:
    return Drives.of(measures.start(runs[PAPER_WALL]))


def _conductivities(published: xr.Dataset, starts: StartSolutions) -> str:
    ours = float(starts.both["conductivity_texture"])
    theirs = float(setting(published, "material", "conductivity"))
    return f"{theirs:.4g} over {ours:.4g}, {theirs / ours:.4g}"


def _mean_t(cases: Cases) -> float:
    """Mean temperature of the 5 nm wire, last case over first."""
    first, last = (case.cold_end + 2.5 * case.kappa for case in (cases[0], cases[-1]))
    return last / first
