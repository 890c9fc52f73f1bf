"""A run goes on only as the run that it was: whatever differs is listed, and nothing begins."""

import json

import numpy as np
import pytest

import boltzwall
from boltzwall.errors import InputError
from boltzwall.simulation import simulate
from boltzwall.version import __version__
from tests.sweeps.test_sweeps import WALL

SHORT = {**WALL, "dynamics": {**WALL["dynamics"], "end_time": "20 ps"}}


@pytest.fixture(scope="module")
def begun():
    return simulate(SHORT, progress=False)


def refused(config, dataset):
    with pytest.raises(InputError) as caught:
        simulate(config, resume=dataset, progress=False)
    return str(caught.value)


def test_what_is_the_same_goes_on(begun):
    whole, longer = (simulate(WALL, progress=False, resume=one) for one in (None, begun))
    # Not the same bits: the last step before the former end was cut to it.
    np.testing.assert_allclose(
        longer["magnetisation"].values, whole["magnetisation"].values, atol=1e-7
    )


def test_every_key_that_differs_is_listed(begun):
    other = {
        **WALL,
        "texture": {"kind": "neel", "width": "12 nm"},
        "temperature": {"kind": "linear", "cold_end": 300.0, "gradient": 0.0},
        "dynamics": {**WALL["dynamics"], "relative_tolerance": 1e-5},
    }
    message = refused(other, begun)
    for part in (
        "texture.kind (bloch → neel)",
        "texture.width (1.1e-08 → 1.2e-08)",
        "temperature.value (300.0 → None)",
        "temperature.gradient (None → 0.0)",
        "dynamics.relative_tolerance (1e-06 → 1e-05)",
    ):
        assert part in message
    assert "end_time" not in message
    assert "version of boltzwall (" not in message


def test_another_version_is_named(begun):
    message = refused(WALL, begun.assign_attrs(boltzwall_version="0.0.1"))
    assert f"version of boltzwall (0.0.1 → {__version__})" in message


def test_a_dataset_without_a_configuration_is_refused(begun):
    stripped = begun.copy()
    del stripped.attrs["configuration"]
    assert "must carry its configuration" in refused(WALL, stripped)


@pytest.mark.parametrize(
    ("change", "part"),
    [
        (lambda d: d.isel(x=slice(0, 30)), "the cells of its states (30 → 40)"),
        (lambda d: d.assign_coords(x=d["x"] * 1.01), "the places of its cells"),
        (lambda d: d.assign_coords(x=d["x"] * np.nan), "the places of its cells"),
        (lambda d: d.isel(time=slice(1, None)), "its saved times"),
        (lambda d: d.isel(time=slice(None, None, 2)), "its saved times"),
        (lambda d: d.isel(time=slice(None, None, -1)), "its saved times"),
        (lambda d: d.assign(magnetisation=2.0 * d["magnetisation"]), "unit vectors"),
        (lambda d: d.assign(magnetisation=d["magnetisation"] * np.nan), "unit vectors"),
        (lambda d: d.assign(magnetisation=d["magnetisation"].transpose()), "unit vectors"),
        (lambda d: d.drop_vars("time_step"), "lacks time_step"),
        (lambda d: d.drop_vars("torque_total"), "lacks `torque_total`"),
        (lambda d: d.isel(time=0), "no magnetisation against time"),
    ],
)  # fmt: skip
def test_another_grid_or_what_was_lost_is_named(begun, change, part):
    assert part in refused(WALL, change(begun))


def test_a_file_that_changed_is_named_and_one_that_moved_is_not(tmp_path):
    table = "x (nm), T (K)\n0, 300\n50, 310\n100, 300\n"
    for name in ("here.csv", "there.csv"):
        (tmp_path / name).write_text(table)

    def config(name, end="20 ps"):
        return {
            **WALL,
            "temperature": {"kind": "file", "path": tmp_path / name},
            "dynamics": {**WALL["dynamics"], "end_time": end},
        }

    begun = simulate(config("here.csv"), progress=False)
    assert list(json.loads(begun.attrs["input_files"])) == ["temperature.path"]
    assert simulate(config("there.csv", "30 ps"), resume=begun, progress=False).sizes["time"] == 4
    (tmp_path / "there.csv").write_text(table.replace("310", "311"))
    assert "the content of temperature.path" in refused(config("there.csv", "30 ps"), begun)


def test_a_store_says_in_what_another_study_differs(tmp_path, recwarn):
    axes = {"transport.u": [5.0, 10.0]}
    store = tmp_path / "store"
    boltzwall.sweep(SHORT, axes, store=store, progress=False)
    boltzwall.sweep(SHORT, {"transport.u": [5.0, 10.0, 15.0]}, store=store, progress=False)
    assert not [w for w in recwarn if "study" in str(w.message)]
    other = {**SHORT, "material": {"uniaxial_anisotropy": 2e5}}
    with pytest.warns(
        UserWarning, match=r"material\.uniaxial_anisotropy \(100000\.0 → 200000\.0\)"
    ):
        boltzwall.sweep(other, axes, store=store, progress=False)
