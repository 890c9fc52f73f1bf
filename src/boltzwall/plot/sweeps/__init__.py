"""Pictures of a sweep: a quantity against the swept keys.

Made from the Dataset of a sweep alone; no point is computed and no store is read.
"""

from boltzwall.plot.sweeps.figures import plot_sweep, sweep_figures

__all__ = ["plot_sweep", "sweep_figures"]
