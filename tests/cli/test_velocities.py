"""What was the velocity? A person's answer from the printed text alone, example by example.

The examples are those of README.md, docs/ and `boltzwall init`; the right answer comes from a
closed form, or from where M_z changes its sign in the file that the command wrote.
"""

import re
from pathlib import Path

import numpy as np
import pytest

from boltzwall.config import load_config
from boltzwall.config.scales.held_walls import driven, held_wall
from boltzwall.config.scales.torque import expected_torque
from boltzwall.config.scales.walls import ExpectedWall
from boltzwall.io import read_dataset

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
WALLS = (ROOT / "docs" / "walls.md").read_text(encoding="utf-8")
SPEED = re.compile(r"(-?\d+(?:\.\d+)?)(?: ± (\d+(?:\.\d+)?))? m/s")
SPAN = re.compile(r"\((\S+) to (\S+) ([np])s\)")


def answers(text: str) -> list[float]:
    """The velocities that a person would name: the first of each wall's line."""
    lines = [line for line in text.splitlines() if re.match(r"wall( \d+)? {2,}\S", line)]
    return [float(SPEED.findall(line)[0][0]) for line in lines if SPEED.search(line)]


def way(path: Path, text: str) -> float:
    """(q(t2) − q(t1))/(t2 − t1) of the only zero of M_z, between the times that the text names."""
    run = read_dataset(path)
    m, x, t = (run[name].values for name in ("magnetisation", "x", "time"))
    offset = run["window_offset"].values if "window_offset" in run else np.zeros_like(t)
    match = SPAN.search(text)
    assert match
    unit = {"n": 1e-9, "p": 1e-12}[match[3]]
    found = []
    for limit in (float(match[1]) * unit, float(match[2]) * unit):
        n = int(np.argmin(np.abs(t - limit)))
        row = m[n, :, 2]
        (k,) = np.flatnonzero(np.sign(row[1:]) != np.sign(row[:-1]))
        crossing = x[k] + row[k] / (row[k] - row[k + 1]) * (x[1] - x[0])
        found.append((t[n], offset[n] + crossing))
    (t1, q1), (t2, q2) = found
    return float((q2 - q1) / (t2 - t1))


def steady(path: Path) -> float:
    """(σγ0ΔH + βu)/α of the configuration, from its constants alone."""
    config = load_config(path)
    wall, torque = held_wall(config), expected_torque(config)
    assert isinstance(wall, ExpectedWall)
    assert torque is not None
    motion = wall.motion(driven(config, torque.velocity, torque.beta), wall.rest)
    assert motion is not None
    return motion.velocity


@pytest.mark.slow
def test_the_wall_of_the_readme(tmp_path, command):
    """The paper's wall in a steeper gradient: it leaves, and the text says how fast it did."""
    (example,) = re.findall(r"```toml\n(# wall\.toml.*?)```", README, re.S)
    (tmp_path / "wall.toml").write_text(example, encoding="utf-8")
    told = command("run", tmp_path / "wall.toml", "-q").out
    assert "left through the right end" in told
    (answer,) = answers(told)
    run = read_dataset(tmp_path / "wall.nc")
    mz, time = run["magnetisation"].values[..., 2], run["time"].values
    inside = np.flatnonzero(mz[:, -1] < -0.2)  # its right domain is still there
    q = 2.5e-9 * (1.0 + mz.mean(axis=1))
    last = inside[-1]
    assert answer == pytest.approx((q[last] - q[0]) / time[last], rel=0.02)
    estimate = float(re.findall(r"d/t_s = (\S+) m/s, an estimate", told)[0])
    assert estimate == pytest.approx(5e-9 / run.attrs["settling_time"], rel=1e-3)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["pair", "stack"])
def test_templates_whose_walls_become_steady(name, tmp_path, command):
    path = tmp_path / f"{name}.toml"
    command("init", name, "-o", path)
    told = command("run", path, "-q").out
    assert told.count("moves steadily at") == (2 if name == "pair" else 1)
    for answer in answers(told):
        assert answer == pytest.approx(steady(path), rel=0.01)


@pytest.mark.slow
def test_the_wall_that_is_not_yet_steady(tmp_path, command):
    """README's `init wall`: the text that docs/walls.md shows, and what M(x, t) says of it."""
    path = tmp_path / "micromagnetic.toml"
    command("init", "wall", "-o", path)
    told = command("run", path, "-q").out
    (answer,) = answers(told)
    assert "is not yet steady" in told
    assert answer == pytest.approx(way(tmp_path / "micromagnetic.nc", told), rel=0.02)
    shown = re.search(r"boltzwall run micromagnetic\.toml\n(.*?)```", WALLS, re.S)
    assert shown
    assert answers(shown[1]) == pytest.approx([answer], abs=0.15)
    assert answer < steady(path)  # towards which it goes


@pytest.mark.slow
@pytest.mark.parametrize("name", ["wang2022", "uniform-temperature"])
def test_templates_of_the_papers_wall(name, tmp_path, command):
    """docs/install-and-first-run.md's `init` and `run`, and its kin, against M(x, t)."""
    path = tmp_path / f"{name}.toml"
    command("init", name, "-o", path)
    told = command("run", path, "-q").out
    (answer,) = answers(told)
    span = SPAN.search(told)
    assert span
    unit = {"n": 1e-9, "p": 1e-12}[span[3]]
    run = read_dataset(path.with_suffix(".nc"))
    # The wall fills the wire and changes its shape: where it is, [B11] says, L(1 + <M_z>)/2.
    place = 2.5e-9 * (1.0 + run["magnetisation"].sel(component="z").mean("x"))
    begin, end = (place.sel(time=float(span[k]) * unit, method="nearest") for k in (1, 2))
    moved = float((end - begin) / (end["time"] - begin["time"]))
    assert answer == pytest.approx(moved, rel=0.02)
    estimate = float(re.findall(r"d/t_s = (\S+) m/s, an estimate", told)[0])
    assert estimate == pytest.approx(5e-9 / run.attrs["settling_time"], rel=1e-3)


@pytest.mark.slow
def test_the_template_of_electrons_in_time(tmp_path, command):
    path = tmp_path / "time-dependent.toml"
    command("init", "time-dependent", "-o", path)
    told = command("run", path, "-q").out
    (answer,) = answers(told)
    assert "(50 to 100 fs)" in told
    run = read_dataset(path.with_suffix(".nc"))
    place = 2.5e-9 * (1.0 + run["magnetisation"].sel(component="z").mean("x"))
    begin, end = (place.sel(time=t, method="nearest") for t in (5e-14, 1e-13))
    assert answer == pytest.approx(float((end - begin) / (end["time"] - begin["time"])), rel=0.02)


def test_the_pair_that_docs_show_moves_as_theory_says():
    """docs/walls.md: both walls of two-walls.toml at (1 + αβ)u/(1 + α²)."""
    shown = re.search(r"walls    2 in all.*?```", WALLS, re.S)
    assert shown
    assert answers(shown[0]) == pytest.approx([415.84, 415.84], rel=0.002)


def test_answers_are_read_as_a_person_would():
    text = "wall        moves steadily at 57.2 ± 0.1 m/s (3 to 6 ns)\nat the end  at 1 nm; 3 m/s\n"
    assert answers(text) == [57.2]
    two = "walls    2 in all\nwall 0   left; 4 m/s\nwall 1   at rest at 7 nm\n"
    assert answers(f"{two}wall velocity  d/t_s = 9 m/s, an estimate\n") == [4.0]
