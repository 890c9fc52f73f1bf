"""Moving pictures of M and m along the wire: what each frame shows."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import xarray as xr
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg

from boltzwall.errors import InputError
from boltzwall.io import make_folder, replacing
from boltzwall.plot import theme
from boltzwall.plot.arrows import largest_spin, make_strips, select_vectors, spans_of
from boltzwall.plot.axes import COMPONENTS, Span, show_flat, time_axis
from boltzwall.plot.drawn_walls import walls_of
from boltzwall.plot.films import film_writer
from boltzwall.plot.headline import headline
from boltzwall.plot.labels import axis_label, unit_of
from boltzwall.plot.units import display_unit
from boltzwall.plot.warm_runs import WarmStrip, warms
from boltzwall.progress import Report, reporting

FRAMES = 60
DPI = 100
FOOT = 1.25  # inches, for the progress of one run


def animate(dataset: xr.Dataset, path: str | Path, progress: Report | bool | None = True) -> Path:
    """Animate one run, from its first state to its last, and beneath it how far it has come.

    The strip follows the walls; its ticks are places in the laboratory. The suffix of ``path``,
    .gif or .mp4, chooses the format.

    Arguments:
        dataset: of a run.
        path: of the film.
        progress: a function that is told of every frame (how many, of how many, what); True: a bar.

    Returns:
        The path of the film.

    Raises:
        InputError: another suffix, a Dataset without time, or a folder that cannot be written.
    """
    return animate_series({"": dataset}, path, progress=progress)


def animate_series(
    runs: Mapping[str, xr.Dataset],
    path: str | Path,
    *,
    title: str | None = None,
    until: float | None = None,
    progress: Report | bool | None = True,
) -> Path:
    """Animate several runs, one strip each, at common times; a run that has ended stands still.

    Arguments:
        runs: by the names of the strips.
        path: of the film.
        title: without it, of a single run what drives it, of several none.
        until: time of the last frame, s; without it, the end of the longest run.
        progress: as that of `animate`.

    Returns:
        The path of the film.

    Raises:
        InputError: as `animate`.
    """
    path = Path(path)
    write = film_writer(path)
    for name, run in runs.items():
        if "time" not in run.dims or "magnetisation" not in run:
            which = f" `{name}`" if name else ""
            raise InputError(f"Argument `dataset` must be a run, but{which} it has no time axis.")
    if title is None:
        title = headline(next(iter(runs.values()))) if len(runs) == 1 else ""
    times = frame_times(runs, until)
    make_folder(path.parent)
    with (
        reporting("Drawing", progress) as report,
        theme.theme(),
        replacing(path) as temporary,
    ):
        pictures = _reporting(frames(runs, times, title), len(times), report, path.name)
        write(pictures, temporary)
    return path


def frame_times(runs: Mapping[str, xr.Dataset], until: float | None = None) -> np.ndarray:
    """Evenly spaced times from the first state to the last; no more than there are states."""
    span = time_axis(runs.values()).span
    states = max(run.sizes["time"] for run in runs.values())
    return np.linspace(span.low, until or span.high, min(FRAMES, max(states, 2)))


def frames(runs: Mapping[str, xr.Dataset], times: np.ndarray, title: str) -> Iterator[np.ndarray]:
    """RGB pictures (height, width, 3); only what moves is drawn anew."""
    states = [[run.sel(time=t, method="nearest") for t in times] for run in runs.values()]
    spans = _common_spans(states)
    unit = display_unit(times, "s")
    first = next(iter(runs.values()))
    heat = WarmStrip(first) if len(runs) == 1 and warms(first) else None
    foot = (FOOT if len(runs) == 1 else 0.0) + (FOOT if heat else 0.0)
    starts = [run[0] for run in states]
    unit_of_spin = largest_spin(list(runs.values()))
    made = make_strips(list(runs), starts, unit_of_spin, title, foot)
    figure = made.figure
    figure.set_dpi(DPI)
    clock = figure.text(0.98, 1.0 - 0.08 / figure.get_figheight(), "", ha="right", va="top")
    moving: list[Artist] = [*(a for strip in made.strips for a in strip.artists), clock]
    if foot:
        panel = figure.add_axes(
            (0.13, 0.45 / figure.get_figheight(), 0.82, (FOOT - 0.55) / figure.get_figheight())
        )
        _draw_progress(panel, first)
        now = panel.axvline(0.0, color="black", linewidth=0.9)
        moving.append(now)
    if heat:
        height = figure.get_figheight()
        moving.append(
            heat.draw(figure.add_axes((0.13, (FOOT + 0.45) / height, 0.82, 0.7 / height)))
        )
    for artist in moving:
        artist.set_animated(True)
    canvas = figure.canvas
    assert isinstance(canvas, FigureCanvasAgg)
    canvas.draw()
    background = canvas.copy_from_bbox(figure.bbox)
    for index, time in enumerate(times):
        canvas.restore_region(background)
        for strip, run, span in zip(made.strips, states, spans, strict=True):
            strip.show(select_vectors(run[index], span[index]))
        clock.set_text(f"$t$ = {time / unit.size:.3f} {unit.name}")
        if heat:
            heat.show(states[0][index])
        if foot:
            now.set_xdata([time / unit.size] * 2)
        for artist in moving:
            figure.draw_artist(artist)
        yield np.asarray(canvas.buffer_rgba())[..., :3].copy()


def _common_spans(states: list[list[xr.Dataset]]) -> list[list[Span]]:
    """Where each strip looks in each frame; all strips show pieces of one length."""
    every = spans_of([frame for run in states for frame in run])
    count = len(states[0])
    return [every[k : k + count] for k in range(0, len(every), count)]


def _draw_progress(panel: Axes, run: xr.Dataset) -> None:
    """Positions of the walls, or the mean M, over the whole time."""
    axis = time_axis([run])
    walls = walls_of(run)
    if walls:
        curves = [wall.position for wall in walls]
    else:
        mean = run["magnetisation"].mean("x").rename("mean_magnetisation")
        curves = [mean.sel(component=component) for component in COMPONENTS]
    unit = unit_of(*curves)
    for curve, style in zip(curves, theme.line_styles(), strict=False):
        panel.plot(curve["time"] / axis.unit.size, curve / unit.size, **style)
    show_flat(panel)
    axis.dress(panel)
    panel.set_ylabel(axis_label(curves[0], unit))


def _reporting(
    pictures: Iterator[np.ndarray], total: int, report: Report | None, name: str
) -> Iterator[np.ndarray]:
    for count, picture in enumerate(pictures, start=1):
        if report is not None:
            report(count, total, f"animation {name}")
        yield picture
