"""A table of walls with known answers: the reported regime, velocity and frequency, within 1 %.

The closed forms are in `tests.systems.moving_walls`; where a motion is none of them, q(t) is given
outright. What M(x, t) itself is made to do by the equations is in `test_wall_runs`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np
import pytest

from boltzwall.variables import WALL_REGIMES
from tests.systems.moving_walls import GAMMA, Drawn, Rigid, Strip

T = np.linspace(0.0, 10e-9, 201)
STILL = np.zeros_like(T)
HARD = 4e4  # H_K in A/m; H_W = 2000 A/m at α = 0.1
WALKER = 0.05 * HARD


@dataclass(frozen=True)
class Case:
    """Walls as they are drawn, and what is to be said of them.

    Attributes:
        regimes: one for each wall; ``motions`` those until a wall left or vanished.
        velocities: m/s; None where none is promised.
        frequency: of φ, 1/s; 0 where the walls do not turn.
    """

    name: str
    walls: tuple[Drawn, ...]
    regimes: tuple[str, ...]
    velocities: tuple[float | None, ...]
    frequency: float = 0.0
    motions: tuple[str, ...] = ()
    strip: Strip = field(default_factory=Strip)
    offset: np.ndarray | float = 0.0
    time: np.ndarray = field(default_factory=lambda: T)


def driven(
    name: str, wall: Rigid, regime: str, start: float = 500e-9, time: np.ndarray = T, **more
) -> Case:
    """One wall that obeys the collective coordinates."""
    drawn = Drawn(start + wall.position(time), wall.tilt(time), wall.width)
    strip = more.pop("strip", Strip())
    motion = more.get("motions", (regime,))[0]
    known = {"precessing": wall.velocity, "steady": wall.velocity, "pinned": 0.0}
    turns = abs(wall.turning) / (2.0 * np.pi) if motion == "precessing" else 0.0
    return Case(
        name, (drawn,), (regime,), (known.get(motion),), turns, strip=strip, time=time, **more
    )


def moved(name: str, position: Callable, regime: str, velocity: float | None, **more) -> Case:
    """One wall whose position is given, at a fixed tilt."""
    strip = more.pop("strip", Strip())
    tilt = more.pop("tilt", 0.4) + STILL
    drawn = Drawn(position(T), tilt, more.pop("width", 12e-9))
    return Case(name, (drawn,), (regime,), (velocity,), strip=strip, **more)


def random_walk(step: float) -> np.ndarray:
    """A wall's thermal motion, m."""
    return np.cumsum(np.random.default_rng(5).normal(size=T.size)) * step


# Spin–orbit torque on a Néel wall held by DMI: αq'/Δ + φ' = h cos φ, q'/Δ − αφ' = d sin φ in units
# of rates, h = γ0(π/2)H_DL, d = γ0(π/2)H_DMI: at rest tan φ = h/(αd) and v = Δ d sin φ.
SPIN_ORBIT, DMI, DAMPING = 4e9, 3e10, 0.1


def spin_orbit_wall() -> tuple[np.ndarray, np.ndarray, float]:
    """q(t), φ(t) by Runge and Kutta's method, and the final velocity."""

    def rates(state: np.ndarray) -> np.ndarray:
        push, pull = SPIN_ORBIT * np.cos(state[1]), DMI * np.sin(state[1])
        way = (DAMPING * push + pull) / (1.0 + DAMPING**2)
        return np.array([12e-9 * way, (push - DAMPING * pull) / (1.0 + DAMPING**2)])

    state, states, h = np.array([100e-9, 0.0]), [], (T[1] - T[0]) / 20.0
    for _ in T:
        states.append(state)
        for _ in range(20):
            one = rates(state)
            two = rates(state + 0.5 * h * one)
            three = rates(state + 0.5 * h * two)
            state = state + h / 6.0 * (one + 2 * two + 2 * three + rates(state + h * three))
    tilt = np.arctan(SPIN_ORBIT / (DAMPING * DMI))
    found = np.array(states)
    return found[:, 0], found[:, 1], 12e-9 * DMI * float(np.sin(tilt))


def window_at(position: np.ndarray) -> np.ndarray:
    """Where a window of 1 µm begins that follows a wall by whole cells."""
    return np.floor((position - 500e-9) / 2e-9) * 2e-9


FIELD = Rigid(anisotropy_field=HARD, field=0.5 * WALKER)
CURRENT = Rigid(anisotropy_field=HARD, u=60.0, beta=0.05)
FREE = Rigid(u=60.0, beta=0.04)
FAST = Rigid(u=300.0, beta=0.5)
PAIR = (Drawn(200e-9 + 40 * T, 0.3 + STILL), Drawn(500e-9 + 40 * T, 0.3 + STILL))
SOT_Q, SOT_TILT, SOT_V = spin_orbit_wall()
TURNING = Rigid(anisotropy_field=HARD, field=4.0 * WALKER)

CASES = [
    driven("field, half of Walker's", FIELD, "steady", 300e-9),
    driven("field, 0.8 of Walker's", replace(FIELD, field=0.8 * WALKER), "steady", 300e-9),
    driven("the reversed wall", replace(FIELD, sign=-1.0), "steady", 700e-9),
    driven("a field to −z", replace(FIELD, field=-0.6 * WALKER), "steady", 800e-9),
    driven("just beyond Walker", replace(FIELD, field=1.05 * WALKER), "precessing", 200e-9,
           np.linspace(0.0, 60e-9, 601), strip=Strip(3e-6, 1500)),
    driven("field, 1.5 of Walker's", replace(FIELD, field=1.5 * WALKER), "precessing"),
    driven("field, 4 of Walker's", TURNING, "precessing"),
    driven("−40 of Walker's, reversed", replace(FIELD, field=-40 * WALKER, sign=-1.0),
           "precessing", 200e-9, np.linspace(0.0, 2e-9, 201)),
    driven("current below breakdown", CURRENT, "steady", 300e-9),
    driven("β = 0 below breakdown: held by the hard axis", replace(CURRENT, u=40.0, beta=0.0),
           "pinned", time=np.linspace(0.0, 20e-9, 201)),
    driven("β = 0 beyond breakdown", Rigid(anisotropy_field=1e3, u=60.0), "precessing", 200e-9),
    driven("β > α beyond breakdown", Rigid(anisotropy_field=1e3, u=60.0, beta=0.3), "precessing",
           100e-9),
    driven("β = α: M is carried along", Rigid(u=50.0, beta=0.1, anisotropy_field=HARD), "steady",
           200e-9),
    driven("no hard axis", FREE, "precessing", 200e-9),
    driven("no hard axis, turning fast", FAST, "precessing", 100e-9, np.linspace(0, 2e-9, 101)),
    driven("current against field", Rigid(field=300.0, u=-50.0, beta=0.02), "precessing"),
    Case("spin–orbit torque and DMI", (Drawn(SOT_Q, SOT_TILT),), ("steady",), (SOT_V,),
         strip=Strip(6e-6, 3000)),
    moved("at rest", lambda t: 400e-9 + 0 * t, "pinned", 0.0),
    moved("rings down in a well",
          lambda t: 400e-9 + 20e-9 * np.exp(-t / 8e-10) * np.cos(6e9 * t), "pinned", 0.0),
    moved("a pulse, then rest", lambda t: 300e-9 + 100 * np.minimum(t, 3e-9), "pinned", 0.0),
    moved("creeps", lambda t: 400e-9 + 0.05 * t, "steady", 0.05),
    moved("accelerates", lambda t: 300e-9 + 3e9 * t**2, "transient", None),
    driven("a quarter turn in all", replace(FREE, u=15.0), "precessing",
           200e-9, time=np.linspace(0, 25e-9, 101)),
    driven("a turn too short to tell", replace(FREE, u=8.0), "transient"),
    driven("a run too short to tell: it moves by 0.5 % of Δ, and turns", FREE, "transient",
           time=np.linspace(0.0, 1e-12, 51)),
    driven("leaves on the right", FAST, "left", 400e-9, np.linspace(0, 2.5e-9, 126),
           motions=("precessing",)),
    moved("leaves on the left", lambda t: 300e-9 - 60 * t, "left", -60.0, motions=("steady",)),
    moved("enters from the left", lambda t: -200e-9 + 100 * t, "steady", 100.0),
    Case("two walls", PAIR, ("steady", "steady"), (40.0, 40.0)),
    Case("two walls, one leaves", tuple(replace(w, position=w.position + 200e-9) for w in PAIR),
         ("steady", "left"), (40.0, 40.0), motions=("steady", "steady")),
    Case("two walls turn, each by itself",
         (Drawn(200e-9 + 20 * T, 3e9 * T), Drawn(600e-9 + 20 * T, 3e9 * T + 2.0)),
         ("precessing", "precessing"), (20.0, 20.0), 3e9 / (2 * np.pi)),
    Case("two walls meet and annihilate",
         (Drawn(np.minimum(300e-9 + 40 * T, 400e-9), STILL),
          Drawn(np.maximum(500e-9 - 40 * T, 400e-9), STILL, winding=-1.0)),
         ("annihilated", "annihilated"), (40.0, -40.0), motions=("steady", "steady")),
    Case("three walls, two of which annihilate",
         (Drawn(np.minimum(200e-9 + 40 * T, 400e-9), STILL),
          Drawn(np.maximum(600e-9 - 40 * T, 400e-9), STILL, winding=-1.0),
          Drawn(800e-9 + 10 * T, STILL)),
         ("annihilated", "annihilated", "steady"), (40.0, -40.0, 10.0),
         motions=("steady", "steady", "steady")),
    Case("a bound pair, 360°", (Drawn(300e-9 + 30 * T, STILL), Drawn(330e-9 + 30 * T, STILL)),
         ("steady", "steady"), (30.0, 30.0)),
    Case("three walls at rest", tuple(Drawn(q + STILL, STILL) for q in (200e-9, 450e-9, 800e-9)),
         ("pinned", "pinned", "pinned"), (0.0, 0.0, 0.0)),
    Case("a moving window", (Drawn(500e-9 + 200 * T, STILL),), ("steady",), (200.0,),
         offset=window_at(500e-9 + 200 * T)),
    driven("a moving window, turning", FAST, "precessing", 500e-9, np.linspace(0, 8e-9, 401),
           offset=window_at(500e-9 + FAST.position(np.linspace(0, 8e-9, 401)))),
    Case("noise", (Drawn(300e-9 + 40 * T, 0.3 + STILL),), ("steady",), (40.0,),
         strip=Strip(noise=0.05)),
    Case("noise, turning", (Drawn(300e-9 + 40 * T, 4e9 * T),), ("precessing",), (40.0,),
         4e9 / (2 * np.pi), strip=Strip(noise=0.05)),
    Case("noise, at rest", (Drawn(300e-9 + random_walk(1e-10), 0.3 + STILL),), ("pinned",),
         (None,), strip=Strip(noise=0.05)),
    moved("head to head, along x", lambda t: 300e-9 + 30 * t, "steady", 30.0,
          strip=Strip(axis=(1.0, 0.0, 0.0))),
    moved("domains along y", lambda t: 300e-9 + 30 * t, "steady", 30.0,
          strip=Strip(axis=(0.0, 1.0, 0.0))),
    moved("domains along an oblique axis", lambda t: 300e-9 + 30 * t, "steady", 30.0,
          strip=Strip(axis=(1.0, 2.0, -3.0))),
    moved("domains that a field turns by 30°", lambda t: 300e-9 + 30 * t, "steady", 30.0,
          strip=Strip(slope=np.radians(30.0))),
    moved("a wall of one cell", lambda t: 300e-9 + 30 * t, "steady", 30.0, width=2e-9),
    moved("a wide wall in a short wire", lambda t: 480e-9 + 3 * t, "steady", 3.0, width=80e-9),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_wall(case: Case) -> None:
    m = case.strip.draw(case.walls, case.offset)
    found = case.strip.read(m, case.time, case.offset)
    arrays = found.arrays
    named = [WALL_REGIMES[code] for code in arrays["wall_regimes"]]
    assert tuple(named) == case.regimes
    assert found.attributes["wall_regime"] == ", ".join(case.regimes)
    motions = tuple(WALL_REGIMES[code] for code in arrays["wall_motions"])
    assert motions == (case.motions or case.regimes)
    largest = max((abs(v) for v in case.velocities if v), default=1.0)
    for found_v, error, known in zip(
        arrays["mean_velocity"], arrays["mean_velocity_error"], case.velocities, strict=True
    ):
        if known is None:
            continue
        within = max(0.01 * abs(known), 0.01 * largest if known == 0.0 else 0.0)
        assert found_v == pytest.approx(known, abs=within)
        assert error < 0.03 * max(largest, 1.0)
    frequencies = arrays["precession_frequency"]
    if case.frequency:
        np.testing.assert_allclose(frequencies, case.frequency, rtol=0.01)
    else:
        assert np.isnan(frequencies).all()


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_path(case: Case) -> None:
    """Position of every wall whenever it is far from the ends and from the others."""
    m = case.strip.draw(case.walls, case.offset)
    arrays = case.strip.read(m, case.time, case.offset).arrays
    for n, wall in enumerate(case.walls):
        q = arrays["wall_positions"][:, n]
        inside = wall.position - np.asarray(case.offset)
        away = np.minimum(inside, case.strip.length - inside) > 4.0 * wall.width
        for other in case.walls[:n] + case.walls[n + 1 :]:
            away &= np.abs(other.position - wall.position) > 12.0 * wall.width
        tolerance = 1e-3 if case.strip.noise == 0.0 else 0.2
        np.testing.assert_allclose(q[away], wall.position[away], atol=tolerance * wall.width)


def test_walker_field_of_the_table() -> None:
    """2·0.05·H_K is Walker's field: below it a wall's tilt rests, above it turns."""
    assert Rigid(anisotropy_field=HARD, field=0.999 * WALKER).turning == 0.0
    above = Rigid(anisotropy_field=HARD, field=1.001 * WALKER)
    assert above.turning == pytest.approx(
        GAMMA * WALKER * np.sqrt(1.001**2 - 1.0) / (1.0 + 0.1**2), rel=1e-9
    )
