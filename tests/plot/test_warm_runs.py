"""The pictures of a run that warms: T with the wall on it, power, and what moved the wall."""

import numpy as np
import pytest
import xarray as xr

from boltzwall.errors import InputError
from boltzwall.plot.animation import frame_times, frames
from boltzwall.plot.pictures import single_figures
from boltzwall.plot.warm_runs import warm_run_figure, warms
from tests.synthetic import run_dataset


@pytest.fixture
def warm() -> xr.Dataset:
    """A run whose T rises from 100 K by 50 K in its middle."""
    run = run_dataset(gradient=0.0)
    x, t = run["x"].values, run["time"].values
    rise = 50.0 * np.outer(t / t[-1], np.sin(np.pi * x / 5e-9))
    return run.assign(
        temperature=(("time", "x"), 100.0 + rise, {"units": "K", "long_name": "temperature"}),
        joule_heat=("time", np.full(t.size, 2e9), {"units": "W m-2", "long_name": "power"}),
    ).assign_attrs(displacement_electrical=-3e-9, displacement_internal=1e-9, displacement_field=0)


def test_the_figure_shows_the_temperature_the_power_and_the_causes(warm):
    above, against, causes = (a for a in warm_run_figure(warm).axes[:5] if a.get_title(loc="left"))
    shown = above.collections[0].get_array()
    assert shown is not None
    assert (shown.min(), shown.max()) == pytest.approx((100.0, 150.0), abs=0.1)
    hottest, mean = (line.get_ydata()[-1] for line in against.get_lines()[:2])  # type: ignore[index]
    assert hottest == pytest.approx(150.0, abs=0.1)
    assert mean == pytest.approx(100.0 + 100.0 / np.pi, rel=1e-3)
    widths = [patch.get_width() for patch in causes.patches]  # type: ignore[attr-defined]
    assert widths == pytest.approx([-3.0, 1.0, -2.0])  # nm; the field moved nothing
    names = [tick.get_text() for tick in causes.get_yticklabels()]
    assert names == ["current", "A, Ms, K\nof T(x)", "in all"]


def test_only_a_run_that_warms_has_it(warm):
    still = run_dataset()
    assert "heat" in single_figures(warm)
    assert "heat" not in single_figures(still)
    assert not warms(still)
    with pytest.raises(InputError, match="whose T changes"):
        warm_run_figure(still)


def test_a_film_shows_the_temperature_of_the_moment(warm):
    first, *_, last = frames({"": warm}, frame_times({"": warm})[[0, 30, 59]], "")
    plain, *_ = frames({"": run_dataset()}, np.zeros(1), "")
    assert first.shape[0] > plain.shape[0] + 100  # a strip more
    assert np.any(first != last)
