"""Pictures and animations, made from Datasets alone.

No configuration is built and nothing is computed that a Dataset lacks.
"""

from boltzwall.plot.animation import animate, animate_series
from boltzwall.plot.arrows import arrows_at_times, arrows_of_runs
from boltzwall.plot.comparisons import (
    ComparedTorque,
    mean_magnetisation_figure,
    plot_wall_motion,
    torques_figure,
)
from boltzwall.plot.motion import motion_figure
from boltzwall.plot.overview import overview_figure
from boltzwall.plot.pictures import plot_files
from boltzwall.plot.sweeps import plot_sweep, sweep_figures
from boltzwall.plot.theme import save_figure

__all__ = [
    "ComparedTorque",
    "animate",
    "animate_series",
    "arrows_at_times",
    "arrows_of_runs",
    "mean_magnetisation_figure",
    "motion_figure",
    "overview_figure",
    "plot_files",
    "plot_sweep",
    "plot_wall_motion",
    "save_figure",
    "sweep_figures",
    "torques_figure",
]
