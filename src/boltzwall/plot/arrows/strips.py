"""Boxes with the wire in their middle and the arrows of M and m that start on the wire."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.patches import Polygon
from matplotlib.text import Text
from matplotlib.ticker import MaxNLocator

from boltzwall.plot import theme
from boltzwall.plot.arrows.projection import arrows_between, project
from boltzwall.plot.arrows.selection import Vectors
from boltzwall.plot.axes import Span
from boltzwall.plot.units import MINUS, SUPERSCRIPTS, display_unit

WIRE_LENGTH = 10.5  # in units of the arrow of M
REACH = 1.05  # half the depth and height of the box
SPIN_LENGTH = 0.9  # the longest arrow of m
LIMITS = Span(-1.05, WIRE_LENGTH + 1.15)  # across the page
HEIGHTS = Span(-2.05, 1.75)
STRIP_WIDTH = 6.0  # inches
STRIP_HEIGHT = STRIP_WIDTH * HEIGHTS.length / LIMITS.length
MOST_TICKS = 7
TICK_COLOUR = "#606060"


@dataclass(frozen=True)
class TickMarks:
    """Where ticks stand in space, in which direction on the page they point, how text stands."""

    outwards: tuple[float, float]
    alignment: Mapping[str, Any]


DOWN = TickMarks((0.0, -0.1), {"ha": "center", "va": "top"})
LEFT = TickMarks((-0.1, 0.0), {"ha": "right", "va": "center"})
RIGHT = TickMarks((0.12, 0.0), {"ha": "left", "va": "center"})


class Ruler:
    """Ticks of x beneath a strip; they follow where the strip looks."""

    def __init__(self, panel: Axes) -> None:
        self.marks = LineCollection([], colors=TICK_COLOUR, linewidths=0.6)
        panel.add_collection(self.marks, autolim=False)
        self.texts = [panel.text(0.0, 0.0, "", fontsize=7.0, **DOWN.alignment) for _ in range(8)]
        self.title = panel.text(0.0, 0.0, "", ha="center", va="center")

    @property
    def artists(self) -> tuple[Artist, ...]:
        return (self.marks, *self.texts, self.title)

    def show(self, span: Span) -> None:
        """Ticks at round places of the laboratory."""
        unit = display_unit(span.length, "m")
        low, high = span.low / unit.size, span.high / unit.size
        steps = MaxNLocator(MOST_TICKS - 1, steps=[1, 2, 5, 10]).tick_values(low, high)
        inside = [step for step in steps if low - 1e-9 <= step <= high + 1e-9]
        places = [(WIRE_LENGTH * (s - low) / (high - low), -REACH, -REACH) for s in inside]
        starts = project(np.array(places, dtype=float))
        self.marks.set_segments(list(np.stack([starts, starts + DOWN.outwards], axis=1)))
        for number, text in enumerate(self.texts):
            text.set_text(f"{inside[number]:g}" if number < len(inside) else "")
            if number < len(inside):
                text.set_position(tuple(starts[number] + 1.3 * np.array(DOWN.outwards)))
            if text.get_text().startswith("-"):
                text.set_text(MINUS + text.get_text()[1:])
        gap = 0.5 * (places[-2][0] + places[-1][0]) if len(places) > 1 else 0.5 * WIRE_LENGTH
        self.title.set_text(unit.label("$x$"))
        self.title.set_position(tuple(project(np.array((gap, -REACH, -REACH - 0.24)))))


class Strip:
    """One box, its ruler, and the arrows of M and m."""

    def __init__(self, panel: Axes, vectors: Vectors, spin_unit: float) -> None:
        self.spin_unit = spin_unit
        panel.set(xlim=(LIMITS.low, LIMITS.high), ylim=(HEIGHTS.low, HEIGHTS.high))
        panel.set_axis_off()
        _draw_box(panel)
        self.ruler = Ruler(panel)
        self.magnetisation = PolyCollection(
            [], facecolor=theme.MAGNETISATION_COLOUR, edgecolor="white", linewidth=0.3, zorder=3
        )
        self.spin = PolyCollection(
            [], facecolor=theme.SPIN_COLOUR, edgecolor="white", linewidth=0.25, zorder=4
        )
        for arrows in (self.magnetisation, self.spin):
            panel.add_collection(arrows, autolim=False)
        self.show(vectors)

    @property
    def artists(self) -> tuple[Artist, ...]:
        """What moves from frame to frame."""
        return (*self.ruler.artists, self.magnetisation, self.spin)

    def show(self, vectors: Vectors) -> None:
        """Replace the arrows; vectors that are not finite are left out."""
        self.ruler.show(vectors.span)
        tails = np.zeros((len(vectors.x), 3))
        tails[:, 0] = WIRE_LENGTH * (vectors.x - vectors.span.low) / vectors.span.length
        self.magnetisation.set_verts(list(arrows_between(tails, vectors.magnetisation, 0.085)))
        if vectors.spin is not None:
            relative = SPIN_LENGTH * vectors.spin / self.spin_unit
            self.spin.set_verts(list(arrows_between(tails, relative, 0.036)))


def name_strip(panel: Axes, name: str) -> Text:
    """What stands at the upper left of a strip."""
    across, up = project(np.array((0.0, -REACH, 1.95)))
    return panel.text(across, up, name, ha="left", va="center")


def arrow_handles(spin_unit: float, shows_spin: bool, kind: str = "") -> list[Polygon]:
    """The legend: what the green and the red arrows are, and the length of the red ones.

    Arguments:
        spin_unit: the |m| of the longest arrow, 1/m³.
        kind: of density; empty where nobody asks.
    """
    handles = [Polygon([(0, 0)], color=theme.MAGNETISATION_COLOUR, label=r"$\mathbf{M}$")]
    if shows_spin:
        mantissa, exponent = f"{spin_unit:.2e}".split("e")
        power = f"10{str(int(exponent)).translate(SUPERSCRIPTS)}"
        label = (
            r"$\mathbf{m}$ / max$|\mathbf{m}|$, max$|\mathbf{m}|$ = "
            f"{mantissa} × {power} m⁻³{f' ({kind})' if kind else ''}"
        )
        handles.append(Polygon([(0, 0)], color=theme.SPIN_COLOUR, label=label))
    return handles


def _draw_box(panel: Axes) -> None:
    """Floor, back wall and the wire, with ticks of y and z."""
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
    _ticks(panel, [(end, y, low) for y in (-1, 0, 1)], RIGHT)
    _ticks(panel, [(0, near, z) for z in (-1, 0, 1)], LEFT)
    for text, place in (("$y$", (end + 0.62, -0.1, low)), ("$z$", (-0.3, near, 0.5))):
        across, up = project(np.array(place))
        panel.text(across, up, text, ha="center", va="center")


def _ticks(panel: Axes, marks: Sequence[tuple[float, float, float]], how: TickMarks) -> None:
    """−1, 0 and 1."""
    starts = project(np.array(marks, dtype=float))
    segments = list(np.stack([starts, starts + how.outwards], axis=1))
    panel.add_collection(
        LineCollection(segments, colors=TICK_COLOUR, linewidths=0.6), autolim=False
    )
    for text, place in zip((f"{MINUS}1", "0", "1"), starts, strict=True):
        across, up = place + 1.3 * np.array(how.outwards)
        panel.text(across, up, text, fontsize=7.0, **how.alignment)
