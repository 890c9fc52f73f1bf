"""Pictures of a sweep: a quantity against the swept keys."""

from boltzwall.plot.sweeps.figures import plot_sweep, sweep_figures

__all__ = ["plot_sweep", "sweep_figures"]
