"""How every picture looks: colours, line styles, sizes for print, units with sensible prefixes."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

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
    "ytick.direction": "in",
    "legend.fontsize": 7.5,
    "legend.frameon": False,
    "lines.linewidth": 1.3,
    "pdf.fonttype": 42,
    "savefig.dpi": SCREEN_DPI,
}

PREFIXES = {-15: "f", -12: "p", -9: "n", -6: "µ", -3: "m", 0: "", 3: "k", 6: "M", 9: "G"}
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
PREFIXED_UNITS = ("m", "s", "m s-1", "V m-1", "A m-1", "J m-1")


@dataclass(frozen=True)
class Scale:
    """Divide values by ``size`` to plot them in ``unit``."""

    size: float
    unit: str

    def label(self, quantity: str) -> str:
        return f"{quantity} ({self.unit})" if self.unit else quantity


def scale_for(values: Any, units: str) -> Scale:
    """A prefix (nm, ns) or a power of ten (10¹¹ s⁻¹) that brings ``values`` near one."""
    top = largest(values)
    pretty = pretty_units(units)
    if top == 0.0 or units in ("K", "rad"):
        return Scale(1.0, pretty)
    if units in PREFIXED_UNITS:
        # Keep 0.2 ns and 0.5 nm rather than 200 ps and 500 pm.
        exponent = 3 * int(np.floor((np.log10(top) + 1.0) / 3.0))
        if units == "s" and top < 1e-12:
            exponent = -15  # electrons are told about in femtoseconds
        exponent = min(max(exponent, min(PREFIXES)), max(PREFIXES))
        return Scale(10.0**exponent, PREFIXES[exponent] + pretty)
    exponent = int(np.floor(np.log10(top)))
    if units == "1" and -2 <= exponent <= 1:
        return Scale(1.0, "")
    if exponent in (-1, 0, 1):
        return Scale(1.0, pretty)
    power = f"10{str(exponent).translate(SUPERSCRIPTS)}"
    return Scale(10.0**exponent, f"{power} {pretty}".strip())


def largest(values: Any) -> float:
    """The largest finite magnitude; 0 where there is none."""
    magnitudes = np.abs(np.asarray(values, dtype=float))
    finite = magnitudes[np.isfinite(magnitudes)]
    return float(finite.max()) if finite.size else 0.0


def pretty_units(units: str) -> str:
    """``m-2 s-1`` as ``m⁻² s⁻¹``; the unit 1 as nothing."""
    if units == "1":
        return ""
    return units.translate(SUPERSCRIPTS)


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


def line_styles() -> Iterator[dict[str, Any]]:
    """Colour and dashes of the first, second, … curve."""
    for colour, dashes in cycle(zip(COLOURS, DASHES, strict=True)):
        yield {"color": colour, "linestyle": dashes}


def letter(axes: Iterable[Axes]) -> None:
    """Mark panels (a), (b), … at their upper left."""
    for index, panel in enumerate(axes):
        panel.set_title(f"({chr(ord('a') + index)})", loc="left", fontsize=8.5, pad=3.0)


def zero_line(panel: Axes) -> None:
    panel.axhline(0.0, color=GUIDE_COLOUR, linewidth=0.5, zorder=0)


def hide_rounding(panel: Axes, size: float) -> None:
    """Show curves that are rounding noise beside others of ``size`` as a flat line."""
    curves = [largest(line.get_ydata()) for line in panel.get_lines()]
    if size > 0.0 and max(curves, default=0.0) < 1e-9 * size:
        panel.set_ylim(-size, size)


def save_figure(figure: Figure, folder: Path, stem: str) -> list[Path]:
    """Write PNG and PDF, each whole or not at all; raises ``InputError`` as ``make_folder``."""
    make_folder(folder)
    paths = []
    for kind in ("png", "pdf"):
        path = folder / f"{stem}.{kind}"
        # Without a date the same data give the same file.
        metadata = {"CreationDate": None} if kind == "pdf" else {"Software": "boltzwall"}
        with theme(), replacing(path) as temporary:
            figure.savefig(temporary, format=kind, metadata=metadata)
        paths.append(path)
    return paths
