"""What the consistent model says about the paper's wall, each statement with its numbers."""

from dataclasses import dataclass

import numpy as np
import xarray as xr

from boltzwall.constants import BOHR_MAGNETON
from boltzwall.reproduce import measures
from boltzwall.reproduce.cases import (
    COLD_END_SERIES,
    CONSISTENT_TRANSPORT,
    KAPPA_SERIES,
    PAPER_WALL,
    Case,
)
from boltzwall.reproduce.consistent_numbers import (
    Drives,
    angular_momentum_bound,
    fitted,
    growth,
    saturation,
    zhang_li,
)
from boltzwall.reproduce.findings import Finding
from boltzwall.reproduce.runs import Runs
from boltzwall.reproduce.wire import setting
from boltzwall.simulation import solve_transport

STREAMS = (2, CONSISTENT_TRANSPORT["streams"])
CONSERVED = 1e-10  # of the largest term of a balance
LINEAR = 0.1


@dataclass(frozen=True)
class Look:
    """Solutions at t = 0 for one number of streams: without drive, the gradient alone, both."""

    nothing: xr.Dataset
    gradient: xr.Dataset
    both: xr.Dataset

    @classmethod
    def at(cls, streams: int) -> "Look":
        flat = Case(0.0, PAPER_WALL.cold_end).transport_config(streams, electric_field=0.0)
        alone = PAPER_WALL.transport_config(streams, electric_field=0.0)
        both = PAPER_WALL.transport_config(streams)
        return cls(*(solve_transport(config) for config in (flat, alone, both)))


Looks = dict[int, Look]


def consistent_findings(published: Runs, consistent: Runs, looks: Looks) -> list[Finding]:
    """All of them; ``looks`` by number of streams."""
    main = looks[STREAMS[-1]]
    return [
        direction(consistent),
        size(published, main),
        shares(consistent),
        linearity(consistent),
        cold_ends(consistent),
        background(published, main),
        conservation(published, consistent),
        narrow_wall(main),
        dimensions(looks),
        motion(consistent),
    ]


def direction(runs: Runs) -> Finding:
    """1: the field's torque moves the wall along the electron flow."""
    drives = [Drives.of(measures.start(run)) for run in runs.values()]
    # Electrons flow against the current; u > 0 moves the wall to +x.
    along = [d.electrical * -d.current > 0.0 for d in drives]
    us = [d.electrical for d in drives]
    return Finding(
        1,
        "The torque of the field moves the wall along the electron flow, in every run.",
        [
            ("current density of the field, κ = 2 K/nm (A/m²)", _n(_drives(runs).current)),
            ("u of the field, least and largest (m/s)", f"{min(us):.4g} and {max(us):.4g}"),
            ("runs in which u has the direction of the electrons", f"{sum(along)} of {len(along)}"),
        ],
        all(along),
    )


def size(published: Runs, look: Look) -> Finding:
    """2: the bounds that conservation of angular momentum sets."""
    drives, ms = Drives.of(look.both), saturation(look.both)
    carried = BOHR_MAGNETON * measures.size(look.gradient["spin_current_density"]) / ms
    first = measures.start(published[PAPER_WALL])
    claimed = setting(first, "material", "conductivity") * setting(first, "drive", "electric_field")
    bound = angular_momentum_bound(claimed, ms)
    theirs = abs(float(fitted(first).u))
    ratio = measures.size(first["torque_total"]) / measures.size(look.both["torque_total"])
    within = abs(drives.electrical) <= drives.bound and abs(drives.thermal) <= carried
    return Finding(
        2,
        "The consistent torques stay within what their currents carry: u of the field below "
        "µ_B|j_e|/(e Ms), u of the gradient below µ_B|j_s|/Ms. The published torque does not.",
        [
            ("u of the field over µ_B|j_e|/(e Ms)", _n(abs(drives.electrical) / drives.bound)),
            ("µ_B max|j_s|/Ms of the gradient alone, κ = 2 K/nm (m/s)", _n(carried)),
            ("u of the gradient over it", _n(abs(drives.thermal) / carried)),
            ("µ_B|j|/(e Ms) of the paper's σE (m/s)", _n(bound)),
            ("u of the published torque at κ = 2 K/nm over it", _n(theirs / bound)),
            (
                "u of the consistent model at that current, field alone (m/s)",
                _n(_at(look, claimed)),
            ),
            ("published over consistent largest torque, κ = 2 K/nm", _n(ratio)),
            ("paper's σ over that of the wire (S/m)", _conductivities(first, look)),
        ],
        within and theirs > bound,
    )


def shares(runs: Runs) -> Finding:
    """3: field against gradient, and which of them wins."""
    numbers = []
    for case in KAPPA_SERIES:
        d = Drives.of(measures.start(runs[case]))
        words = f"{d.electrical:.4g} and {d.thermal:.4g}; sum {d.electrical + d.thermal:.4g}"
        numbers.append((f"u of field and gradient (m/s), κ = {case.kappa:g} K/nm", words))
    d = _drives(runs)
    balance = -PAPER_WALL.kappa * d.electrical / d.thermal
    numbers.append(("κ at which both cancel in u (K/nm)", _n(balance)))
    first = measures.start(runs[PAPER_WALL])
    opened = float(first["thermal_velocity_open"]) * setting(first, "temperature", "gradient")
    numbers.append(("u of the gradient in an open circuit, κ = 2 K/nm (m/s)", _n(opened)))
    return Finding(
        3,
        "In the closed circuit the gradient pulls this wall to the cold end, against the field: "
        "the thermal electrons that carry the spins flow from hot to cold. The paper finds that "
        "the gradient helps the field. In an open circuit the gradient drives to the hot end.",
        numbers,
        d.thermal < 0.0 < d.electrical and opened > 0.0,
    )


def linearity(runs: Runs) -> Finding:
    """4: the thermal torque in proportion to κ."""
    ratio = KAPPA_SERIES[-1].kappa / KAPPA_SERIES[0].kappa
    grown = growth(runs, "torque_thermal", KAPPA_SERIES)
    field = growth(runs, "torque_electrical", KAPPA_SERIES)
    return Finding(
        4,
        "The torque of the gradient is proportional to κ, but for the rise of the mean temperature "
        "with κ, and that of the field does not depend on κ.",
        [
            ("κ, last over first", _n(ratio)),
            ("largest torque of the gradient, last over first", f"{grown:.4g}"),
            ("mean temperature, last over first", f"{_mean_t(KAPPA_SERIES):.4g}"),
            ("largest torque of the field, last over first", f"{field:.6g}"),
        ],
        abs(grown / (ratio * _mean_t(KAPPA_SERIES)) - 1.0) < LINEAR and abs(field - 1.0) < LINEAR,
    )


def cold_ends(runs: Runs) -> Finding:
    """5: what T0 changes."""
    grown = growth(runs, "torque_thermal", COLD_END_SERIES)
    field = growth(runs, "torque_electrical", COLD_END_SERIES)
    mean = _mean_t(COLD_END_SERIES)
    return Finding(
        5,
        "The torque of the gradient grows in proportion to the mean temperature, as thermoelectric "
        "currents of a degenerate metal do; that of the field hardly depends on it.",
        [
            ("mean temperature, T0 = 250 over 150 K", f"{mean:.4g}"),
            ("largest torque of the gradient, T0 = 250 over 150 K", f"{grown:.4g}"),
            ("largest torque of the field, T0 = 250 over 150 K", f"{field:.4g}"),
        ],
        abs(grown / mean - 1.0) < LINEAR and abs(field - 1.0) < LINEAR,
    )


def background(published: Runs, look: Look) -> Finding:
    """6: no torque without drive."""
    nothing = measures.size(look.nothing["torque_total"])
    first = measures.start(published[PAPER_WALL])
    theirs = measures.size(first["torque_background"]) / measures.size(first["torque_total"])
    return Finding(
        6,
        "Without field and gradient the consistent model has no torque at all. In the published "
        "model almost all of the torque is there without any drive.",
        [
            ("largest torque of the consistent model at E = κ = 0 (1/s)", _n(nothing)),
            ("published: max|T(0,0)|/max|T| at κ = 2 K/nm", _n(theirs)),
        ],
        nothing == 0.0 and theirs > 0.5,
    )


def conservation(published: Runs, consistent: Runs) -> Finding:
    """7: residuals of charge and spin continuity."""
    numbers, worst = [], []
    for what in ("charge", "spin"):
        ours, theirs = (
            float(np.max([run.attrs[f"residual_{what}_relative"] for run in runs.values()]))
            for runs in (consistent, published)
        )
        worst.append(ours)
        label = f"{what} continuity leaves, consistent and published, relative"
        numbers.append((label, f"{_n(ours)} and {_n(theirs)}"))
    return Finding(
        7,
        "Charge and angular momentum are conserved in every saved state of every run.",
        numbers,
        max(worst) < CONSERVED,
    )


def narrow_wall(look: Look) -> Finding:
    """8: u, β and P of this wall against those of a wide one."""
    rows = zhang_li(look.both)
    wide = float(look.both.attrs["beta_wide_wall"])
    agrees = [abs(float(look.both[name])) > 2.0 * wide for name in _BETAS]
    numbers = [(name, f"{narrow} against {broad}") for name, narrow, broad in rows]
    return Finding(
        8,
        "In this wall of 5 nm, 3.6 precession lengths ħv_F/J, β is many times the 1/ξ of a wide "
        "wall, while u stays near the wide wall's. Each line: this wall against a wide one, "
        "κ = 2 K/nm, T0 = 100 K.",
        numbers,
        all(agrees),
    )


def dimensions(looks: Looks) -> Finding:
    """9: two streams against eight."""
    few, many = (looks[n].both for n in STREAMS)
    torques = ("torque_total", "torque_electrical", "torque_thermal")
    values = {
        **{f"max|{name}| (1/s)": [measures.size(d[name]) for d in (few, many)] for name in torques},
        **{label: [float(d[name]) for d in (few, many)] for label, name in _COMPARED.items()},
        "P' of the uniform wire": [float(d.attrs["spin_conversion"]) for d in (few, many)],
    }
    numbers = [
        (f"{label}, 2 and {STREAMS[-1]} streams", f"{one:.4g} and {three:.4g}")
        for label, (one, three) in values.items()
    ]
    signs = [np.sign(float(d["thermal_velocity_closed"])) for d in (few, many)]
    conversions = [np.sign(float(d.attrs["spin_conversion"])) for d in (few, many)]
    return Finding(
        9,
        "In a closed circuit the gradient pulls the wall to opposite ends with electrons in one "
        "dimension (2 streams) and in three, because P', the spin conversion of a heat current, "
        "changes its sign: in three dimensions the majority carries more of the thermal current, "
        "in one the minority.",
        numbers,
        bool(signs[0] != signs[1] and conversions[0] != conversions[1]),
    )


def motion(runs: Runs) -> Finding:
    """10: the way of each wall in the time of its own torque."""
    numbers, same = [], []
    for case, run in runs.items():
        z = float(run["mean_magnetisation"].isel(time=-1).sel(component="z"))
        u = float(measures.start(run)["effective_velocity"])
        same.append(z * u > 0.0)
        words = f"u = {u:.3g} m/s; ⟨M_z⟩ = {z:.3f} after {1e9 * float(run['time'][-1]):.3g} ns"
        numbers.append((f"κ = {case.kappa:g} K/nm, T0 = {case.cold_end:g} K", words))
    held = [
        float(run["transport_update_error"].max()) / float(np.abs(run["torque_total"]).max())
        for run in runs.values()
    ]
    turn = max(_turn(run) for run in runs.values())
    numbers += [
        ("largest turn of M from cell to cell when a run ends (rad)", _n(turn)),
        ("error of a held torque over the largest torque, at most", _n(max(held))),
    ]
    return Finding(
        10,
        "The walls go where u of the torque at t = 0 points: to the hot end, along the field's "
        "electrons, at the weakest gradient, and to the cold end where the gradient has won.",
        numbers,
        all(same),
    )


_COMPARED = {
    "u per K/m, closed circuit": "thermal_velocity_closed",
    "u per K/m, open circuit": "thermal_velocity_open",
    "P of the current": "electrical_polarisation",
}
_BETAS = ("electrical_beta", "thermal_beta_closed", "thermal_beta_open")


def _drives(runs: Runs) -> Drives:
    return Drives.of(measures.start(runs[PAPER_WALL]))


def _at(look: Look, current: float) -> float:
    return float(look.both["electrical_velocity"]) * current


def _conductivities(published: xr.Dataset, look: Look) -> str:
    ours = float(look.both["conductivity_texture"])
    theirs = float(setting(published, "material", "conductivity"))
    return f"{theirs:.4g} over {ours:.4g}, {theirs / ours:.4g}"


def _mean_t(cases: tuple[Case, ...]) -> float:
    """Mean temperature of the 5 nm wire, last case over first."""
    first, last = (case.cold_end + 2.5 * case.kappa for case in (cases[0], cases[-1]))
    return last / first


def _turn(run: xr.Dataset) -> float:
    M = run["magnetisation"].isel(time=-1).values
    return float(np.linalg.norm(np.diff(M, axis=0), axis=-1).max())


def _n(value: float) -> str:
    return f"{value:.3g}"
