"""What a figure shows, for tests: its texts, which of them collide, curves, limits."""

import itertools

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from numpy.typing import NDArray

TOUCH = 0.5  # pixels by which two texts may overlap
LONGEST_TICK = 8  # letters


def visible_texts(figure: Figure) -> list[Text]:
    """Every text of a figure that has been laid out."""
    found = [text for holder in (figure, *figure.subfigs) for text in holder.texts]
    for legend in figure.legends:
        found += [legend.get_title(), *legend.get_texts()]
    for panel in shown(figure):
        found += _texts_of(panel)
    unique = {id(text): text for text in found}.values()
    return [text for text in unique if text.get_visible() and text.get_text().strip()]


def _texts_of(panel: Axes) -> list[Text]:
    titles = (panel.title, panel._left_title, panel._right_title)  # type: ignore[attr-defined]
    found = [*panel.texts, *titles]
    legend = panel.get_legend()
    found += [] if legend is None else list(legend.get_texts())
    if panel.axison:
        found += [panel.xaxis.label, panel.yaxis.label, *tick_labels(panel)]
    return found


def tick_labels(panel: Axes) -> list[Text]:
    """Those within the limits of the axis; others are not drawn."""
    found = []
    for axis in (panel.xaxis, panel.yaxis):
        low, high = sorted(axis.get_view_interval())
        slack = 1e-6 * (high - low)
        for tick in (*axis.get_major_ticks(), *axis.get_minor_ticks()):
            if tick.label1.get_visible() and low - slack <= tick.get_loc() <= high + slack:
                found.append(tick.label1)
    return found


def collisions(figure: Figure) -> list[tuple[str, str]]:
    """Pairs of texts that lie over each other."""
    boxes = [(text.get_text(), text.get_window_extent()) for text in visible_texts(figure)]
    return [
        (first, second)
        for (first, a), (second, b) in itertools.combinations(boxes, 2)
        if _overlap(a, b)
    ]


def _overlap(a: Bbox, b: Bbox) -> bool:
    across = min(a.x1, b.x1) - max(a.x0, b.x0)
    up = min(a.y1, b.y1) - max(a.y0, b.y0)
    return bool(across > TOUCH and up > TOUCH)


def cut_off(figure: Figure) -> list[str]:
    """Texts that reach beyond the page."""
    page = figure.bbox
    return [
        text.get_text()
        for text in visible_texts(figure)
        for box in [text.get_window_extent()]
        if box.x0 < -1 or box.y0 < -1 or box.x1 > page.x1 + 1 or box.y1 > page.y1 + 1
    ]


def long_ticks(figure: Figure) -> list[str]:
    """Tick labels that nobody wants to read."""
    texts = [label.get_text() for panel in shown(figure) for label in tick_labels(panel)]
    return [text for text in texts if "$" not in text and len(text) > LONGEST_TICK]


def struck_legends(figure: Figure) -> list[str]:
    """Panels whose legend lies over one of their curves."""
    struck = []
    for panel in figure.get_axes():
        legend = panel.get_legend()
        if legend is None or not panel.get_visible():
            continue
        box = legend.get_window_extent()
        for line in panel.get_lines():
            points = panel.transData.transform(np.asarray(line.get_xydata(), dtype=float))
            inside = box.contains(*points.T) if len(points) == 1 else _any_inside(box, points)
            if inside:
                struck.append(panel.get_ylabel())
    return struck


def _any_inside(box: Bbox, points: np.ndarray) -> bool:
    x, y = points[np.isfinite(points).all(axis=1)].T
    return bool(np.any((x > box.x0) & (x < box.x1) & (y > box.y0) & (y < box.y1)))


def flaws(figure: Figure) -> list[str]:
    """What keeps one from reading a figure; nothing, where all is well.

    Texts over each other or off the page, ticks of many digits, legends across a curve.
    """
    figure.draw_without_rendering()
    return [
        *(f"over each other: {pair}" for pair in collisions(figure)),
        *(f"cut off: {text!r}" for text in cut_off(figure)),
        *(f"long tick: {text!r}" for text in long_ticks(figure)),
        *(f"struck legend beside {label!r}" for label in struck_legends(figure)),
    ]


def shown(figure: Figure) -> list[Axes]:
    """The panels that are drawn."""
    return [panel for panel in figure.get_axes() if panel.get_visible()]


def panel_of(figure: Figure, label: str) -> Axes:
    """The panel whose vertical axis is called so."""
    (found,) = [panel for panel in shown(figure) if label in panel.get_ylabel()]
    return found


def across(line: Line2D) -> NDArray[np.float64]:
    """Where the points of a curve are along the horizontal axis."""
    return np.asarray(line.get_xdata(), dtype=float)


def heights(line: Line2D) -> NDArray[np.float64]:
    """Where they are along the vertical one."""
    return np.asarray(line.get_ydata(), dtype=float)


def legend_texts(figure: Figure) -> list[str]:
    return [text.get_text() for legend in figure.legends for text in legend.get_texts()]
