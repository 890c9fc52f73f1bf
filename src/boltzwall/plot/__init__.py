"""Pictures and animations, made from Datasets alone."""

from boltzwall.plot.animation import animate, animate_series
from boltzwall.plot.arrows import arrows_at_times, arrows_of_runs
from boltzwall.plot.components import mean_magnetisation_figure, torques_figure
from boltzwall.plot.files import plot_files
from boltzwall.plot.overview import overview_figure
from boltzwall.plot.sweeps import plot_sweep, sweep_figures
from boltzwall.plot.theme import save_figure
from boltzwall.plot.wall_motion import plot_wall_motion

__all__ = [
    "animate",
    "animate_series",
    "arrows_at_times",
    "arrows_of_runs",
    "mean_magnetisation_figure",
    "overview_figure",
    "plot_files",
    "plot_sweep",
    "plot_wall_motion",
    "save_figure",
    "sweep_figures",
    "torques_figure",
]
