"""M and m as arrows along the wire, in three dimensions, one strip per instant or per run.

A strip is drawn in cabinet projection: the wire runs to the right, z upwards, and y, at half
length, into the page. Lengths are in units of the arrow of M.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.patches import Polygon
from matplotlib.ticker import MaxNLocator

from boltzwall.plot import theme

ARROWS = 16  # along the wire
WIRE_LENGTH = 10.5
REACH = 1.05  # half the depth and height of the box
DEPTH = np.array([0.38, 0.32])  # where a unit of y goes on the page
SPIN_LENGTH = 0.9  # the longest arrow of m
LIMITS = ((-1.05, WIRE_LENGTH + 1.15), (-2.05, 1.75))
STRIP_WIDTH = 6.0  # inches
STRIP_HEIGHT = STRIP_WIDTH * np.ptp(LIMITS[1]) / np.ptp(LIMITS[0])
HEADROOM = 0.42  # inches, for the legend
LINE = 0.14  # inches, for each line of the title


@dataclass(frozen=True)
class Vectors:
    """What one strip shows: positions (n,) in m, M (n, 3), m (n, 3) in 1/m³ or None."""

    x: np.ndarray
    length: float
    magnetisation: np.ndarray
    spin: np.ndarray | None


class Strip:
    """One box with the wire in its middle and the arrows of M and m that start on the wire."""

    def __init__(self, panel: Axes, vectors: Vectors, spin_unit: float) -> None:
        self.spin_unit = spin_unit
        self.magnetisation = PolyCollection(
            [], facecolor=theme.MAGNETISATION_COLOUR, edgecolor="white", linewidth=0.3, zorder=3
        )
        self.spin = PolyCollection(
            [], facecolor=theme.SPIN_COLOUR, edgecolor="white", linewidth=0.25, zorder=4
        )
        _draw_box(panel, vectors.length)
        for arrows in self.artists:
            panel.add_collection(arrows, autolim=False)
        self.show(vectors)

    @property
    def artists(self) -> tuple[PolyCollection, PolyCollection]:
        return self.magnetisation, self.spin

    def show(self, vectors: Vectors) -> None:
        """Replace the arrows; vectors that are not finite are left out."""
        tails = np.zeros((len(vectors.x), 3))
        tails[:, 0] = WIRE_LENGTH * vectors.x / vectors.length
        self.magnetisation.set_verts(list(arrows_between(tails, vectors.magnetisation, 0.085)))
        if vectors.spin is not None:
            relative = SPIN_LENGTH * vectors.spin / self.spin_unit
            self.spin.set_verts(list(arrows_between(tails, relative, 0.036)))


def project(points: np.ndarray) -> np.ndarray:
    """Points (…, 3) in space to (…, 2) on the page."""
    return points[..., [0, 2]] + points[..., 1:2] * DEPTH


def arrows_between(tails: np.ndarray, vectors: np.ndarray, width: float) -> np.ndarray:
    """Outlines (n, 7, 2) on the page of the arrows ``vectors`` (n, 3) that start at ``tails``."""
    known = np.isfinite(vectors).all(axis=1)
    start, end = project(tails[known]), project(tails[known] + vectors[known])
    return outlines(start, end, width)


def outlines(tails: np.ndarray, tips: np.ndarray, width: float) -> np.ndarray:
    """Polygons (n, 7, 2) of arrows between points of a plane; short arrows are drawn smaller."""
    along = tips - tails
    length = np.hypot(*along.T)[:, None]
    direction = np.divide(along, length, out=np.zeros_like(along), where=length > 0.0)
    normal = direction[:, ::-1] * (-1.0, 1.0)
    head = np.minimum(3.8 * width, 0.6 * length)
    shoulder = 0.42 * head * normal
    half = 0.5 * width * np.minimum(1.0, head / (3.8 * width)) * normal
    neck = tips - head * direction
    return np.stack(
        [
            tails + half,
            neck + half,
            neck + shoulder,
            tips,
            neck - shoulder,
            neck - half,
            tails - half,
        ],
        axis=1,
    )


def arrows_at_times(dataset: xr.Dataset, times: Sequence[float], title: str = "") -> Figure:
    """Figure 2 of the paper: M (green) and m (red) of one run at the saves nearest to ``times``."""
    frames = [dataset.sel(time=time, method="nearest") for time in times]
    scale = theme.scale_for(max(times), "s")
    names = [f"$t$ = {float(f['time']) / scale.size:.3g} {scale.unit}" for f in frames]
    return strips_figure(names, frames, title)


def arrows_of_runs(runs: Mapping[str, xr.Dataset], time: float, title: str = "") -> Figure:
    """Figure 5 of the paper: M and m of several runs at the saves nearest to one time in s."""
    frames = [run.sel(time=time, method="nearest") for run in runs.values()]
    return strips_figure(list(runs), frames, title)


def strips_figure(names: Sequence[str], frames: Sequence[xr.Dataset], title: str = "") -> Figure:
    """One strip per Dataset without time; m has one scale in all of them."""
    with theme.theme():
        return make_strips(names, frames, largest_spin(frames), title)[0]


def make_strips(
    names: Sequence[str], frames: Sequence[xr.Dataset], spin_unit: float, title: str
) -> tuple[Figure, list[Strip]]:
    """The figure and its strips, with the legend that tells the scale of m."""
    count = len(frames)
    head = HEADROOM + LINE * (title.count("\n") + 1)
    height = head + count * STRIP_HEIGHT
    figure = theme.new_figure(STRIP_WIDTH, height)
    strips = []
    for index, (name, frame) in enumerate(zip(names, frames, strict=True)):
        bottom = (count - 1 - index) * STRIP_HEIGHT / height
        panel = figure.add_axes((0.0, bottom, 1.0, STRIP_HEIGHT / height))
        panel.set(xlim=LIMITS[0], ylim=LIMITS[1])
        panel.set_axis_off()
        strips.append(Strip(panel, select_vectors(frame), spin_unit))
        _write(panel, (0.0, -REACH, 1.95), name, ha="left", va="center")
    figure.text(0.5, 1.0 - 0.08 / height, title, ha="center", va="top", fontsize=8.5)
    figure.legend(
        handles=_handles(frames, spin_unit),
        loc="upper center",
        bbox_to_anchor=(0.5, 1.0 - (head - HEADROOM + 0.08) / height),
        ncols=2,
        handlelength=1.2,
    )
    return figure, strips


def select_vectors(frame: xr.Dataset) -> Vectors:
    """M and m of a Dataset without time, interpolated at evenly spaced positions."""
    cells = frame["x"].values
    length = float(cells[-1] + cells[0])  # cell centres: half a cell at either end
    count = min(ARROWS, len(cells))
    x = (np.arange(count) + 0.5) * length / count
    magnetisation = _at(x, cells, frame["magnetisation"].values)
    magnetisation /= np.linalg.norm(magnetisation, axis=1, keepdims=True)
    if "spin_accumulation" not in frame:
        return Vectors(x, length, magnetisation, None)
    return Vectors(x, length, magnetisation, _at(x, cells, frame["spin_accumulation"].values))


def _at(x: np.ndarray, cells: np.ndarray, vectors: np.ndarray) -> np.ndarray:
    return np.column_stack([np.interp(x, cells, component) for component in vectors.T])


def largest_spin(datasets: Sequence[xr.Dataset]) -> float:
    """The largest finite |m| in all Datasets, in 1/m³; 1 where there is none."""
    sizes = [
        np.linalg.norm(dataset["spin_accumulation"].values, axis=-1).ravel()
        for dataset in datasets
        if "spin_accumulation" in dataset
    ]
    finite = [size[np.isfinite(size)] for size in sizes]
    return max((float(size.max()) for size in finite if size.size), default=0.0) or 1.0


def _draw_box(panel: Axes, length: float) -> None:
    """Floor, back wall and the wire, with ticks of x, y and z."""
    near, far, low, high, end = -REACH, REACH, -REACH, REACH, WIRE_LENGTH
    floor = [(0, near, low), (end, near, low), (end, far, low), (0, far, low)]
    back = [(0, far, low), (end, far, low), (end, far, high), (0, far, high)]
    for corners, shade in ((floor, "#EFEFEF"), (back, "#F7F7F7")):
        outline = project(np.array(corners, dtype=float))
        panel.add_patch(Polygon(outline, facecolor=shade, edgecolor="#C8C8C8", linewidth=0.5))
    post = [(0, near, low), (0, near, high), (0, far, high)]
    wire = [(0, 0, 0), (end, 0, 0)]
    for line, colour in ((post, "#C8C8C8"), (wire, theme.GUIDE_COLOUR)):
        panel.plot(*project(np.array(line, dtype=float)).T, color=colour, linewidth=0.7, zorder=1)
    scale = theme.scale_for(length, "m")
    whole = length / scale.size
    positions = [tick for tick in MaxNLocator(6).tick_values(0.0, whole) if 0 <= tick <= whole]
    marks = [(end * tick / whole, near, low) for tick in positions]
    texts = [f"{tick:g}" for tick in positions]
    _ticks(panel, marks, texts, (0.0, -0.1), {"ha": "center", "va": "top"})
    _ticks(
        panel, [(end, y, low) for y in (-1, 0, 1)], ["−1", "0", "1"], (0.1, -0.03), {"va": "top"}
    )
    left = {"ha": "right", "va": "center"}
    _ticks(panel, [(0, near, z) for z in (-1, 0, 1)], ["−1", "0", "1"], (-0.1, 0.0), left)
    between = 0.5 * (marks[-2][0] + marks[-1][0])
    for text, place in (
        (scale.label("$x$"), (between, near, low - 0.22)),
        ("$y$", (end + 0.62, -0.1, low)),
        ("$z$", (-0.3, near, 0.5)),
    ):
        _write(panel, place, text, ha="center", va="center")


def _ticks(
    panel: Axes,
    marks: Sequence[tuple[float, float, float]],
    texts: Sequence[str],
    outwards: tuple[float, float],
    alignment: Mapping[str, Any],
) -> None:
    starts = project(np.array(marks, dtype=float))
    ends = starts + np.array(outwards)
    panel.add_collection(
        LineCollection(list(np.stack([starts, ends], axis=1)), colors="#606060", linewidths=0.6),
        autolim=False,
    )
    for text, (across, up) in zip(texts, starts + 1.3 * np.array(outwards), strict=True):
        panel.text(across, up, text, fontsize=7.0, **alignment)


def _write(panel: Axes, place: tuple[float, float, float], text: str, **style: Any) -> None:
    across, up = project(np.array(place))
    panel.text(across, up, text, **style)


def _handles(frames: Sequence[xr.Dataset], spin_unit: float) -> list[Polygon]:
    handles = [Polygon([(0, 0)], color=theme.MAGNETISATION_COLOUR, label=r"$\mathbf{M}$")]
    if any("spin_accumulation" in frame for frame in frames):
        kind = frames[0].attrs.get("spin_accumulation_is", "")
        mantissa, exponent = f"{spin_unit:.2e}".split("e")
        power = f"10{str(int(exponent)).translate(theme.SUPERSCRIPTS)}"
        label = (
            r"$\mathbf{m}$ / max$|\mathbf{m}|$, max$|\mathbf{m}|$ = "
            f"{mantissa} × {power} m⁻³" + (f" ({kind})" if kind else "")
        )
        handles.append(Polygon([(0, 0)], color=theme.SPIN_COLOUR, label=label))
    return handles
