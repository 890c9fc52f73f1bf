"""M and m as arrows along the wire, in three dimensions, one strip per instant or per run.

What is drawn of a Dataset and where; how pictures look is in `plot.theme`.
"""

from boltzwall.plot.arrows.figures import (
    Corner,
    arrow_legend,
    arrows_at_times,
    arrows_of_runs,
    make_strips,
    stack_strips,
    strips_figure,
    telling_times,
)
from boltzwall.plot.arrows.selection import largest_spin, select_vectors, spans_of
from boltzwall.plot.arrows.strips import STRIP_HEIGHT, STRIP_WIDTH, Strip

__all__ = [
    "STRIP_HEIGHT",
    "STRIP_WIDTH",
    "Corner",
    "Strip",
    "arrow_legend",
    "arrows_at_times",
    "arrows_of_runs",
    "largest_spin",
    "make_strips",
    "select_vectors",
    "spans_of",
    "stack_strips",
    "strips_figure",
    "telling_times",
]
