import numpy as np
import pytest
import xarray as xr

from boltzwall.plot import arrows_at_times, arrows_of_runs
from boltzwall.plot.arrows import select_vectors, spans_of, telling_times
from boltzwall.plot.arrows.lagging import telling_times_of_run
from boltzwall.plot.arrows.projection import arrows_between, outlines, project
from boltzwall.plot.arrows.selection import ARROWS, turns
from tests.plot.drawn import flaws, legend_texts, shown
from tests.synthetic import run_dataset, transport_dataset
from tests.synthetic_walls import at_speed, walls_dataset

WIDTH = 11e-9


@pytest.fixture(scope="module")
def run():
    return run_dataset(1e9, cells=12, saves=21)


@pytest.fixture(scope="module")
def moving():
    """A wall that goes 416 m/s for 5 ns, in a window of 400 nm that follows it."""
    return walls_dataset([at_speed(200e-9, 416.0)], moving_window=True)


def test_the_projection_is_linear_and_keeps_the_plane_of_the_page():
    a, b = np.random.default_rng(1).normal(size=(2, 5, 3))
    np.testing.assert_allclose(project(a + 2 * b), project(a) + 2 * project(b), atol=1e-14)
    np.testing.assert_array_equal(project(np.array([3.0, 0.0, 4.0])), [3.0, 4.0])


def test_an_arrow_ends_at_its_tip_and_starts_about_its_tail():
    tails, tips = np.array([[0.0, 0.0], [1.0, 1.0]]), np.array([[1.0, 0.0], [1.0, 0.2]])
    shapes = outlines(tails, tips, 0.1)
    np.testing.assert_allclose(shapes[:, 3], tips)
    np.testing.assert_allclose(0.5 * (shapes[:, 0] + shapes[:, -1]), tails, atol=1e-14)


def test_vectors_that_are_not_finite_or_zero_do_no_harm():
    tails = np.zeros((3, 3))
    vectors = np.array([[np.nan, 0.0, 1.0], [0.0, 0.0, 0.0], [0.0, 0.0, 1.0]])
    shapes = arrows_between(tails, vectors, 0.1)
    assert shapes.shape == (2, 7, 2)
    assert np.isfinite(shapes).all()


def test_a_short_wire_is_shown_whole_by_unit_vectors_at_equal_distances(run):
    vectors = select_vectors(run.isel(time=3))
    np.testing.assert_allclose(np.linalg.norm(vectors.magnetisation, axis=1), 1.0)
    assert np.ptp(np.diff(vectors.x)) < 1e-20
    assert (vectors.span.low, vectors.span.high) == pytest.approx((0.0, 5e-9))


def test_walls_are_found_in_the_magnetisation_alone():
    frame = walls_dataset([at_speed(120e-9, 0.0), at_speed(260e-9, 0.0)]).isel(time=0)
    found = turns(frame[["magnetisation"]])
    assert [turn.position for turn in found] == pytest.approx([120e-9, 260e-9], abs=0.3e-9)
    assert [turn.width for turn in found] == pytest.approx([WIDTH, WIDTH], rel=0.05)


def test_noise_makes_no_walls():
    frame = walls_dataset([at_speed(200e-9, 0.0)]).isel(time=0)
    noise = np.random.default_rng(2).normal(scale=0.12, size=frame["magnetisation"].shape)
    rough = frame.assign(magnetisation=frame["magnetisation"] + noise)
    assert len(turns(rough)) == 1
    uniform = rough.assign(magnetisation=rough["magnetisation"] * 0.0 + [0.0, 0.1, 1.0])
    assert turns(uniform) == []


def test_arrows_stand_where_the_wall_is_and_enough_of_them_in_it(moving):
    """Of 400 nm only the wall is shown: at least five arrows within πΔ, in every strip."""
    frames = [moving.isel(time=k) for k in (0, 20, 50)]
    spans = spans_of(frames)
    assert np.ptp([span.length for span in spans]) < 1e-15
    for frame, span in zip(frames, spans, strict=True):
        position = float(frame["wall_position"])
        vectors = select_vectors(frame, span)
        assert span.low < position - 2 * WIDTH
        assert span.high > position + 2 * WIDTH
        assert len(vectors.x) <= ARROWS
        assert np.sum(np.abs(vectors.x - position) < 0.5 * np.pi * WIDTH) >= 5


def test_two_distant_walls_have_their_arrows_in_one_strip():
    run = walls_dataset([at_speed(100e-9, 0.0), at_speed(900e-9, 0.0)], length=1e-6)
    vectors = select_vectors(run.isel(time=0))
    for wall in (100e-9, 900e-9):
        assert np.sum(np.abs(vectors.x - wall) < 0.5 * np.pi * WIDTH) >= 4
    assert np.all(np.diff(vectors.x) > 0.0)


def test_strips_look_where_the_wall_was_once_it_has_left():
    run = walls_dataset([at_speed(200e-9, 200.0)], end_time=2e-9)
    spans = spans_of([run.isel(time=0), run.isel(time=22), run.isel(time=50)])
    assert spans[1].high == spans[2].high == pytest.approx(400e-9)
    assert spans[2].length == pytest.approx(spans[0].length)


def test_ticks_are_places_in_the_laboratory(moving):
    """At 5 ns the wall stands at 2.28 µm; a window would count from 0 to 400 nm."""
    figure = arrows_at_times(moving, [5e-9])
    texts = [text.get_text() for text in shown(figure)[0].texts]
    places = [float(text) for text in texts if text.isdigit() and float(text) > 1.0]
    assert len(places) >= 3
    assert all(2200 < place < 2360 for place in places)
    assert "$x$ (nm)" in texts


def test_telling_times_reach_from_the_first_state_to_the_last(moving, run):
    times = telling_times(moving)
    np.testing.assert_allclose(times, [0.0, 1.7e-9, 3.3e-9, 5e-9], atol=0.11e-9)
    relaxing = telling_times(run)
    assert relaxing[0] == 0.0
    assert relaxing[-1] == pytest.approx(4e-10)
    assert relaxing[2] < 2e-10  # M changes early
    still = walls_dataset([at_speed(200e-9, 0.0)])
    assert telling_times(still)[-1] == pytest.approx(5e-9)


def test_arrows_come_one_strip_per_instant_or_run(run):
    figure = arrows_at_times(run, [0.0, 1e-10, 2e-10], "title")
    assert len(figure.get_axes()) == 3
    assert flaws(figure) == []
    figure = arrows_of_runs({"κ = 1 K/nm": run, "κ = 2 K/nm": run}, 0.5e-10)
    assert len(figure.get_axes()) == 2
    assert flaws(figure) == []
    legend = legend_texts(figure)
    assert "max" in legend[1]
    assert "m⁻³" in legend[1]


def test_a_state_that_begins_elsewhere_than_at_zero_can_be_drawn():
    """As meshes of other tools do, that have 0 in their middle."""
    state = transport_dataset()
    state = state.assign_coords(x=state["x"] - 2.5e-9)
    vectors = select_vectors(state)
    assert (vectors.span.low, vectors.span.high) == pytest.approx((-2.5e-9, 2.5e-9))


def test_telling_times_of_electrons_in_time_follow_m_while_M_stands():
    """M turns by 4 mrad; m is there after 30 of 100 fs, and so are all but the last strips."""
    time = np.linspace(0.0, 1e-13, 51)
    turn, grown = time / 1e-13 * 4e-3, 1.0 - np.exp(-time / 8e-15)
    m = np.stack([np.cos(turn), np.sin(turn), 0.0 * turn], axis=-1)[:, None] * np.ones((1, 20, 1))
    spin = 3e25 * grown[:, None, None] * np.ones((1, 20, 3))
    names = ("time", "x", "component")
    electrons = xr.Dataset(
        {
            "magnetisation": (names, m),
            "spin_accumulation": (names, spin),
            "electron_deviation": ("time", 1.0 - grown),
        },
        coords={"time": time, "x": np.arange(20) * 1e-9},
    )
    times = telling_times_of_run(electrons)
    np.testing.assert_allclose(grown[np.searchsorted(time, times)], [0, 1 / 3, 2 / 3, 1], atol=0.1)
