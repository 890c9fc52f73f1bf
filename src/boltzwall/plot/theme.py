"""How every picture looks: colours, line styles, sizes for print, files."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle
from math import ceil
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure, SubFigure

from boltzwall.errors import InputError
from boltzwall.io import make_folder, replacing

# Okabe and Ito's palette, which colour-blind readers can tell apart, without its yellow.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000")
# Dashes tell the curves apart where the colours are lost.
DASHES = ("-", "--", "-.", ":", (0, (6, 1.5, 1, 1.5, 1, 1.5)), (0, (8, 3)), (0, (1, 3)))
MAGNETISATION_COLOUR = "#5CC29B"  # a light green and a dark red stay apart in grey
SPIN_COLOUR = "#A51C0C"
GUIDE_COLOUR = "#8C8C8C"

PAGE_WIDTH = 7.0  # inches: both columns of a journal
SCREEN_DPI = 200
TITLE_SIZE = 8.5  # points

STYLE: Any = {
    "font.family": "DejaVu Sans",
    "font.size": 8.0,
    "mathtext.fontset": "dejavusans",
    "axes.labelsize": 8.5,
    "axes.titlesize": 8.5,
    "axes.linewidth": 0.7,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.formatter.useoffset": False,
    "axes.formatter.limits": (-4, 5),
    "xtick.labelsize": 7.5,
    "ytick.labelsize": 7.5,
    "xtick.direction": "in",
    "xtick.major.pad": 5.5,  # points; a y tick at the lower end keeps clear of the first x tick
    "ytick.direction": "in",
    "legend.fontsize": 7.5,
    "legend.frameon": False,
    "lines.linewidth": 1.3,
    "pdf.fonttype": 42,
    "savefig.dpi": SCREEN_DPI,
}


@contextmanager
def theme() -> Iterator[None]:
    """Make and save figures inside this block; the caller's matplotlib settings stay untouched."""
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        with matplotlib.rc_context(STYLE):
            yield


def new_figure(width: float, height: float, **options: Any) -> Figure:
    """A figure of its own, unknown to pyplot; sizes in inches."""
    figure = Figure(figsize=(width, height), **options)
    FigureCanvasAgg(figure)
    return figure


def figure_of(panel: Axes) -> Figure:
    """The figure that a panel is part of."""
    figure = panel.get_figure()
    assert isinstance(figure, Figure)
    return figure


def line_styles() -> Iterator[dict[str, Any]]:
    """Colour and dashes of the first, second, … curve."""
    for colour, dashes in cycle(zip(COLOURS, DASHES, strict=True)):
        yield {"color": colour, "linestyle": dashes}


def letter(axes: Iterable[Axes]) -> None:
    """Mark panels (a), (b), … at their upper left."""
    for index, panel in enumerate(axes):
        panel.set_title(f"({chr(ord('a') + index)})", loc="left", fontsize=TITLE_SIZE, pad=3.0)


def zero_line(panel: Axes) -> None:
    panel.axhline(0.0, color=GUIDE_COLOUR, linewidth=0.5, zorder=0)


def legend_above(
    figure: Figure | SubFigure, handles: Sequence[Any], title: str = "", columns: int = 5
) -> None:
    """One legend above all panels, with the title over it; a title alone where nothing has a name.

    Arguments:
        handles: artists with labels.
        columns: of the legend, at most.
    """
    if not handles:
        if title:
            figure.suptitle(title, fontsize=TITLE_SIZE)
        return
    # About 16 letters an inch; each entry has a line of nine letters before its text.
    lengths = [_letters(str(handle.get_label())) + 9 for handle in handles]
    room = 16.0 * figure.bbox.width / figure.dpi
    count = len(handles)
    if sum(lengths) > room or count > columns:
        columns = max(1, min(columns, int(room / max(lengths))))
    columns = ceil(count / ceil(count / columns))  # rows of about the same length
    by_columns = [handles[k] for first in range(columns) for k in range(first, count, columns)]
    legend = figure.legend(
        handles=by_columns,
        loc="outside upper center",
        ncols=columns,
        title=title or None,
        title_fontsize=TITLE_SIZE,
        handlelength=3.2,
    )
    legend.get_title().set_multialignment("center")


def _letters(text: str) -> int:
    """How many letters of a text are seen; formulas hold others."""
    plain = re.sub(r"\\math[a-z]+|[${}]", "", text)
    return len(re.sub(r"\\[a-zA-Z]+", "x", plain))


def legend_over(panel: Axes) -> None:
    """The names of a panel's curves in one row above its right end, where no curve can cross."""
    panel.legend(
        loc="lower right", bbox_to_anchor=(1.0, 1.0), borderpad=0.0, borderaxespad=0.2,
        ncols=4, columnspacing=0.8, handlelength=1.5, handletextpad=0.3, fontsize=7.0,
    )  # fmt: skip


def save_figure(figure: Figure, path: str | Path, stem: str | None = None) -> list[Path]:
    """Write a figure, each file whole or not at all.

    ``save_figure(figure, "pictures/wall.png")`` writes this file, ``"pictures/wall"`` PNG and PDF,
    and so does ``save_figure(figure, "pictures", "wall")``. Missing folders are made.

    Arguments:
        figure: what the functions of this package draw.
        path: of the file, with or without an ending; the folder where ``stem`` is given.
        stem: name of the files in that folder, without an ending.

    Returns:
        The paths of the files.

    Raises:
        InputError: the ending is none of .png, .pdf and .svg, or the folder cannot be written.
    """
    path = Path(path)
    kinds: tuple[str, ...] = ("png", "pdf")
    if stem is not None:
        path = path / stem
    elif path.suffix[1:].isalpha():
        kinds = (path.suffix[1:].lower(),)
        path = path.with_suffix("")
    if kinds[0] not in _METADATA:
        raise InputError(
            f"The name of a picture must end in {', '.join(f'.{kind}' for kind in _METADATA)}, "
            f"but `.{kinds[0]}` was given. Leave the ending away to get PNG and PDF."
        )
    make_folder(path.parent)
    written = [path.with_name(f"{path.name}.{kind}") for kind in kinds]
    for file, kind in zip(written, kinds, strict=True):
        with theme(), replacing(file) as temporary:
            figure.savefig(temporary, format=kind, metadata=_METADATA[kind])
    return written


# Without a date the same data give the same file.
_METADATA: dict[str, dict[str, Any]] = {
    "png": {"Software": "boltzwall"},
    "pdf": {"CreationDate": None},
    "svg": {"Date": None},
}
