"""Walls of real runs: what a user is told of them, against theory and an analysis of M alone."""

import json
import tomllib
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

import boltzwall
from boltzwall.cli.text import summary
from boltzwall.config import load_config
from boltzwall.config.scales import derived_scales
from boltzwall.config.templates import template
from boltzwall.simulation import simulate
from boltzwall.variables import POINT_VARIABLES
from tests.systems.walls import Walker
from tests.walls import EASY, GAMMA, MS, MU0, STIFFNESS, WIDTH, run, wall

CASES = Path(__file__).parents[1] / "cases"
HELD = {"field.exchange": True, "field.uniaxial_anisotropy": True}
PAIR = 415.84  # (1 + αβ)u/(1 + α²) in m/s, of two-walls.toml


def crossings(dataset):
    """Where M_z changes its sign, by straight lines between cells: (states, walls), nan without."""
    m, x = dataset["magnetisation"].values[..., 2], dataset["x"].values
    rows = []
    for row in m:
        k = np.flatnonzero(np.sign(row[1:]) != np.sign(row[:-1]))
        rows.append(x[k] + row[k] / (row[k] - row[k + 1]) * (x[1] - x[0]))
    most = max(len(row) for row in rows)
    return np.array([np.pad(row, (0, most - len(row)), constant_values=np.nan) for row in rows])


def words(dataset):
    return summary(dataset, Path("run.nc"))


@pytest.fixture(scope="module")
def pair():
    """two-walls.toml with the exchange and the anisotropy whose constants it gives."""
    given = tomllib.loads((CASES / "two-walls.toml").read_text())
    given["texture"]["path"] = str(CASES / "two-walls.npy")
    return simulate(load_config(given).replace(HELD), progress=False)


@pytest.mark.slow
def test_two_walls_are_two(pair):
    """Each has its position and velocity until it leaves; cells of 2 nm take 0.15 % off both."""
    assert pair.sizes["wall"] == 2
    np.testing.assert_allclose(pair["mean_velocity"], PAIR, rtol=0.002)
    assert float(np.max(pair["mean_velocity_error"])) < 0.5
    np.testing.assert_allclose(pair["precession_frequency"], 4.487e9, rtol=0.01)
    assert pair.attrs["wall_regime"] == "left, left"
    time = pair["time"].values
    for n, start in enumerate((200e-9, 300e-9)):
        inside = time < (440e-9 - start) / PAIR
        q = pair["wall_positions"].values[inside, n]
        np.testing.assert_allclose(q, start + PAIR * time[inside], atol=0.002 * 250e-9)
        v = pair["wall_velocities"].values[inside, n]
        np.testing.assert_allclose(v, PAIR, rtol=0.005)
        np.testing.assert_allclose(pair["wall_widths"].values[inside, n], 5.7e-9, rtol=0.03)
    ends = pair["wall_end_time"].values
    np.testing.assert_allclose(ends, [300e-9 / PAIR, 200e-9 / PAIR], atol=1e-11)


@pytest.mark.slow
def test_the_only_wall_is_the_one_that_is_left(pair):
    """Beside the arrays of each: nothing while there are two, the first wall's when it is alone."""
    count = pair["wall_count"].values
    position = pair["wall_position"].values
    assert np.isnan(position[count != 1]).all()
    np.testing.assert_array_equal(
        position[count == 1], pair["wall_positions"].values[count == 1, 0]
    )
    np.testing.assert_allclose(pair["wall_velocity"].values[count == 1][:10], PAIR, rtol=0.005)


def test_against_the_zeros_of_the_magnetisation(pair):
    """An analysis of M alone: where M_z = 0, between cells."""
    zeros = crossings(pair)
    both = np.isfinite(pair["wall_positions"].values).all(axis=1)
    away = pair["wall_positions"].values[both] - zeros[both]
    early = pair["wall_positions"].values[both][:, 1] < 460e-9
    assert np.abs(away[early]).max() < 0.1e-9


def test_what_run_prints_of_two_walls(pair):
    told = words(pair)
    assert "2 in all, 0 at the end" in told
    assert told.count("before that it precessed, 415.") == 2
    assert "left through the right end at 720 ps" in told
    assert "left through the right end at 480 ps" in told


def test_the_case_as_it_is_breaks_up():
    """Without exchange nothing holds the texture: it breaks up, but moves as it should before."""
    config = load_config(CASES / "two-walls.toml")
    (warning,) = derived_scales(config).warnings
    assert "held together by nothing, for `field.exchange` is off" in warning
    assert derived_scales(config.replace(HELD)).warnings == ()
    with pytest.warns(UserWarning, match="walls break up"):
        found = simulate(config, progress=False)
    assert found.attrs["wall_regime"] == "broken, broken"
    np.testing.assert_allclose(found["mean_velocity"], PAIR, rtol=0.01)
    assert "broke up" in words(found)
    assert np.isnan(found["wall_position"]).all()
    assert np.isnan(found.attrs["settling_time"])


@pytest.mark.slow
def test_regimes_of_runs():
    """Below and beyond Walker's field, held by the hard axis, and carried out of the wire."""
    below, beyond = (Walker(0.3, STIFFNESS, EASY, hard, MS) for hard in (5e4, 1e3))
    field, strong = 0.5 * below.walker_field, 4.0 * beyond.walker_field
    period = beyond.period(strong)
    configs = [
        wall(5e4, 0.3, 2e-9, drive={"magnetic_field": (0, 0, field)}, texture={"centre": 90e-9}),
        wall(1e3, 0.3, 2.4 * period, drive={"magnetic_field": (0, 0, strong)}),
        wall(1e5, 0.3, 4e-9, transport={"u": 100.0, "beta": 0.0}),
        wall(0.0, 0.1, 1e-9, transport={"u": 400.0, "beta": 0.1}),
    ]
    runs = [run([config])[0] for config in configs]
    regimes = [one.attrs["wall_regime"] for one in runs]
    assert regimes == ["steady", "precessing", "pinned", "left"]
    velocities = [float(one["mean_velocity"][0]) for one in runs]
    expected = [below.steady_velocity(field), beyond.turning_velocity(strong), 0.0, 400.0]
    np.testing.assert_allclose(velocities, expected, rtol=0.01, atol=0.5)
    frequency = float(runs[1]["precession_frequency"][0])
    assert frequency == pytest.approx(0.5 / period, rel=0.01)
    told = [words(one) for one in runs]
    assert "moves steadily at" in told[0]
    assert "precesses" in told[1]
    assert "is at rest at" in told[2]
    assert "left through the right end" in told[3]
    assert "before that it moved steadily at 399.9" in told[3]
    settled = [float(one.attrs["settling_time"]) for one in runs]
    assert np.isnan(settled).tolist() == [True, True, False, True]


@pytest.mark.slow
def test_two_walls_repel_or_attract_each_other():
    """The pressure of two kinks of the sine-Gordon equation, 16 K exp(−d/Δ), acts as a field:
    without a hard axis each goes with αγ0ΔH/(1+α²), 2µ0MsH = 16 K exp(−d/Δ)."""
    apart, alpha = 7.0 * WIDTH, 0.5
    centres = [160e-9 - 0.5 * apart, 160e-9 + 0.5 * apart]
    texture = {"kind": "walls", "centres": centres, "width": WIDTH}
    configs = [
        wall(0.0, alpha, 4e-10, texture=texture | {"chirality": chirality})
        for chirality in ("same", "alternating")
    ]
    for found, sense in zip(run(configs), (1.0, -1.0), strict=True):
        assert found.sizes["wall"] == 2
        distance = np.diff(found["wall_positions"].values, axis=1)[:, 0]
        field = 8.0 * EASY * np.exp(-distance / WIDTH) / (MU0 * MS)
        expected = 2.0 * alpha * GAMMA * WIDTH * field / (1.0 + alpha**2)
        rates = sense * np.gradient(distance, found["time"].values)
        np.testing.assert_allclose(rates[5:-1], expected[5:-1], rtol=0.03)


def test_resumed_and_checkpointed_runs_tell_of_the_same_walls(tmp_path):
    config = wall(0.0, 0.1, 4e-10, transport={"u": 300.0, "beta": 0.3})
    config["dynamics"] |= {"checkpoint_interval": 10}
    kept: list[xr.Dataset] = []
    whole = simulate(config, checkpoint=kept.append, progress=False)
    resumed = simulate(config, resume=kept[0], progress=False)
    for name in ("wall_positions", "wall_velocities", "wall_tilts", "wall_widths_fit"):
        np.testing.assert_array_equal(whole[name], resumed[name])
        part = kept[0].sizes["time"]
        np.testing.assert_array_equal(whole[name][: part - 1], kept[0][name][: part - 1])
    for name in ("mean_velocity", "mean_velocity_error", "precession_frequency"):
        np.testing.assert_array_equal(whole[name], resumed[name])
    assert whole.attrs == resumed.attrs


def test_the_sweep_of_the_readme():
    """The paper's wall leaves after some 20 ps: its velocity is that on its way, not a mean over
    the rest of the run, when nothing is left in the wire (which was 0.000136 m/s)."""
    study = tomllib.loads(template("sweep"))
    study["wire"]["cells"] = 24
    study["transport"]["momentum_nodes"] = 16
    gradients = [1e9, 4e9]
    found = boltzwall.sweep(
        {name: section for name, section in study.items() if name != "sweep"},
        {"temperature.gradient": gradients},
        progress=False,
    )
    names = POINT_VARIABLES["wall_regime"].flags
    assert [names[int(code)] for code in found["wall_regime"]] == ["left", "left"]
    velocity = found["mean_wall_velocity"].values
    assert ((velocity > 30.0) & (velocity < 270.0)).all()
    assert found["mean_wall_velocity"].attrs["units"] == "m s-1"
    assert found["mean_wall_velocity"].attrs["long_name"]
    for gradient, v in zip(gradients, velocity, strict=True):
        study["temperature"] = {"gradient": gradient}
        one = simulate({n: s for n, s in study.items() if n != "sweep"}, progress=False)
        mz, time = one["magnetisation"].values[..., 2], one["time"].values
        inside = np.flatnonzero(mz[:, -1] < -0.2)  # the right end is still of the right domain
        q = 2.5e-9 * (1.0 + mz.mean(axis=1))
        last = inside[-1]
        assert v == pytest.approx((q[last] - q[0]) / time[last], rel=1e-6)
        estimate = 5e-9 / one.attrs["settling_time"]
        assert one.attrs["wall_velocity_estimate"] == pytest.approx(estimate)
        assert "an estimate" in words(one)


def test_a_wire_without_walls():
    found = simulate(wall(texture={"kind": "uniform"}, end=1e-11), progress=False)
    assert found.attrs["wall_regime"] == "none"
    assert "one domain" in found.attrs["wall_note"]
    assert np.isnan(found["wall_position"]).all()
    assert np.isnan(found.attrs["wall_velocity_estimate"])
    assert "none: M has one domain throughout" in words(found)
    assert json.loads(found.attrs["configuration"])["texture"]["kind"] == "uniform"
