"""How a wall moves, in several runs or models together."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from boltzwall.errors import InputError
from boltzwall.plot import theme

_PANELS = {
    "wall_position": ("wall position $q$", "m"),
    "wall_velocity": ("wall velocity", "m s-1"),
    "wall_tilt": (r"wall tilt $\varphi$", "rad"),
    "wall_width": (r"wall width $\Delta$", "m"),
}


def plot_wall_motion(
    datasets: Sequence[xr.Dataset], labels: Sequence[str], title: str = ""
) -> Figure:
    """Position, velocity, tilt and width of the wall against time, one curve of each Dataset.

    Arguments:
        datasets: of runs, or of `collective_coordinates`; each with a wall.
        labels: their names in the legend.

    Raises:
        InputError: a Dataset holds no wall, or the labels are not as many.
    """
    if len(datasets) != len(labels) or not datasets:
        raise InputError(
            f"Argument `labels` must hold one name for each Dataset, but {len(labels)} were given "
            f"for {len(datasets)}. Name each of them."
        )
    for dataset, label in zip(datasets, labels, strict=True):
        if any(name not in dataset for name in _PANELS):
            raise InputError(
                f"Argument `datasets` must hold walls against time, but {label} does not. Give "
                "Datasets of runs or of `collective_coordinates`."
            )
    with theme.theme():
        figure = theme.new_figure(theme.PAGE_WIDTH, 4.6, layout="constrained")
        panels = figure.subplots(2, 2, sharex=True).ravel()
        time = theme.scale_for([float(d["time"][-1]) for d in datasets], "s")
        for panel, (name, (symbol, units)) in zip(panels, _PANELS.items(), strict=True):
            _draw(panel, [d[name] for d in datasets], time, units, symbol)
        for panel in panels[2:]:
            panel.set_xlabel(time.label("$t$"))
        panels[0].set_xlim(0.0, max(float(d["time"][-1]) for d in datasets) / time.size)
        theme.letter(panels)
        handles: Any = panels[0].get_lines()
        figure.legend(
            handles,
            list(labels),
            loc="outside upper center",
            ncols=min(len(labels), 4),
            title=title or None,
            title_fontsize=8.5,
            handlelength=3.2,
        )
        return figure


def _draw(
    panel: Axes, curves: Iterable[xr.DataArray], time: theme.Scale, units: str, symbol: str
) -> None:
    curves = list(curves)
    values = np.concatenate([curve.values for curve in curves])
    scale = theme.scale_for(values, units)
    for curve, style in zip(curves, theme.line_styles(), strict=False):
        panel.plot(curve["time"].values / time.size, curve.values / scale.size, **style)
    panel.set_ylabel(scale.label(symbol))
    if units == "m s-1" and np.nanmin(values) < 0.0 < np.nanmax(values):
        theme.zero_line(panel)
