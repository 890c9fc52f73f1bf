import numpy as np
import pytest

from boltzwall.plot import overview_figure
from boltzwall.plot.labels import SHORT, WIDEST, short_name
from boltzwall.result import build_dataset
from boltzwall.variables import VARIABLES
from tests.plot.drawn import across, flaws, heights, legend_texts, panel_of, shown
from tests.synthetic import run_dataset, transport_dataset
from tests.synthetic_walls import at_speed, walls_dataset


@pytest.mark.parametrize("make", [run_dataset, transport_dataset])
def test_the_overview_names_every_axis_once(make):
    figure = overview_figure(make())
    panels = shown(figure)
    assert all(panel.get_ylabel() for panel in panels)
    assert [panel.get_xlabel() for panel in panels].count("$x$ (nm)") == 3  # one for each column
    labels = [panel.get_ylabel() for panel in panels]
    assert len(set(labels)) == len(labels)
    assert flaws(figure) == []


def test_torques_are_contributions_to_the_motion_and_called_t():
    figure = overview_figure(transport_dataset())
    assert r"$\mathbf{T}$" in panel_of(figure, "spin torque\n").get_ylabel()
    assert not any("tau" in panel.get_ylabel() for panel in shown(figure))
    assert "temperature (K)" in [panel.get_ylabel() for panel in shown(figure)]


def test_the_parts_of_the_torque_are_drawn_below_their_legend():
    panel = panel_of(overview_figure(run_dataset()), "by cause")
    assert panel.get_yscale() == "log"
    legend = panel.get_legend()
    assert legend is not None
    names = [text.get_text() for text in legend.get_texts()]
    assert names == ["electrical", "thermal", "undriven"]


def test_of_a_run_the_first_and_the_last_state_are_shown_and_named():
    assert legend_texts(overview_figure(run_dataset()))[-2:] == ["$t$ = 0", "$t$ = 0.4 ns"]


def test_of_a_window_that_has_moved_on_the_last_state_is_shown_where_it_is():
    figure = overview_figure(walls_dataset([at_speed(200e-9, 416.0)], moving_window=True))
    panel = panel_of(figure, "magnetisation")
    assert panel.get_xlim() == pytest.approx((2.08, 2.48))
    assert panel.get_xlabel() == "$x$ (µm)"
    z = panel.get_lines()[2]
    crossing = np.interp(0.0, heights(z)[::-1], across(z)[::-1])
    assert crossing == pytest.approx(2.28, abs=2e-3)
    assert legend_texts(figure)[-1] == "$t$ = 5 ns"
    assert flaws(figure) == []


def test_a_constant_is_drawn_as_a_flat_line_with_short_ticks():
    run = run_dataset()
    run["temperature"].values[:] = 300.0 * (1.0 + 1e-13 * np.arange(run.sizes["x"]))
    run["charge_current_density"].values[:] = -1e12 * (1.0 + 1e-12 * np.sin(np.arange(40)))
    figure = overview_figure(run)
    low, high = panel_of(figure, "temperature").get_ylim()
    assert low < 290.0 < 310.0 < high
    low, high = panel_of(figure, "charge current").get_ylim()
    assert low < -1.02 < -0.98 < high
    assert flaws(figure) == []


def test_every_variable_has_a_name_that_fits_beside_a_panel():
    for name, entry in VARIABLES.items():
        sizes = dict.fromkeys(entry.dims, 3)
        array = build_dataset({name: np.zeros([sizes[dim] for dim in entry.dims])}, {})
        words, symbol = short_name(array[name])
        lines = words.split("\n")
        assert len(lines) <= 2
        assert all(len(line) <= WIDEST + 2 for line in lines), words
        assert len(lines) == 1 or not symbol


def test_names_are_kept_for_variables_that_exist_or_are_announced():
    announced = {
        "wall_positions", "wall_velocities", "wall_tilts", "wall_widths", "mean_wall_velocity",
        "wall_velocity_estimate", "settling_time", "current_density", "magnetic_field",
    }  # fmt: skip
    assert set(SHORT) <= set(VARIABLES) | announced
