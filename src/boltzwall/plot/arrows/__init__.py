"""M and m as arrows along the wire, in three dimensions, one strip per instant or per run."""

from boltzwall.plot.arrows.figures import (
    arrows_at_times,
    arrows_of_runs,
    make_strips,
    strips_figure,
    telling_times,
)
from boltzwall.plot.arrows.selection import largest_spin, select_vectors, spans_of
from boltzwall.plot.arrows.strips import (
    STRIP_HEIGHT,
    STRIP_WIDTH,
    Strip,
    arrow_handles,
    name_strip,
)

__all__ = [
    "STRIP_HEIGHT",
    "STRIP_WIDTH",
    "Strip",
    "arrow_handles",
    "arrows_at_times",
    "arrows_of_runs",
    "largest_spin",
    "make_strips",
    "name_strip",
    "select_vectors",
    "spans_of",
    "strips_figure",
    "telling_times",
]
