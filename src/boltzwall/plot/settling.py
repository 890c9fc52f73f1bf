"""When a run has come to rest."""

import numpy as np
import xarray as xr


def settling_time(run: xr.Dataset) -> float:
    """The run's settling time in s; nan where it never settled, or where nobody asked."""
    value = run.attrs.get("settling_time", np.nan)
    known = isinstance(value, int | float | np.number) and value > 0.0
    return float(value) if known else float("nan")
