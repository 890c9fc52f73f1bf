"""What a page holds: the Dataset's numbers in the units that it names, and no text that runs."""

import importlib.util
import re

import numpy as np
import pytest
import xarray as xr

from boltzwall.errors import InputError
from boltzwall.view import View, page
from boltzwall.view.document import FILE_LIMIT
from tests.plot.sweep_cases import grid, samples
from tests.synthetic import run_dataset, transport_dataset
from tests.view.unpack import unpacked, unpacked_content

PREFIXES = {"": 1.0, "n": 1e-9, "p": 1e-12, "k": 1e3, "M": 1e6, "G": 1e9, "µ": 1e-6, "m": 1e-3}
DIGITS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
SINGLE = 1e-6  # relative, of single precision
MALICE = "<script>window.ran=1</script><img src=x onerror=window.ran=1>$$\\x$$"


def size_of(unit: str, plain: str) -> float:
    """How many SI units a displayed one is: ``10²³ m⁻³`` 1e23, ``nm`` 1e-9."""
    power = re.match(r"10([⁻⁰-⁹¹²³]+) ?", unit)
    if power:
        return 10.0 ** int(power[1].translate(DIGITS))
    return PREFIXES[unit.translate(DIGITS).removesuffix(plain)]


def shown(dataset, **options):
    content = unpacked_content(page(View.of({"run": dataset}), **options))
    return content["views"][0]


@pytest.fixture(scope="module")
def dataset():
    return run_dataset(saves=21, cells=24)


@pytest.fixture(scope="module")
def run(dataset):
    return shown(dataset)


def panels(view):
    return {panel["title"]: panel for tab in view["tabs"] for panel in tab["panels"]}


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("magnetisation", ""), ("torque_total", "s-1"), ("torque_thermal_eq22", "s-1"),
        ("spin_accumulation", "m-3"), ("charge_current_density", "A m-2"), ("temperature", "K"),
        ("heat_current_density", "W m-2"),
    ],
)  # fmt: skip
def test_the_numbers_along_the_wire_are_those_of_the_dataset(run, dataset, name, plain):
    (panel,) = (p for p in panels(run).values() if p["curves"] and p["curves"][0]["array"] == name)
    found = unpacked(run["arrays"][name]) * size_of(panel["unit"], plain)
    variable = dataset[name]
    order = [d for d in ("component", "time", "x") if d in variable.dims]
    expected = variable.transpose(*order).values
    expected = expected.reshape(found.shape)
    np.testing.assert_allclose(found, expected, rtol=SINGLE, atol=SINGLE * abs(expected).max())


def test_places_and_times_are_those_of_the_dataset(run, dataset):
    x = unpacked(run["arrays"]["x"]) * size_of(run["place"]["unit"], "m")
    np.testing.assert_allclose(x, dataset["x"].values, rtol=SINGLE)
    times = unpacked(run["arrays"]["times"]) * size_of(run["time"]["unit"], "s")
    np.testing.assert_allclose(times, dataset["time"].values, rtol=1e-12, atol=1e-25)
    assert run["time"]["size"] == size_of(run["time"]["unit"], "s")


@pytest.mark.parametrize(
    ("name", "plain"), [("wall_position", "m"), ("wall_velocity", "m s-1"), ("wall_width", "m")]
)
def test_the_walls_are_those_of_the_dataset(run, dataset, name, plain):
    key = f"time:{name}"
    (panel,) = (p for p in panels(run).values() if p["curves"] and p["curves"][0]["array"] == key)
    found = unpacked(run["arrays"][key])[0] * size_of(panel["unit"], plain)
    expected = dataset[name].values
    np.testing.assert_allclose(found, expected, rtol=SINGLE, atol=SINGLE * abs(expected).max())


def test_the_map_is_m_where_and_when(run, dataset):
    (panel,) = (p for p in panels(run).values() if p["kind"] == "map")
    values = unpacked(run["arrays"]["map"])
    component = panel["extra"]["component"][-1]
    expected = dataset["magnetisation"].sel(component=component).transpose("x", "time").values
    np.testing.assert_allclose(values, expected, atol=3.1e-5)
    np.testing.assert_allclose(unpacked(run["arrays"]["tracks"])[0], dataset["wall_position"] * 1e9)


def test_arrows_are_unit_vectors_at_places_of_the_wire(run, dataset):
    arrows = unpacked(run["arrays"]["arrows"])
    places, vectors = arrows[..., 0], arrows[..., 1:4]
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=-1), 1.0, rtol=1e-5)
    m, x = dataset["magnetisation"].values, dataset["x"].values * 1e9
    assert np.interp(places[3, 7], x, m[3, :, 2]) == pytest.approx(vectors[3, 7, 2], abs=2e-2)


def test_a_moving_window_is_shown_in_the_laboratory(dataset):
    moved = dataset.assign(
        window_offset=("time", np.linspace(0.0, 2e-9, 21), {"units": "m"})
    )  # fmt: skip
    view = shown(moved)
    np.testing.assert_allclose(unpacked(view["arrays"]["offsets"]), np.linspace(0.0, 2.0, 21))


def test_a_page_says_what_it_leaves_out_and_keeps_its_limit():
    long = run_dataset(saves=400, cells=300)
    limit = 3.4e6
    text = page(View.of({"long": long}), limit)
    assert len(text.encode()) <= limit < FILE_LIMIT < 1e7
    view = unpacked_content(text)["views"][0]
    states = unpacked(view["arrays"]["times"]).size
    cells = unpacked(view["arrays"]["x"]).size
    assert (states, cells) != (400, 300)
    assert f"{states} of 400 saved states" in view["notes"][0]
    np.testing.assert_allclose(unpacked(view["arrays"]["times"])[[0, -1]], [0.0, 0.4])
    assert unpacked(view["arrays"]["history_times"]).size == 400


def test_one_state_has_no_time():
    view = shown(transport_dataset())
    assert view["time"] is None
    assert {tab["title"] for tab in view["tabs"]} == {
        "Wall", "Torque", "Currents and T", "Balances",
    }  # fmt: skip


def test_every_picture_has_words_units_and_a_title_of_the_registry(run):
    for panel in panels(run).values():
        assert panel["title"]
        assert panel["kind"] == "arrows" or panel["y_label"]
    assert "Spin torque, contribution to dM/dt (26)" in panels(run)
    assert panels(run)["Spin accumulation (12)"]["y_label"] == "m (10²³ m⁻³)"


def test_text_of_a_file_is_not_html():
    dataset = run_dataset(saves=3, attributes={"title": MALICE, "assumed": MALICE})
    dataset["temperature"].attrs["long_name"] = MALICE
    text = page(View.of({MALICE: dataset}))
    assert "window.ran" not in re.sub(r"<title>.*</title>", "", text)
    assert "<script>window" not in text
    assert text.count("<script") == text.count("</script>") == 8
    assert unpacked_content(text)["views"][0]["title"] == MALICE


def test_nothing_is_fetched_and_only_our_programs_run(run, dataset):
    text = page(View.of({"run": dataset}))
    policy = text.partition('Content-Security-Policy" content="')[2].partition('"')[0]
    assert "default-src 'none'" in policy
    assert policy.count("'sha256-") == 7
    assert "unsafe-inline" not in policy.partition("script-src")[2].partition(";")[0]
    assert not re.search(r'<(script|link|img)[^>]*(src|href)="(?!data:)', text)


def test_without_bokeh_the_message_says_how_to_install_it(monkeypatch, dataset):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(InputError, match=r"pip install '\.\[view\]'"):
        page(View.of({"run": dataset}))


def test_a_sweep_is_shown_with_all_its_points():
    key, other = "temperature.gradient", "temperature.cold_end"
    status = np.full((3, 2), "done", dtype=object)
    status[1, 1] = "failed"
    sweep = grid({key: [3e9, 1e9, 2e9], other: [100.0, 200.0]}, lambda a, b: a * b, status=status)
    view = shown(sweep)
    assert view["shape"] == [3, 2]
    (quantity,) = view["quantities"]
    size = size_of(quantity["unit"], "m s-1") if quantity["unit"][0] != "m" else 1.0
    values = unpacked(view["arrays"][quantity["array"]]).reshape(3, 2) * size
    expected = sweep["mean_wall_velocity"].sortby(key).values
    np.testing.assert_allclose(values, expected, rtol=SINGLE)
    assert unpacked(view["arrays"]["status"]).reshape(3, 2)[2, 1] == 0
    assert unpacked(view["arrays"]["status"]).tolist().count(1) == 1
    assert view["axes"][0]["places"][0] == "κ = 1 K nm⁻¹"
    assert view["points"] == "none"


def test_samples_have_every_key():
    view = shown(samples())
    assert [axis["sampled"] for axis in view["axes"]] == [True, True]


def sweep_of_runs():
    """Two points of 5 and 3 saved states, with everything kept."""
    runs = [run_dataset(gradient, saves=n, cells=12) for gradient, n in ((2e9, 5), (4e9, 3))]
    key = "temperature.gradient"
    m = np.full((2, 5, 12, 3), np.nan)
    time = np.full((2, 5), np.nan)
    for k, run in enumerate(runs):
        m[k, : run.sizes["time"]] = run["magnetisation"].values
        time[k, : run.sizes["time"]] = run["time"].values
    data = {
        "magnetisation": ((key, "time", "x", "component"), m, {"units": "1"}),
        "mean_wall_velocity": ((key,), np.array([1.0, 2.0]), {"units": "m s-1"}),
        "status": ((key,), np.array(["done", "done"], dtype=object)),
    }
    coordinates = {
        key: ((key,), [2e9, 4e9], {"units": "K/m", "long_name": "κ, either sign"}),
        "time": ((key, "time"), time, {"units": "s"}),
        "x": ("x", runs[0]["x"].values, {"units": "m"}),
        "component": list("xyz"),
    }
    attributes = {"kind": "sweep", "dimensions": f'["{key}"]', **{
        name: runs[0].attrs[name] for name in ("configuration", "boltzwall_version")
    }}  # fmt: skip
    return xr.Dataset(data, coordinates, attributes), runs


def test_a_point_opens_the_run_that_was_kept_of_it():
    sweep, runs = sweep_of_runs()
    view = shown(sweep)
    assert view["points"] == "inside"
    point = view["runs"]["1"]
    assert point["title"] == "κ = 4 K nm⁻¹"
    assert ["gradient", "4e+09"] in next(
        s["keys"] for s in point["settings"] if s["title"] == "temperature"
    )
    found = unpacked(point["arrays"]["magnetisation"])
    expected = runs[1]["magnetisation"].transpose("component", "time", "x").values
    np.testing.assert_allclose(found, expected, rtol=SINGLE, atol=1e-7)
    served = View.of({"sweep": sweep}).point(0, 1)
    np.testing.assert_array_equal(unpacked(served["arrays"]["magnetisation"]), found)
    with pytest.raises(IndexError):
        View.of({"sweep": sweep}).point(0, 2)
