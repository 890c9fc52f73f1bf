import subprocess
import sys

import imageio_ffmpeg
import matplotlib
import numpy as np
import pytest
from PIL import Image, ImageSequence

from boltzwall.errors import InputError
from boltzwall.plot import (
    animate,
    animate_series,
    arrows_at_times,
    arrows_of_runs,
    mean_magnetisation_figure,
    overview_figure,
    plot_files,
    torques_figure,
)
from boltzwall.plot import animation as animation_module
from boltzwall.plot.arrows import arrows_between, outlines, project, select_vectors
from boltzwall.plot.theme import COLOURS, DASHES, MAGNETISATION_COLOUR, SPIN_COLOUR, scale_for
from tests.synthetic import run_dataset, transport_dataset

TORQUES = {"torque_total_eq17": "total", "torque_thermal_eq22": "T"}


@pytest.fixture(scope="module")
def runs():
    return {f"κ = {k} K/nm": run_dataset(k * 1e9, cells=12, saves=21) for k in (1, 2)}


@pytest.fixture(scope="module")
def run(runs):
    return next(iter(runs.values()))


@pytest.mark.parametrize(
    ("value", "units", "unit"),
    [
        (5e-9, "m", "nm"),
        (2.3e-10, "s", "ns"),
        (3e-12, "s", "ps"),
        (4e11, "s-1", "10¹¹ s⁻¹"),
        (62.5, "m s-1", "m s⁻¹"),
        (0.63, "1", ""),
        (3e-5, "1", "10⁻⁵"),
        (250.0, "K", "K"),
        (0.0, "s-1", "s⁻¹"),
        (np.nan, "m-3", "m⁻³"),
    ],
)
def test_units_get_sensible_prefixes(value, units, unit):
    scale = scale_for([value], units)
    assert scale.unit == unit
    if np.isfinite(value) and value and units != "K":
        assert 0.09 <= value / scale.size < 1000.0


def test_curves_differ_in_colour_and_in_dashes():
    assert len(set(COLOURS)) == len(set(map(str, DASHES))) == len(COLOURS)


def test_the_arrows_of_both_vectors_stay_apart_in_grey():
    def luminance(colour):
        return np.dot(matplotlib.colors.to_rgb(colour), (0.299, 0.587, 0.114))

    assert luminance(MAGNETISATION_COLOUR) - luminance(SPIN_COLOUR) > 0.3


def test_the_projection_is_linear_and_keeps_the_plane_of_the_page():
    a, b = np.random.default_rng(1).normal(size=(2, 5, 3))
    np.testing.assert_allclose(project(a + 2 * b), project(a) + 2 * project(b), atol=1e-14)
    np.testing.assert_array_equal(project(np.array([3.0, 0.0, 4.0])), [3.0, 4.0])


def test_an_arrow_ends_at_its_tip_and_starts_about_its_tail():
    tails, tips = np.array([[0.0, 0.0], [1.0, 1.0]]), np.array([[1.0, 0.0], [1.0, 0.2]])
    shapes = outlines(tails, tips, 0.1)
    np.testing.assert_allclose(shapes[:, 3], tips)
    np.testing.assert_allclose(0.5 * (shapes[:, 0] + shapes[:, -1]), tails, atol=1e-14)


def test_vectors_that_are_not_finite_or_zero_do_no_harm():
    tails = np.zeros((3, 3))
    vectors = np.array([[np.nan, 0.0, 1.0], [0.0, 0.0, 0.0], [0.0, 0.0, 1.0]])
    shapes = arrows_between(tails, vectors, 0.1)
    assert shapes.shape == (2, 7, 2)
    assert np.isfinite(shapes).all()


def test_the_shown_vectors_are_unit_and_evenly_spaced(run):
    vectors = select_vectors(run.isel(time=3))
    np.testing.assert_allclose(np.linalg.norm(vectors.magnetisation, axis=1), 1.0)
    assert np.ptp(np.diff(vectors.x)) < 1e-20
    assert vectors.length == pytest.approx(5e-9)


def test_mean_magnetisation_has_three_panels_with_units(runs):
    figure = mean_magnetisation_figure(runs)
    panels = figure.get_axes()
    assert [panel.get_xlabel() for panel in panels] == ["$t$ (ns)"] * 3
    labels = [text.get_text() for text in figure.legends[0].get_texts()]
    assert labels == list(runs)


def test_torques_are_drawn_with_the_asked_sign_and_scale(runs):
    frames = {name: run.isel(time=0) for name, run in runs.items()}
    figure = torques_figure(frames, TORQUES, sign=-1.0)
    panels = figure.get_axes()
    assert len(panels) == 6
    assert all("s⁻¹" in panel.get_ylabel() for panel in panels)
    assert panels[-1].get_xlabel() == "$x$ (nm)"
    expected = -next(iter(frames.values()))["torque_total_eq17"].sel(component="x").values
    drawn = panels[0].get_lines()[0].get_ydata()
    ratio = expected / np.asarray(drawn)
    np.testing.assert_allclose(ratio, ratio[0])
    assert ratio[0] > 0.0


def test_rounding_noise_is_drawn_flat(run):
    frame = run.isel(time=0).copy(deep=True)
    frame["torque_total"].loc[{"component": "y"}] = 1e-12
    panel = torques_figure({"run": frame}, {"torque_total": "total"}).get_axes()[1]
    low, high = panel.get_ylim()
    assert high == -low > 0.1


def test_arrows_come_one_strip_per_instant_or_run(run, runs):
    assert len(arrows_at_times(run, [0.0, 1e-10, 2e-10]).get_axes()) == 3
    figure = arrows_of_runs(runs, 0.5e-10)
    assert len(figure.get_axes()) == len(runs)
    legend = [text.get_text() for text in figure.legends[0].get_texts()]
    assert "max" in legend[1]
    assert "m⁻³" in legend[1]


@pytest.mark.parametrize("make", [run_dataset, transport_dataset])
def test_the_overview_labels_every_axis(make):
    figure = overview_figure(make())
    for panel in figure.get_axes():
        if panel.get_visible():
            assert panel.get_xlabel()
            assert panel.get_ylabel()


def test_a_run_without_transport_can_be_drawn(run, tmp_path):
    bare = run[["magnetisation", "mean_magnetisation", "wall_position"]]
    bare.attrs = {"boltzwall_version": "0", "settling_time": float("nan")}
    assert len(plot_files({"bare": bare}, tmp_path)) == 4
    assert animate(bare, tmp_path / "bare.gif").exists()


def test_missing_values_can_be_drawn(run, tmp_path):
    broken = run.copy(deep=True)
    broken["torque_total"][0] = np.nan
    broken["spin_accumulation"][:, 3] = np.nan
    broken["wall_position"][:] = np.nan
    assert len(plot_files({"broken": broken}, tmp_path)) == 4


def test_files_are_whole_and_named_after_the_datasets(runs, tmp_path):
    datasets = {"slow": runs["κ = 1 K/nm"], "fast": runs["κ = 2 K/nm"]}
    paths = plot_files(datasets, tmp_path / "new" / "folder")
    stems = {path.stem for path in paths}
    assert stems == {
        "slow-overview",
        "slow-arrows",
        "fast-overview",
        "fast-arrows",
        "comparison-magnetisation",
        "comparison-torque",
    }
    assert {path.suffix for path in paths} == {".png", ".pdf"}
    assert sorted(paths) == sorted((tmp_path / "new" / "folder").iterdir())
    for path in paths:
        magic = b"%PDF" if path.suffix == ".pdf" else b"\x89PNG"
        assert path.read_bytes().startswith(magic)


def test_the_same_data_give_the_same_file(run, tmp_path):
    first = {p.name: p.read_bytes() for p in plot_files({"run": run}, tmp_path)}
    again = {p.name: p.read_bytes() for p in plot_files({"run": run}, tmp_path)}
    assert first == again


def test_a_folder_that_cannot_be_made_is_an_input_error(run, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="folder"):
        plot_files({"run": run}, tmp_path / "file" / "pictures")


def test_the_callers_settings_stay_untouched(run, tmp_path):
    with matplotlib.rc_context({"font.size": 23.0}):
        before = dict(matplotlib.rcParams)
        plot_files({"run": run}, tmp_path)
        assert dict(matplotlib.rcParams) == before


def test_pictures_need_neither_jax_nor_pyplot():
    code = (
        "import sys, boltzwall.plot, boltzwall.io, boltzwall.result\n"
        "assert not {'jax', 'matplotlib.pyplot'} & set(sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_gif_shows_every_frame_and_reports_progress(run, tmp_path):
    reports = []
    path = animate(run, tmp_path / "run.gif", progress=lambda *report: reports.append(report))
    with Image.open(path) as picture:
        frames = [frame.copy() for frame in ImageSequence.Iterator(picture)]
        assert len(frames) == animation_module.FRAMES
        assert picture.info["duration"] > 500
    assert reports[-1][0] == reports[-1][1]


def test_frames_differ_from_one_another(run):
    frames = list(animation_module._frames({"": run}, ""))
    assert (frames[0] != frames[5]).any()
    assert frames[0].shape == frames[5].shape


def test_several_runs_of_different_length_move_side_by_side(runs, tmp_path):
    series = dict(runs)
    series["κ = 2 K/nm"] = series["κ = 2 K/nm"].isel(time=slice(0, 8))
    with Image.open(animate_series(series, tmp_path / "S1.gif")) as picture:
        assert picture.height > picture.width / 2


def test_an_mp4_holds_every_frame(run, tmp_path):
    path = animate(run, tmp_path / "run.mp4")
    frames = imageio_ffmpeg.read_frames(str(path))
    width, height = next(frames)["size"]
    pictures = [np.frombuffer(frame, np.uint8) for frame in frames]
    assert len(pictures) == animation_module.FRAMES + animation_module.HOLD
    assert all(picture.size == 3 * width * height for picture in pictures)
    assert np.ptp(pictures[0]) > 100


@pytest.mark.parametrize("name", ["run.avi", "run", "run.GIFF"])
def test_another_format_is_an_input_error(run, tmp_path, name):
    with pytest.raises(InputError, match=r"\.gif or \.mp4"):
        animate(run, tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_a_transport_solution_cannot_be_animated(tmp_path):
    with pytest.raises(InputError, match="no time axis"):
        animate(transport_dataset(), tmp_path / "still.gif")


@pytest.mark.parametrize("suffix", [".gif", ".mp4"])
def test_an_interrupted_animation_leaves_nothing(run, tmp_path, suffix):
    def interrupt(done, total, message):
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        animate(run, tmp_path / f"run{suffix}", progress=interrupt)
    assert not list(tmp_path.iterdir())
