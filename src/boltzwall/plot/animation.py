"""Moving pictures of M and m along the wire, as GIF (Pillow) or MP4 (the ffmpeg from pip)."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import xarray as xr
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image

from boltzwall.errors import InputError
from boltzwall.io import make_folder, replacing
from boltzwall.plot import theme
from boltzwall.plot.arrows import largest_spin, make_strips, select_vectors
from boltzwall.plot.components import shown_time

FRAMES = 60
FRAMES_PER_SECOND = 12
HOLD = 10  # how many frames long the last one stays
DPI = 100
COLOURS = 64  # of the GIF's palette
Progress = Callable[[float, float, str], None]


def animate(dataset: xr.Dataset, path: str | Path, progress: Progress | None = None) -> Path:
    """Animate one run; the suffix of ``path``, .gif or .mp4, chooses the format.

    Raises ``InputError`` for another suffix, a Dataset without time, or an unwritable folder.
    """
    title = str(dataset.attrs.get("title", ""))
    return animate_series({"": dataset}, path, title=title, progress=progress)


def animate_series(
    runs: Mapping[str, xr.Dataset],
    path: str | Path,
    *,
    title: str = "",
    progress: Progress | None = None,
) -> Path:
    """Animate several runs, one strip each, at common times; a run that has ended stands still."""
    path = Path(path)
    write = _writer(path)
    for name, run in runs.items():
        if "time" not in run.dims or "magnetisation" not in run:
            which = f" `{name}`" if name else ""
            raise InputError(f"Argument `dataset` must be a run, but{which} it has no time axis.")
    make_folder(path.parent)
    with theme.theme(), replacing(path) as temporary:
        write(_reporting(_frames(runs, title), progress, path.name), temporary)
    return path


def _frames(runs: Mapping[str, xr.Dataset], title: str) -> Iterator[np.ndarray]:
    """RGB pictures (height, width, 3); only the arrows and the time are drawn anew."""
    times = np.linspace(0.0, max(shown_time(run) for run in runs.values()), FRAMES)
    scale = theme.scale_for(times, "s")
    starts = [run.isel(time=0) for run in runs.values()]
    figure, strips = make_strips(list(runs), starts, largest_spin(list(runs.values())), title)
    figure.set_dpi(DPI)
    clock = figure.text(0.98, 1.0 - 0.08 / figure.get_figheight(), "", ha="right", va="top")
    moving: list[Artist] = [*(arrows for strip in strips for arrows in strip.artists), clock]
    for artist in moving:
        artist.set_animated(True)
    canvas = figure.canvas
    assert isinstance(canvas, FigureCanvasAgg)
    canvas.draw()
    background = canvas.copy_from_bbox(figure.bbox)
    for time in times:
        canvas.restore_region(background)
        for strip, run in zip(strips, runs.values(), strict=True):
            strip.show(select_vectors(run.sel(time=time, method="nearest")))
        clock.set_text(f"$t$ = {time / scale.size:.3f} {scale.unit}")
        for artist in moving:
            figure.draw_artist(artist)
        yield np.asarray(canvas.buffer_rgba())[..., :3].copy()


def _reporting(
    frames: Iterator[np.ndarray], progress: Progress | None, name: str
) -> Iterator[np.ndarray]:
    for count, frame in enumerate(frames, start=1):
        if progress is not None:
            progress(count, FRAMES, f"animation {name}")
        yield frame


def _writer(path: Path) -> Callable[[Iterator[np.ndarray], Path], None]:
    writers = {".gif": _write_gif, ".mp4": _write_mp4}
    if path.suffix.lower() not in writers:
        raise InputError(
            f"An animation's name must end in .gif or .mp4, but `{path.name}` was given."
        )
    return writers[path.suffix.lower()]


def _write_gif(frames: Iterator[np.ndarray], path: Path) -> None:
    pictures = [Image.fromarray(frame) for frame in frames]
    # One palette for all frames, or colours flicker.
    palette = pictures[len(pictures) // 2].quantize(COLOURS)
    indexed = [picture.quantize(palette=palette, dither=Image.Dither.NONE) for picture in pictures]
    duration = 1000 // FRAMES_PER_SECOND
    durations = [duration] * (len(indexed) - 1) + [duration * HOLD]
    indexed[0].save(
        path,
        format="GIF",
        save_all=True,
        append_images=indexed[1:],
        duration=durations,
        loop=0,
        optimize=False,
    )


def _write_mp4(frames: Iterator[np.ndarray], path: Path) -> None:
    picture = _even(next(frames))
    height, width = picture.shape[:2]
    video = imageio_ffmpeg.write_frames(
        str(path),
        (width, height),
        fps=FRAMES_PER_SECOND,
        quality=8,
        macro_block_size=1,
        # ffmpeg would guess the container from the name, which is still the temporary one.
        output_params=["-f", "mp4"],
    )
    video.send(None)
    with closing(video):
        video.send(picture.tobytes())
        for frame in frames:
            picture = _even(frame)
            video.send(picture.tobytes())
        for _ in range(HOLD):
            video.send(picture.tobytes())


def _even(frame: np.ndarray) -> np.ndarray:
    """Video needs an even number of pixels both ways."""
    height, width = frame.shape[:2]
    return np.pad(frame, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge")
