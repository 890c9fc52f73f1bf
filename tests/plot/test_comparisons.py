import numpy as np
import pytest
from matplotlib.figure import Figure

from boltzwall.errors import InputError
from boltzwall.plot import (
    ComparedTorque,
    mean_magnetisation_figure,
    plot_wall_motion,
    torques_figure,
)
from boltzwall.plot.comparisons import draw_means
from tests.plot.drawn import flaws, heights, legend_texts
from tests.synthetic import run_dataset
from tests.synthetic_walls import at_speed, walls_dataset

TORQUES = (ComparedTorque("torque_total_eq17", "total"), ComparedTorque("torque_thermal_eq22", "T"))


@pytest.fixture(scope="module")
def runs():
    return {f"κ = {k} K/nm": run_dataset(k * 1e9, cells=12, saves=21) for k in (1, 2)}


def test_mean_magnetisation_has_three_panels_over_the_whole_time(runs):
    figure = mean_magnetisation_figure(runs)
    panels = figure.get_axes()
    assert [panel.get_xlabel() for panel in panels] == ["$t$ (ns)"] * 3
    assert [panel.get_xlim() for panel in panels] == [pytest.approx((0.0, 0.4))] * 3
    assert flaws(figure) == []


def test_dots_have_a_name_and_no_dot_is_drawn_where_nothing_settled(runs):
    assert legend_texts(mean_magnetisation_figure(runs)) == [*runs, "settling time"]
    never = {name: run.assign_attrs(settling_time=np.nan) for name, run in runs.items()}
    figure = mean_magnetisation_figure(never)
    assert legend_texts(figure) == list(runs)
    assert len(figure.get_axes()[0].get_lines()) == len(runs) + 1  # and the zero line


def test_a_series_may_ask_for_a_part_of_the_time(runs):
    figure = mean_magnetisation_figure(runs, until=1e-10)
    assert figure.get_axes()[0].get_xlim() == pytest.approx((0.0, 0.1))


@pytest.mark.parametrize(("sign", "letter"), [(1.0, "T"), (-1.0, r"\tau")])
def test_torques_have_the_letter_of_their_sign(runs, sign, letter):
    """T is the contribution to dM/dt, τ the opposite, as the paper writes it."""
    frames = {name: run.isel(time=0) for name, run in runs.items()}
    torques = [ComparedTorque(torque.variable, torque.index, sign) for torque in TORQUES]
    figure = torques_figure(frames, torques)
    panels = figure.get_axes()
    assert len(panels) == 6
    assert all(panel.get_ylabel().startswith(f"${letter}_") for panel in panels)
    assert all("s⁻¹" in panel.get_ylabel() for panel in panels)
    assert panels[-1].get_xlabel() == "$x$ (nm)"
    expected = sign * next(iter(frames.values()))["torque_total_eq17"].sel(component="x").values
    ratio = expected / heights(panels[0].get_lines()[0])
    np.testing.assert_allclose(ratio, ratio[0])
    assert ratio[0] > 0.0
    assert flaws(figure) == []


def test_rounding_noise_is_drawn_flat(runs):
    frame = next(iter(runs.values())).isel(time=0).copy(deep=True)
    frame["torque_total"].loc[{"component": "y"}] = 1e-12
    panel = torques_figure({"run": frame}, [ComparedTorque("torque_total", "total")]).get_axes()[1]
    low, high = panel.get_ylim()
    assert high == -low > 0.1


def test_walls_of_several_runs_are_drawn_over_each_other():
    slow, fast = (walls_dataset([at_speed(200e-9, v)], end_time=1e-9) for v in (50.0, -90.0))
    figure = plot_wall_motion([slow, fast], ["slow", "fast"])
    position, velocity, tilt, width = figure.get_axes()
    assert [panel.get_ylabel().split("\n")[0] for panel in figure.get_axes()] == [
        "wall position",
        "wall velocity",
        "wall tilt",
        "wall width",
    ]
    np.testing.assert_allclose(heights(velocity.get_lines()[1]), -90.0)
    np.testing.assert_allclose(heights(position.get_lines()[0])[-1], 250.0)
    for flat, value in ((tilt, 0.3), (width, 11.0)):
        low, high = flat.get_ylim()
        assert low < 0.97 * value < 1.03 * value < high
    assert legend_texts(figure) == ["slow", "fast"]
    assert flaws(figure) == []


def test_what_holds_no_wall_cannot_be_compared(runs):
    bare = next(iter(runs.values())).drop_vars("wall_tilt")
    with pytest.raises(InputError, match="must hold walls"):
        plot_wall_motion([bare], ["bare"])
    with pytest.raises(InputError, match="one name for each"):
        plot_wall_motion([bare], [])


def test_runs_of_unlike_length_fill_a_logarithmic_axis():
    short = run_dataset(saves=11)
    long = short.assign_coords(time=20.0 * short["time"])
    panels = Figure().subplots(1, 3, sharex=True)
    draw_means(panels, {"short": short, "long": long}, to_rest=False)
    low, high = panels[2].get_xlim()
    drawn = np.concatenate(
        [line.get_xdata() for line in panels[2].get_lines() if len(line.get_xdata()) > 2]
    )
    assert panels[2].get_xscale() == "log"
    assert 0.5 * drawn[drawn > 0.0].min() < low < high < 2.0 * drawn.max()
