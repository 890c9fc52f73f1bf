"""Many runs of one configuration with some keys varied: planned, computed, kept and gathered.

What happens within a run is not known here, nor how a result is drawn.
"""

from boltzwall.sweeps.estimate import Estimate, estimate
from boltzwall.sweeps.run_study import read_store, run_study, sweep
from boltzwall.sweeps.study import Study, load_study
from boltzwall.sweeps.workforce import Engine, Workforce

__all__ = [
    "Engine",
    "Estimate",
    "Study",
    "Workforce",
    "estimate",
    "load_study",
    "read_store",
    "run_study",
    "sweep",
]
