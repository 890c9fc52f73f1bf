"""What is known about reproducing the paper, each statement with the numbers that came out."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr

from boltzwall.reproduce import measures
from boltzwall.reproduce.cases import (
    CAPTION_SERIES,
    COLD_END_SERIES,
    KAPPA_SERIES,
    PAPER_WALL,
    SETTLING_TIMES,
    SNAPSHOT_TIME,
    Case,
)
from boltzwall.reproduce.runs import Runs
from boltzwall.reproduce.wire import Wire, difference, largest, longest, setting
from boltzwall.simulation import solve_transport

AS_PRINTED, ACTIVATED = "as-printed", "activated"
ROUNDING = 1e-12
DERIVATIVE_ERROR = 2e-2  # of second-order differences on the paper's wall


@dataclass(frozen=True)
class Finding:
    """A statement, the numbers computed for it, and whether they bear it out.

    ``agrees`` is None where the statement is about the paper's text and not about a number.
    """

    number: int
    statement: str
    numbers: Sequence[tuple[str, str]]
    agrees: bool | None

    @property
    def verdict(self) -> str:
        if self.agrees is None:
            return "For the reader to judge."
        return "The numbers agree." if self.agrees else "The numbers do not agree."


def all_findings(runs: Mapping[str, Runs], closure: str) -> list[Finding]:
    """The six findings; ``closure`` is the one of the figures, whose runs hold both κ of Fig. 5."""
    return [
        cancellation(runs[closure][PAPER_WALL]),
        current_without_gradient(runs[closure][PAPER_WALL], closure),
        sensitivity(runs),
        bauer_factor(runs[closure][PAPER_WALL]),
        conservation(runs),
        caption_of_figure_5(runs[closure]),
    ]


def cancellation(run: xr.Dataset) -> Finding:
    """1: what is left of (22) without B, and of (17) without every term in u."""
    wire = Wire.of(measures.start(run))
    terms = wire.thermal_terms_without_b()
    left = longest(sum(terms)) / max(map(longest, terms))
    of_thermal = difference(wire.torque_of_b(), wire["torque_thermal_eq22"])
    of_total = difference(wire.torque_of_v(), wire["torque_total_eq17"])
    return Finding(
        1,
        "With constant u, A = u n_T, and the four terms of (22) cancel identically once B is "
        "dropped; with B kept only the ∂xB ẑ term survives. All terms in u cancel in (17) as "
        "well: only ∂x∫vG dp acts.",
        [
            ("largest |A/(u n_T) − 1|", _number(wire.deviation_of_a())),
            ("sum of the four terms of (22) without B, over the largest of them", _number(left)),
            ("(22) against its ∂xB ẑ term alone, relative difference", _number(of_thermal)),
            ("(17) against ∂x∫vG dp alone, relative difference", _number(of_total)),
        ],
        left < ROUNDING and of_thermal < DERIVATIVE_ERROR and of_total < DERIVATIVE_ERROR,
    )


def current_without_gradient(run: xr.Dataset, closure: str) -> Finding:
    """2: the "thermal" current and damping-like torque of a wire without gradient."""
    flat = solve_transport(Case(0.0, PAPER_WALL.cold_end).config(closure))
    steep = measures.start(run)
    current = _mean(flat["thermal_current_a"]) / _mean(steep["thermal_current_a"])
    torque = measures.size(flat["torque_thermal_damping_like"]) / measures.size(
        steep["torque_thermal_damping_like"]
    )
    return Finding(
        2,
        "j_T = A M is not zero at ∇T = 0, so that “thermal” in (18) to (22) means "
        "“local-equilibrium part” and not “caused by ∇T”.",
        [
            (
                "mean |A| at κ = 0, 1/(m² s)",
                _number(_mean(flat["thermal_current_a"])),
            ),
            ("the same, over that at κ = 2 K/nm", _number(current)),
            ("damping-like part at κ = 0 over that at κ = 2 K/nm", _number(torque)),
        ],
        current > 0.01 and torque > 0.01,
    )


def sensitivity(runs: Mapping[str, Runs]) -> Finding:
    """3: how little κ and E change the torque as printed, and what the other closures do."""
    slow, fast = KAPPA_SERIES[0], KAPPA_SERIES[-1]
    printed = runs[AS_PRINTED]
    kappa = measures.torque_change(printed[slow], printed[fast])
    field = max(measures.electrical_share(printed[case]) for case in KAPPA_SERIES)
    published = SETTLING_TIMES[slow] / SETTLING_TIMES[fast]
    numbers = [
        ("as-printed: change of the torque at t = 0 from κ = 0.5 to 6 K/nm", _percent(kappa)),
        ("as-printed: part of the torque due to E at t = 0, at most", _percent(field)),
        ("paper: t_s(κ = 0.5)/t_s(κ = 6 K/nm)", f"{published:.3g}"),
    ]
    ordered = {}
    for closure, found in runs.items():
        by_kappa, by_cold_end = ordering(found)
        ordered[closure] = by_kappa.holds and by_cold_end.holds
        numbers.append((f"{closure}: t_s falls as κ rises", by_kappa.text))
        numbers.append((f"{closure}: t_s falls as T0 rises", by_cold_end.text))
    factor = ordering(runs[ACTIVATED])[0].factor
    return Finding(
        3,
        "As printed, κ from 0.5 to 6 K/nm changes the torque by 0.03 to 8 %, E by under 0.2 %; "
        "the paper's t_s changes 2.9-fold. With the moment convention and thermally activated "
        "electrons only, the wall speeds up with κ and with T0, but not by the paper's factors.",
        numbers,
        3e-4 <= kappa <= 0.08
        and field < 2e-3
        and ordered[ACTIVATED]
        and abs(factor / published - 1.0) > 0.1,
    )


def bauer_factor(run: xr.Dataset) -> Finding:
    """4: β_Q of (25) against 1/ξ."""
    xi, beta = float(run.attrs["xi"]), float(run.attrs["beta_q"])
    difference = 1.0 - beta * xi
    return Finding(
        4,
        "(25) follows from matching prefactors to leading order; matching the ratio of the two "
        "torques gives β = 1/ξ. They differ by 4e-5 at ξ = 161.",
        [
            ("ξ", f"{xi:.5g}"),
            ("β_Q of (25)", f"{beta:.6g}"),
            ("1/ξ", f"{1.0 / xi:.6g}"),
            ("relative difference", _number(difference)),
        ],
        3.5e-5 <= difference <= 4.5e-5,
    )


def conservation(runs: Mapping[str, Runs]) -> Finding:
    """5: what the continuity equations leave, and the term at the ends of the window."""
    numbers, violated = [], []
    for closure, found in runs.items():
        run = found[PAPER_WALL]
        first = measures.start(run)
        charge = float(run.attrs["residual_charge_relative"])
        violated.append(charge > 1e-3)
        end = largest(first["window_end_charge"].values) / largest(first["residual_charge"].values)
        spin_end = measures.size(first["window_end_spin"]) / (
            measures.size(first["spin_accumulation"]) / setting(run, "material", "spin_flip_time")
        )
        numbers += [
            (f"{closure}: charge continuity leaves, relative to its largest term", _number(charge)),
            (f"{closure}: window-end term of (14) over what continuity leaves", _number(end)),
            (f"{closure}: window-end term of (15) over max|m|/τ_sf", _number(spin_end)),
            (
                f"{closure}: (15) with its window-end term leaves, relative",
                _number(float(run.attrs["residual_spin_relative"])),
            ),
        ]
    return Finding(
        5,
        "The relaxation terms do not conserve charge: (14) leaves a residual. A truncated "
        "momentum window also leaves −eE[F] and −eE[G] at its ends in (14) and (15).",
        numbers,
        all(violated),
    )


def caption_of_figure_5(runs: Runs) -> Finding:
    """6: what the two κ that the paper gives for Fig. 5 change in it."""
    changes, means = [], []
    for text, caption in zip(COLD_END_SERIES, CAPTION_SERIES, strict=True):
        one, other = (
            runs[case].sel(time=SNAPSHOT_TIME, method="nearest")["magnetisation"]
            for case in (text, caption)
        )
        changes.append(measures.size(one - other))
        means.append([float(M.sel(component="z").mean()) for M in (one, other)])
    numbers = [
        (
            f"⟨M_z⟩ at 0.05 ns, T0 = {case.cold_end:g} K: κ = 5 and 2 K/nm",
            f"{mean[0]:.5g} and {mean[1]:.5g}",
        )
        for case, mean in zip(COLD_END_SERIES, means, strict=True)
    ]
    return Finding(
        6,
        "Fig. 5's caption says κ = 2 K/nm, the text 5 K/nm; the text is followed.",
        [
            *numbers,
            ("largest |ΔM| between the two, all T0", _number(max(changes))),
            (
                "walls at κ = 5 K/nm that have settled before 0.05 ns",
                f"{len(settled_early(runs))} of {len(COLD_END_SERIES)}",
            ),
        ],
        None,
    )


def settled_early(runs: Runs) -> list[float]:
    """Settling times in s of those walls of Fig. 5 that have settled before its time."""
    return [t for t in measures.settling_times(COLD_END_SERIES, runs) if t < SNAPSHOT_TIME]


@dataclass(frozen=True)
class Ordering:
    """Whether t_s falls along a series, and by what factor from first to last."""

    holds: bool
    factor: float

    @property
    def text(self) -> str:
        if math.isnan(self.factor):
            return "not known: a run had not come to rest"
        return f"{'yes' if self.holds else 'no'}, first over last {self.factor:.5g}"


def ordering(runs: Runs) -> tuple[Ordering, Ordering]:
    """The order of settling times along the κ and along the T0 series."""
    kappa, cold_end = (
        measures.settling_times(cases, runs) for cases in (KAPPA_SERIES, COLD_END_SERIES)
    )
    return (
        Ordering(measures.falls(kappa), kappa[0] / kappa[-1]),
        Ordering(measures.falls(cold_end), cold_end[0] / cold_end[-1]),
    )


def _mean(values: xr.DataArray) -> float:
    return float(np.abs(values).mean())


def _number(value: float) -> str:
    return f"{value:.3g}"


def _percent(value: float) -> str:
    return f"{100.0 * value:.3g} %"
