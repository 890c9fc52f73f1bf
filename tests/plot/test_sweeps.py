"""Pictures of sweeps: lines, maps, samples, and what is not drawn."""

import json

import numpy as np
import pytest
import xarray as xr
from matplotlib.collections import PolyCollection, QuadMesh

from boltzwall.errors import InputError
from boltzwall.plot import plot_files, plot_sweep, sweep_figures
from boltzwall.plot.theme import COLOURS
from tests.plot.drawn import flaws
from tests.plot.sweep_cases import (
    COLD_END,
    DAMPING,
    ELECTRIC,
    GRADIENT,
    SEED,
    VELOCITY,
    coordinate,
    curves,
    grid,
    panels,
    samples,
    texts,
)
from tests.synthetic import transport_dataset


def test_lines_show_velocity_against_the_gradient_for_each_temperature(study):
    figure = sweep_figures(study)[f"{VELOCITY}-lines"]
    (panel,) = panels(figure)
    assert panel.get_xlabel() == "gradient κ (K nm⁻¹)"
    assert panel.get_ylabel() == "wall velocity, mean of\nthe second half of the run (m s⁻¹)"
    lines = curves(panel)
    assert len(lines) == 5
    for number, line in enumerate(lines):
        np.testing.assert_allclose(line.get_xdata(), [-3, -2, -1, 0, 1, 2, 3])
        np.testing.assert_allclose(line.get_ydata(), study[VELOCITY].values[:, number])
    # A legend lists its columns, and is read by rows.
    assert texts(figure)[:3:2] == ["T₀ = 100 K", "T₀ = 150 K"]
    assert texts(figure)[-1] == "failed (3)"


def test_failed_points_are_crossed_at_their_place_and_missing_ones_are_not(study):
    (panel,) = panels(sweep_figures(study)[f"{VELOCITY}-lines"])
    crosses = [line for line in panel.get_lines() if line.get_gid() == "failed"]
    assert [line.get_xdata().tolist() for line in crosses] == [[3.0]] * 3
    assert [line.get_color() for line in crosses] == list(COLOURS[2:5])
    heights = [float(np.asarray(line.get_ydata())[0]) for line in crosses]
    np.testing.assert_allclose(heights, [0.02, 0.05, 0.08])  # of the panel


def test_the_map_holds_every_value_with_zero_in_the_middle_of_its_colours(study):
    figure = sweep_figures(study)[f"{VELOCITY}-map"]
    panel = panels(figure)[0]
    (mesh,) = (c for c in panel.collections if isinstance(c, QuadMesh))
    drawn = np.ma.filled(np.ma.reshape(mesh.get_array(), (5, 7)), np.nan)
    np.testing.assert_allclose(drawn, study[VELOCITY].values.T)
    largest = np.nanmax(np.abs(study[VELOCITY].values))
    np.testing.assert_allclose(mesh.get_clim(), (-largest, largest))
    assert mesh.get_cmap().name == "RdBu_r"
    assert panel.get_ylabel() == "cold end T₀ (K)"
    np.testing.assert_allclose(panel.get_xlim(), (-3.5, 3.5))
    np.testing.assert_allclose(panel.get_ylim(), (75.0, 325.0))
    assert (
        figure.get_axes()[-1].get_ylabel()
        == "wall velocity, mean of\nthe second half of the run (m s⁻¹)"
    )


def test_cells_without_a_value_tell_why(study):
    study[VELOCITY].values[3, 3] = np.nan  # done, but nothing came out
    figure = sweep_figures(study)[f"{VELOCITY}-map"]
    covers = [c for c in panels(figure)[0].collections if isinstance(c, PolyCollection)]
    found = {c.get_label(): (len(c.get_paths()), c.get_hatch()) for c in covers}
    assert found == {"failed": (3, "xxxxx"), "no value": (1, None), "missing": (2, "....")}
    failed = next(c for c in covers if c.get_label() == "failed")
    np.testing.assert_allclose(failed.get_paths()[0].get_extents().extents, [2.5, 175, 3.5, 225])
    assert texts(figure) == ["failed (3)", "no value (1)", "missing (2)"]


def test_values_of_one_sign_get_colours_without_a_middle():
    axes = {GRADIENT: np.linspace(1e9, 4e9, 4), COLD_END: np.linspace(100.0, 400.0, 4)}
    figure = sweep_figures(grid(axes, lambda k, t: k * t))[f"{VELOCITY}-map"]
    mesh = panels(figure)[0].collections[0]
    assert mesh.get_cmap().name == "viridis"
    assert mesh.norm.vmin > 0.0
    assert not figure.legends


def test_three_values_are_too_few_for_a_map():
    axes = {GRADIENT: np.linspace(1e9, 6e9, 6), COLD_END: np.array([100.0, 200.0, 300.0])}
    assert list(sweep_figures(grid(axes, lambda k, t: k))) == [f"{VELOCITY}-lines"]


def test_error_bars_are_the_standard_error_over_the_seeds():
    noise = np.random.default_rng(5).normal(size=(4, 2, 6))
    status = np.full(noise.shape, "done", dtype=object)
    status[1, 0, 4:] = "failed"
    axes = {GRADIENT: np.linspace(1e9, 4e9, 4), COLD_END: np.array([100.0, 200.0]),
            SEED: np.arange(6)}  # fmt: skip
    figures = sweep_figures(grid(axes, lambda k, t, s: 10.0 + noise, status=status))
    assert list(figures) == [f"{VELOCITY}-lines"]
    figure = figures[f"{VELOCITY}-lines"]
    assert figure.legends[0].get_title().get_text() == "mean ± standard error, n = 4–6 seeds"
    (panel,) = panels(figure)
    assert len(panel.containers) == 2
    for number, bars in enumerate(panel.containers):
        line, _, (segments,) = bars.lines
        ends = np.array(segments.get_segments())[:, :, 1]
        for place in range(4):
            kept = 10.0 + noise[place, number][status[place, number] == "done"]
            error = np.std(kept, ddof=1) / np.sqrt(len(kept))
            assert line.get_ydata()[place] == pytest.approx(kept.mean())
            np.testing.assert_allclose(ends[place], [kept.mean() - error, kept.mean() + error])


def test_a_single_value_has_no_error_bar_and_a_lost_mean_is_a_failed_point():
    status = np.full((3, 2), "done", dtype=object)
    status[1, 1], status[2, :] = "failed", "failed"
    axes = {GRADIENT: np.array([1e9, 2e9, 3e9]), SEED: np.arange(2)}
    figure = sweep_figures(grid(axes, lambda k, s: k / 1e9 + s, status=status))[f"{VELOCITY}-lines"]
    (panel,) = panels(figure)
    line, _, (segments,) = panel.containers[0].lines
    np.testing.assert_allclose(line.get_ydata(), [1.5, 2.0, np.nan])
    heights = [float(np.ptp(s[:, 1])) for s in segments.get_segments() if len(s)]
    assert heights[0] == pytest.approx(2 * np.std([1.0, 2.0], ddof=1) / np.sqrt(2.0))
    assert heights[1] == 0.0
    assert texts(figure)[-1] == "failed (1)"


def test_seeds_alone_are_drawn_with_their_mean():
    values = np.array([1.0, 2.0, 4.0, 5.0])
    figure = sweep_figures(grid({SEED: np.arange(4)}, lambda s: values))[f"{VELOCITY}-lines"]
    (panel,) = panels(figure)
    (dots,) = curves(panel)
    assert dots.get_linestyle() == "None"
    np.testing.assert_allclose(dots.get_ydata(), values)
    mean = next(line for line in panel.get_lines() if "seeds" in str(line.get_label()))
    np.testing.assert_allclose(mean.get_ydata(), 3.0)
    band = panel.patches[0].get_extents().transformed(panel.transData.inverted())
    error = np.std(values, ddof=1) / 2.0
    np.testing.assert_allclose([band.y0, band.y1], [3.0 - error, 3.0 + error])


def test_seeds_zipped_with_another_key_are_not_averaged():
    dataset = grid({SEED: np.arange(5)}, lambda s: 1.0 * s)
    dataset = dataset.assign_coords({GRADIENT: coordinate(GRADIENT, 1e9 * np.arange(1, 6), SEED)})
    (panel,) = panels(sweep_figures(dataset)[f"{VELOCITY}-lines"])
    assert panel.get_xlabel() == "gradient κ (K nm⁻¹), with noise seed"
    assert not list(panel.patches)


def test_samples_are_scattered_against_each_key_coloured_by_the_second():
    dataset = samples()
    figures = sweep_figures(dataset)
    assert list(figures) == [f"{VELOCITY}-samples"]
    left, right = panels(figures[f"{VELOCITY}-samples"])
    assert left.get_xlabel() == "gradient κ (K nm⁻¹)"
    assert (right.get_xlabel(), right.get_xscale()) == ("damping α", "log")
    done = dataset["status"].values == "done"
    gradient, damping = dataset[GRADIENT].values / 1e9, dataset[DAMPING].values
    for panel, x, shade in ((left, gradient, damping), (right, damping, gradient)):
        (dots,) = panel.collections
        np.testing.assert_allclose(
            dots.get_offsets(), np.column_stack([x[done], dataset[VELOCITY].values[done]])
        )
        np.testing.assert_allclose(dots.get_array(), shade[done])
        (lost,) = (line for line in panel.get_lines() if line.get_gid() == "failed")
        np.testing.assert_allclose(lost.get_xdata(), x[~done])
    assert texts(figures[f"{VELOCITY}-samples"]) == ["failed (4)"]


def test_one_point_is_a_marker_in_the_middle():
    figure = sweep_figures(grid({COLD_END: np.array([150.0])}, lambda t: t))[f"{VELOCITY}-lines"]
    (panel,) = panels(figure)
    (line,) = curves(panel)
    np.testing.assert_allclose(line.get_xydata(), [[150.0, 150.0]])
    assert panel.get_xlim() == (75.0, 225.0)
    assert [t.get_text() for t in panel.get_xticklabels()] == ["150"]


def test_one_dimension_needs_no_legend_and_is_drawn_in_order():
    axes = {DAMPING: np.array([1e-1, 1e-3, 1e-2])}
    figure = sweep_figures(grid(axes, lambda a: 2.0 * a))[f"{VELOCITY}-lines"]
    (panel,) = panels(figure)
    (line,) = curves(panel)
    np.testing.assert_allclose(line.get_xdata(), [1e-3, 1e-2, 1e-1])
    np.testing.assert_allclose(line.get_ydata(), [2e-3, 2e-2, 2e-1])
    assert panel.get_xscale() == "log"
    assert not figure.legends


def test_further_dimensions_become_panels_and_too_long_ones_their_first_value():
    axes = {GRADIENT: np.linspace(1e9, 12e9, 12), COLD_END: np.linspace(100.0, 400.0, 11),
            DAMPING: np.linspace(0.1, 1.0, 10), ELECTRIC: np.array([-8e3, 0.0])}  # fmt: skip
    figures = sweep_figures(grid(axes, lambda k, t, a, e: k / 1e9 + a + e))
    figure = figures[f"{VELOCITY}-lines"]
    left, right = panels(figure)
    assert [left.get_title(), right.get_title()] == ["E = −8 kV m⁻¹", "E = 0 kV m⁻¹"]
    assert figure.get_suptitle() == "α = 0.1 (first of 10)"
    np.testing.assert_allclose(curves(right)[0].get_ydata(), np.arange(1, 13) + 0.1)
    np.testing.assert_allclose(curves(left)[3].get_ydata(), np.arange(1, 13) + 0.1 - 8e3)
    assert figure.get_axes()[-1].get_ylabel() == "cold end T₀ (K)"  # eleven curves: a colour bar
    maps = figures[f"{VELOCITY}-map"]
    assert [p.get_title() for p in maps.get_axes()[:2]] == ["E = −8 kV m⁻¹", "E = 0 kV m⁻¹"]


def test_keys_that_are_no_numbers_tell_curves_apart():
    axes = {GRADIENT: np.array([1e9, 2e9]), "transport.model": np.array(["published", "other"])}
    mesh = grid({GRADIENT: axes[GRADIENT], "wire.cells": np.array([1, 2])}, lambda k, n: n)
    dataset = mesh.rename({"wire.cells": "transport.model"}).assign_coords(
        {"transport.model": coordinate("transport.model", axes["transport.model"])}
    )
    dataset.attrs["dimensions"] = json.dumps(list(axes))
    figure = sweep_figures(dataset)[f"{VELOCITY}-lines"]
    assert texts(figure) == ["model = published", "model = other"]
    np.testing.assert_allclose(curves(panels(figure)[0])[1].get_ydata(), [2.0, 2.0])


def test_without_walls_the_torque_is_drawn():
    axes = {GRADIENT: np.array([1e9, 2e9, 3e9])}
    dataset = grid(axes, lambda k: k / 1e9, name="effective_velocity")
    dataset["effective_beta"] = (GRADIENT, [0.01, 0.02, 0.03], {"units": "1"})
    dataset[VELOCITY] = (GRADIENT, [np.nan] * 3, {"units": "m/s"})
    assert list(sweep_figures(dataset)) == ["effective_velocity-lines", "effective_beta-lines"]
    assert list(sweep_figures(dataset, ["effective_beta"])) == ["effective_beta-lines"]


def test_settling_times_are_drawn_where_walls_settled():
    dataset = grid({GRADIENT: np.array([1e9, 2e9])}, lambda k: k / 1e9)
    dataset["settling_time"] = (GRADIENT, [2e-10, np.nan], {"units": "s"})
    figures = sweep_figures(dataset)
    assert list(figures) == [f"{VELOCITY}-lines", "settling_time-lines"]
    panel = panels(figures["settling_time-lines"])[0]
    assert panel.get_ylabel() == "settling time (ns)"
    np.testing.assert_allclose(curves(panel)[0].get_ydata(), [0.2, np.nan])


def test_a_sweep_of_which_nothing_came_out_says_so():
    status = np.array(["failed", "missing", "failed"], dtype=object)
    dataset = grid({GRADIENT: np.array([1e9, 2e9, 3e9])}, lambda k: k, status=status)
    with pytest.raises(InputError, match="of 3 points 2 failed and 1 are missing"):
        sweep_figures(dataset)


def test_what_is_not_there_cannot_be_drawn(study):
    with pytest.raises(InputError, match="nothing is none"):
        sweep_figures(study, ["nothing"])
    with pytest.raises(InputError, match="must be a sweep"):
        sweep_figures(transport_dataset())


def test_sweeps_are_written_by_the_same_verb_also_from_a_file(study, tmp_path):
    study.to_netcdf(tmp_path / "study.nc")
    with xr.open_dataset(tmp_path / "study.nc") as read:
        paths = plot_files({"study": read}, tmp_path / "pictures")
    assert [path.name for path in paths] == [
        "study-mean-wall-velocity-lines.png",
        "study-mean-wall-velocity-lines.pdf",
        "study-mean-wall-velocity-map.png",
        "study-mean-wall-velocity-map.pdf",
    ]
    assert all(path.stat().st_size > 3000 for path in paths)


def test_the_same_sweep_gives_the_same_files(tmp_path):
    dataset = samples()
    first = [path.read_bytes() for path in plot_sweep(dataset, tmp_path, "study")]
    assert [path.read_bytes() for path in plot_sweep(dataset, tmp_path, "study")] == first


def test_sweeps_and_single_results_do_not_mix(study, tmp_path):
    with pytest.raises(InputError, match="study and others are mixed"):
        plot_files({"study": study, "one": transport_dataset()}, tmp_path)
    assert not list(tmp_path.iterdir())


def test_keys_that_vary_together_are_named_beneath_each_other():
    dataset = grid({GRADIENT: np.array([1e9, 2e9, 3e9])}, lambda k: k)
    for key in (COLD_END, DAMPING, ELECTRIC):
        values = np.array([1.0, 2.0, 3.0])
        dataset = dataset.assign_coords({key: coordinate(key, values, GRADIENT)})
    (panel,) = panels(sweep_figures(dataset)[f"{VELOCITY}-lines"])
    lines = panel.get_xlabel().split("\n")
    assert len(lines) == 2
    assert all(len(line) <= 41 for line in lines)


def test_the_pictures_of_a_study_can_be_read(study):
    assert [flaws(figure) for figure in sweep_figures(study).values()] == [[], []]
    assert [flaws(figure) for figure in sweep_figures(samples()).values()] == [[]]
