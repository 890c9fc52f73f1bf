import imageio_ffmpeg
import numpy as np
import pytest
from PIL import Image, ImageSequence

from boltzwall.errors import InputError
from boltzwall.plot import animate, animate_series
from boltzwall.plot.animation import FRAMES, frame_times, frames
from boltzwall.plot.films import HOLD
from tests.synthetic import run_dataset, transport_dataset
from tests.synthetic_walls import at_speed, walls_dataset


@pytest.fixture(scope="module")
def runs():
    return {f"κ = {k} K/nm": run_dataset(k * 1e9, cells=12, saves=21) for k in (1, 2)}


@pytest.fixture(scope="module")
def run(runs):
    return next(iter(runs.values()))


def test_frames_go_from_the_first_state_to_the_last(run):
    assert run.attrs["settling_time"] < 2e-10
    times = frame_times({"": run})
    assert times[[0, -1]] == pytest.approx([0.0, 4e-10])
    assert len(times) == 21  # no frame twice
    assert len(frame_times({"": walls_dataset([at_speed(0.0, 1.0)], saves=401)})) == FRAMES
    assert frame_times({"": run}, until=1e-10)[-1] == pytest.approx(1e-10)


def test_a_gif_shows_every_frame_and_reports_progress(run, tmp_path):
    reports = []
    path = animate(run, tmp_path / "run.gif", progress=lambda *report: reports.append(report))
    with Image.open(path) as picture:
        pictures = [frame.copy() for frame in ImageSequence.Iterator(picture)]
        assert len(pictures) == 21
        assert picture.info["duration"] > 500
    assert reports[-1][:2] == (21, 21)


def test_frames_differ_from_one_another(run):
    first, *_, last = frames({"": run}, np.array([0.0, 1e-10, 4e-10]), "title")
    assert first.shape == last.shape
    assert (first != last).any()


def test_the_ruler_follows_the_wall_in_a_moving_window():
    """The wall stays in the middle of the strip; the ticks beneath it and the cursor move."""
    run = walls_dataset([at_speed(200e-9, 400.0)], moving_window=True, end_time=1e-9, saves=3)
    start, _, end = frames({"": run}, run["time"].values, "")
    rows = np.flatnonzero((start != end).any(axis=(1, 2)))
    arrows = slice(int(0.25 * start.shape[0]), int(0.42 * start.shape[0]))
    moved = (start[arrows].astype(int) - end[arrows]).any(axis=-1).mean()
    assert moved < 0.03
    assert rows.max() > 0.5 * start.shape[0]


def test_several_runs_of_different_length_move_side_by_side(runs, tmp_path):
    series = dict(runs)
    series["κ = 2 K/nm"] = series["κ = 2 K/nm"].isel(time=slice(0, 8))
    with Image.open(animate_series(series, tmp_path / "S1.gif")) as picture:
        assert picture.height > picture.width / 2


def test_an_mp4_holds_every_frame(run, tmp_path):
    path = animate(run, tmp_path / "run.mp4")
    stream = imageio_ffmpeg.read_frames(str(path))
    width, height = next(stream)["size"]
    pictures = [np.frombuffer(frame, np.uint8) for frame in stream]
    assert len(pictures) == 21 + HOLD
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
