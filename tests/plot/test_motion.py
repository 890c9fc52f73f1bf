import numpy as np
import pytest

from boltzwall.errors import InputError
from boltzwall.plot import motion_figure
from boltzwall.plot.drawn_walls import Regime, walls_of
from boltzwall.plot.space_time import space_time
from tests.plot.drawn import across, flaws, heights, legend_texts, panel_of, shown
from tests.synthetic import run_dataset, transport_dataset
from tests.synthetic_walls import at_speed, judged, walls_dataset


@pytest.fixture(scope="module")
def moving():
    """A wall that goes 416 m/s for 5 ns, in a window of 400 nm that follows it."""
    return walls_dataset([at_speed(200e-9, 416.0)], moving_window=True)


@pytest.fixture(scope="module")
def pair():
    """Two walls at 416 m/s in 500 nm, of which both leave."""
    motions = [at_speed(200e-9, 416.0), at_speed(300e-9, 416.0)]
    return walls_dataset(motions, length=500e-9, end_time=1e-9)


def drawn(panel):
    """The curves of a panel, without guides."""
    return [line for line in panel.get_lines() if len(across(line)) > 2]


def test_every_panel_shows_the_whole_time(moving):
    figure = motion_figure(moving)
    panels = [panel for panel in shown(figure) if panel.get_ylabel() != "$M_z$"]
    assert len(panels) == 8
    for panel in panels:
        assert panel.get_xlim() == pytest.approx((0.0, 5.0))
    for name in ("position", "velocity", "tilt", "width", "temperature", "current density"):
        (curve,) = drawn(panel_of(figure, name))
        assert across(curve)[-1] == pytest.approx(5.0)
    assert flaws(figure) == []


def test_a_settled_run_is_shown_to_its_end():
    run = run_dataset(saves=41)
    assert 0.0 < run.attrs["settling_time"] < 2e-10
    figure = motion_figure(run)
    assert panel_of(figure, "mean magnetisation").get_xlim() == pytest.approx((0.0, 0.4))
    assert "settling time" in legend_texts(figure)
    assert flaws(figure) == []


def test_what_never_settled_has_no_settling_time():
    figure = motion_figure(run_dataset(saves=11, attributes={"settling_time": np.nan}))
    assert "settling time" not in legend_texts(figure)


def test_curves_hold_the_values_in_their_units(moving):
    figure = motion_figure(moving)
    values = {
        "wall position\n$q$ (µm)": [2.28],
        "wall velocity\n$v$ (m s⁻¹)": [416.0],
        "wall tilt\n": [0.3],
        "wall width\n$\\Delta$ (nm)": [11.0],
        "temperature (K)": [300.0],
        "current density\n$j$ (10¹² A m⁻²)": [-1.0],
    }
    for label, last in values.items():
        (curve,) = drawn(panel_of(figure, label))
        assert heights(curve)[-1] == pytest.approx(last[0], rel=1e-6)


def test_the_map_shows_the_laboratory_and_what_the_window_left_out(moving):
    shown_map = space_time(moving)
    assert shown_map.component == "z"
    assert shown_map.places[0] == pytest.approx(0.0, abs=1e-12)
    assert shown_map.places[-1] == pytest.approx(2.48e-6, abs=5e-9)
    assert shown_map.outside
    x = 0.5 * (shown_map.places[1:] + shown_map.places[:-1])
    for column, time in ((0, 0.0), (25, 2.5e-9), (50, 5e-9)):
        known = np.isfinite(shown_map.values[:, column])
        wall = np.interp(0.0, -shown_map.values[known, column], x[known])
        assert wall == pytest.approx(200e-9 + 416.0 * time, abs=4e-9)
        assert x[known][0] == pytest.approx(wall - 200e-9, abs=7e-9)
    figure = motion_figure(moving)
    assert shown(figure)[0].get_ylim() == pytest.approx((0.0, 2.48), abs=5e-3)
    assert "outside the window" in legend_texts(figure)


def test_long_runs_of_long_wires_are_thinned_to_their_ends():
    run = walls_dataset([at_speed(1e-6, 100.0)], length=4e-6, end_time=10e-9, saves=901)
    found = space_time(run)
    assert found.values.shape == (500, 400)
    assert found.times[[0, -1]] == pytest.approx([0.0, 10e-9])
    assert found.places[-1] == pytest.approx(4e-6)


def test_each_wall_has_its_own_track(pair):
    """Both move at 416 m/s until they leave; their mean would stand still once one is gone."""
    figure = motion_figure(pair)
    first, second = drawn(panel_of(figure, "wall velocity"))
    for line, seconds in ((first, 0.72), (second, 0.48)):
        seen = np.isfinite(heights(line))
        np.testing.assert_allclose(heights(line)[seen], 416.0)
        assert across(line)[seen].max() == pytest.approx(seconds, abs=0.021)
    assert legend_texts(figure)[:3] == ["wall, in the map", "wall 0", "wall 1"]
    in_map = [line for line in shown(figure)[0].get_lines() if line.get_gid() == "wall"]
    assert len(in_map) == 2
    assert flaws(figure) == []


def test_older_files_have_one_wall_without_regime():
    (wall,) = walls_of(run_dataset(saves=11))
    assert (wall.name, wall.regime) == ("", None)
    assert walls_of(transport_dataset()) == ()


def test_the_regime_is_shaded_where_it_holds_and_named_with_its_velocity(moving):
    run = judged(moving, {"velocity": 415.84, "error": 0.21, "since": 1e-9, "until": 5e-9})
    figure = motion_figure(run)
    assert "steady, 415.84 ± 0.21 m s⁻¹" in legend_texts(figure)
    for name in ("position", "velocity", "tilt", "width", "temperature", "current"):
        (shade,) = [p for p in panel_of(figure, name).patches if p.get_gid() == "steady"]
        box = shade.get_extents().transformed(panel_of(figure, name).transData.inverted())
        assert (box.x0, box.x1) == pytest.approx((1.0, 5.0))
    velocity = panel_of(figure, "velocity")
    mean = next(line for line in velocity.get_lines() if len(across(line)) == 2)
    np.testing.assert_allclose(heights(mean), 415.84)
    assert "mean velocity" in legend_texts(figure)
    assert flaws(figure) == []


def test_each_of_several_walls_may_have_its_regime(pair):
    gone = {"regime": "left", "velocity": 416.0, "error": 1.0, "since": 0.0, "until": 0.72e-9}
    still = {"motion": "pinned", "velocity": 0.0, "since": 0.2e-9, "until": 1e-9}
    figure = motion_figure(judged(pair, gone, still))
    texts = legend_texts(figure)
    assert "wall 0: steady, 416.0 ± 1.0 m s⁻¹, then left" in texts
    assert "wall 1: pinned" in texts
    shades = {patch.get_gid() for patch in panel_of(figure, "velocity").patches}
    assert shades == {"steady", "pinned"}
    assert flaws(figure) == []


def test_walls_that_move_alike_share_their_shade_and_their_words(pair):
    alike = {"velocity": 416.0, "error": 1.0, "since": 0.0, "until": 0.4e-9}
    figure = motion_figure(judged(pair, alike, alike))
    assert len(panel_of(figure, "velocity").patches) == 1
    assert "steady, 416.0 ± 1.0 m s⁻¹" in legend_texts(figure)


@pytest.mark.parametrize(
    ("regime", "text"),
    [
        (
            Regime("precessing", "", 30.123, 0.04, 1.2345e9),
            "precessing, 30.123 ± 0.040 m s⁻¹, 1.234 GHz",
        ),
        (Regime("steady", "", -0.00036512, 2e-7), "steady, −0.36512 ± 0.00020 mm s⁻¹"),
        (Regime("steady", "", 415.84, 2e-9), "steady, 415.8 m s⁻¹"),
        (Regime("transient"), "transient"),
        (Regime("steady", "left", 12.0, 0.0), "steady, 12 m s⁻¹, then left"),
        (Regime("pinned", "", 0.0, 0.0), "pinned"),
    ],
)
def test_a_regime_says_how_sure_its_velocity_is(regime, text):
    assert regime.text == text


def test_a_field_is_drawn_by_its_components():
    drive = {"magnetic_field": [0.0, 0.0, 1e4], "current_density": None}
    run = walls_dataset([at_speed(200e-9, 10.0)], drive=drive)
    figure = motion_figure(run)
    panel = panel_of(figure, "magnetic field")
    assert panel.get_ylabel() == "magnetic field\n$\\mathbf{H}$ (kA m⁻¹)"
    assert [heights(line)[-1] for line in drawn(panel)] == pytest.approx([0.0, 0.0, 10.0])
    assert "driven by a field\n$H_z$ = 10 kA m⁻¹" in figure.legends[0].get_title().get_text()
    assert flaws(figure) == []


def test_a_recorded_drive_wins_over_the_configuration(moving):
    ramp = np.linspace(0.0, -1e12, moving.sizes["time"])
    run = moving.assign(current_density=("time", ramp, {"units": "A m-2"}))
    (curve,) = drawn(panel_of(motion_figure(run), "current density"))
    np.testing.assert_allclose(heights(curve), ramp / 1e12)


def test_the_temperature_is_that_at_the_wall_between_the_ends_of_the_wire():
    run = walls_dataset([at_speed(100e-9, 20.0)])
    gradient = 300.0 + 1e8 * run["x"].values
    run["temperature"].values[:] = gradient
    figure = motion_figure(run)
    panel = panel_of(figure, "temperature")
    (curve,) = drawn(panel)
    np.testing.assert_allclose(heights(curve)[[0, -1]], [310.0, 320.0], rtol=1e-9)
    (band,) = panel.collections
    assert band.get_datalim(panel.transData).intervaly == pytest.approx([300.1, 339.9])
    assert "$T$ along the wire" in legend_texts(figure)


def test_a_pinned_wall_is_flat_and_noise_no_structure():
    run = walls_dataset([lambda time: 200e-9 + 1e-15 * np.sin(1e10 * time)])
    figure = motion_figure(run)
    low, high = panel_of(figure, "wall position").get_ylim()
    assert low < 195.0 < 205.0 < high
    assert flaws(figure) == []


def test_a_wall_that_was_never_there_is_not_drawn():
    run = run_dataset(saves=11)
    for name in ("wall_position", "wall_velocity", "wall_width", "wall_tilt"):
        run[name].values[:] = np.nan
    figure = motion_figure(run)
    assert not any("wall" in panel.get_ylabel() for panel in shown(figure))
    assert "wall, in the map" not in legend_texts(figure)


def test_a_state_without_time_has_no_motion():
    with pytest.raises(InputError, match="must be a run"):
        motion_figure(transport_dataset())
