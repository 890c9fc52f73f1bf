"""Pictures of sweeps tell walls apart that were not steady."""

import numpy as np

from boltzwall.plot import sweep_figures
from tests.plot.drawn import flaws
from tests.plot.sweep_cases import (
    COLD_END,
    GRADIENT,
    SEED,
    VELOCITY,
    grid,
    panels,
    samples,
    texts,
    with_regimes,
)


def test_white_markers_are_walls_that_were_not_steady():
    dataset = grid({GRADIENT: np.array([1e9, 2e9, 3e9, 4e9])}, lambda k: k / 1e9)
    dataset = with_regimes(dataset, ["steady", "precessing", "transient", "precessing"])
    figure = sweep_figures(dataset)[f"{VELOCITY}-lines"]
    (panel,) = panels(figure)
    (white,) = [line for line in panel.get_lines() if line.get_gid() == "not steady"]
    np.testing.assert_allclose(white.get_xydata(), [[2.0, 2.0], [3.0, 3.0], [4.0, 4.0]])
    assert white.get_markerfacecolor() == "white"
    assert panel.get_ylabel() == "wall velocity in its regime (m s⁻¹)"
    assert texts(figure) == ["not steady: 2 precessing, 1 transient"]
    assert flaws(figure) == []


def test_steady_walls_need_no_mark():
    dataset = grid({GRADIENT: np.array([1e9, 2e9, 3e9])}, lambda k: k / 1e9)
    figure = sweep_figures(with_regimes(dataset, ["steady"] * 3))[f"{VELOCITY}-lines"]
    assert not figure.legends
    assert all(line.get_gid() != "not steady" for line in panels(figure)[0].get_lines())


def test_points_without_a_value_have_no_regime():
    status = np.array(["done", "failed", "done"], dtype=object)
    dataset = grid({GRADIENT: np.array([1e9, 2e9, 3e9])}, lambda k: k / 1e9, status=status)
    figure = sweep_figures(with_regimes(dataset, ["steady", "", "pinned"]))[f"{VELOCITY}-lines"]
    assert texts(figure) == ["not steady: 1 pinned", "failed (1)"]


def test_errors_of_the_velocity_are_bars_where_they_can_be_seen():
    make = lambda: grid({GRADIENT: np.array([1e9, 2e9])}, lambda k: k / 1e9)  # noqa: E731
    seen = sweep_figures(with_regimes(make(), ["steady"] * 2, 0.25))[f"{VELOCITY}-lines"]
    _, _, (segments,) = panels(seen)[0].containers[0].lines
    np.testing.assert_allclose([np.ptp(s[:, 1]) for s in segments.get_segments()], 0.5)
    assert "error of the mean velocity" in seen.get_suptitle()
    tiny = sweep_figures(with_regimes(make(), ["steady"] * 2, 1e-6))[f"{VELOCITY}-lines"]
    assert not panels(tiny)[0].containers


def test_a_mean_over_seeds_is_as_unsteady_as_its_least_steady_run():
    axes = {GRADIENT: np.array([1e9, 2e9]), SEED: np.arange(3)}
    dataset = grid(axes, lambda k, s: k / 1e9 + s)
    words = [["steady"] * 3, ["steady", "transient", "steady"]]
    figure = sweep_figures(with_regimes(dataset, words))[f"{VELOCITY}-lines"]
    assert "not steady: 1 transient" in texts(figure)


def test_the_map_hatches_walls_that_were_not_steady():
    axes = {GRADIENT: np.linspace(1e9, 4e9, 4), COLD_END: np.linspace(100.0, 400.0, 4)}
    words = np.full((4, 4), "steady", dtype=object)
    words[3, 2:] = "precessing"
    figure = sweep_figures(with_regimes(grid(axes, lambda k, t: k + t), words))[f"{VELOCITY}-map"]
    (panel,) = [p for p in panels(figure) if "gradient" in p.get_xlabel()]
    (hatched,) = [c for c in panel.collections if c.get_label() == "not steady"]
    centres = np.array([path.vertices[:4].mean(axis=0) for path in hatched.get_paths()])
    np.testing.assert_allclose(centres, [[4.0, 300.0], [4.0, 400.0]])
    assert texts(figure) == ["not steady: 2 precessing"]
    assert flaws(figure) == []


def test_samples_that_were_not_steady_have_a_ring():
    dataset = samples()
    words = np.where(dataset["status"].values == "done", "steady", "").astype(object)
    words[5] = "pinned"
    figure = sweep_figures(with_regimes(dataset, words))[f"{VELOCITY}-samples"]
    rings = [
        line for panel in panels(figure) for line in panel.get_lines()
        if line.get_gid() == "not steady"
    ]  # fmt: skip
    assert [len(np.atleast_1d(ring.get_xdata())) for ring in rings] == [1, 1]
    assert texts(figure) == ["not steady: 1 pinned", "failed (4)"]
    assert flaws(figure) == []


def test_codes_and_errors_are_no_quantities_to_draw():
    dataset = grid({GRADIENT: np.array([1e9, 2e9, 3e9])}, lambda k: k * np.nan)
    dataset = with_regimes(dataset, ["none"] * 3, 0.1)
    dataset["largest_torque"] = (GRADIENT, [1e10, 2e10, 3e10], {"units": "s-1"})
    assert list(sweep_figures(dataset)) == ["largest_torque-lines"]
