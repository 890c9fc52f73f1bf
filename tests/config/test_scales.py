"""The derived scales against the numbers of the paper's wall, and the warnings."""

import math

import numpy as np
import pytest

from boltzwall import constants
from boltzwall.build.magnetisation import build_magnetisation
from boltzwall.config import Config, load_config
from boltzwall.config.scales import derived_scales, fermi_density, fermi_edges
from boltzwall.config.scales.turning import largest_turn

PAPER = {
    "n_F": 2.379e26,
    "v_F": 2.219e5,
    "ξ": 161.04,
    "J/ħ": 1.610e14,
    "v_F τ": 0.222,
    "v_F τ_sf": 222.0,
    "σE": -1.0e10,
}


def test_scales_of_the_papers_wall():
    scales = derived_scales(load_config())
    found = {entry.symbol: entry.value for entry in scales.entries}
    for symbol, value in PAPER.items():
        assert found[symbol] == pytest.approx(value, rel=1e-2)
    assert found["ħv_F/J"] == pytest.approx(1.378, rel=1e-3)
    assert found["β_Q"] == pytest.approx(found["ξ"] / (1 + found["ξ"] ** 2))
    assert scales.warnings == ()


def test_thermal_energy_and_the_ends_of_the_wire():
    entries = {e.name: e.value for e in derived_scales(load_config()).entries}
    assert entries["thermal energy, left end"] == pytest.approx(8.617, rel=1e-3)
    assert entries["temperature, right end"] == pytest.approx(110.0)


def test_fermi_edges_and_an_empty_minority_band():
    edges = fermi_edges(load_config().material)
    assert edges["majority"] == pytest.approx(1.174, abs=1e-3)
    assert edges["minority"] == pytest.approx(0.788, abs=1e-3)
    half_metal = load_config(overrides=["material.exchange_splitting=0.4 eV"])
    assert "minority" not in fermi_edges(half_metal.material)
    assert any("empty" in entry.remark for entry in derived_scales(half_metal).entries)


def test_density_grows_as_the_energy_to_three_halves():
    one, four = (
        load_config(None, [f"material.fermi_energy={value} eV", "transport.model=none"]).material
        for value in (0.1, 0.4)
    )
    assert fermi_density(four) == pytest.approx(8.0 * fermi_density(one))


@pytest.mark.parametrize(
    ("overrides", "part"),
    [
        (["wire.cells=10"], "mean free path"),
        (["wire.cells=10"], "precession length"),
        (["transport.momentum_nodes=8", "temperature.cold_end=20 K"], "momentum_nodes"),
        (["drive.electric_field=1e7 V/m"], "no longer linear"),
        (["transport.closure=activated"], "calibrated"),
    ],
)
def test_warnings(overrides, part):
    warnings = derived_scales(load_config(overrides=overrides)).warnings
    assert any(part in warning for warning in warnings)


def test_temperature_from_a_file(tmp_path):
    path = tmp_path / "T.txt"
    path.write_text("0 90\n2.5e-9 100\n5e-9 130\n")
    config = load_config({"temperature": {"kind": "file", "path": str(path)}})
    entries = {e.name: e.value for e in derived_scales(config).entries}
    assert entries["temperature, right end"] == pytest.approx(130.0)


def consistent(*overrides: str) -> Config:
    return load_config(None, ["transport.model=consistent", *overrides])


def by_symbol(config: Config) -> dict[str, float]:
    return {entry.symbol: entry.value for entry in derived_scales(config).entries}


def test_scales_of_the_consistent_model():
    found = by_symbol(consistent())
    assert found["v_-"] * 1e-15 * 1e9 == pytest.approx(found["v_- τ_-"])
    assert found["v_-"] > 2.219e5 > found["v_+"]
    assert found["ξ"] == pytest.approx(161.04, rel=1e-4)
    assert found["β"] == pytest.approx(1.0 / found["ξ"])
    assert found["ε_-"] == pytest.approx(0.14 + 0.053)
    assert found["ε_+"] == pytest.approx(0.14 - 0.053)
    assert found["k_B T/ε_+"] == pytest.approx(9.479e-3 / 0.087, rel=1e-3)
    assert found["Δθ"] == pytest.approx(math.pi / 100)
    assert derived_scales(consistent()).warnings == ()


@pytest.mark.parametrize(("streams", "polarisation"), [(2, 0.197), (8, 0.535)])
def test_polarisation_is_that_of_table_one(streams, polarisation):
    found = by_symbol(consistent(f"transport.streams={streams}"))
    assert found["P"] == pytest.approx(polarisation, abs=5e-4)


def test_polarisation_follows_the_momentum_times():
    # P = (n_- τ_- − n_+ τ_+)/(n_- τ_- + n_+ τ_+), with n_± ∝ v_± for two streams.
    overrides = ["transport.streams=2", "transport.momentum_time_minority=0.5 fs"]
    found = by_symbol(consistent(*overrides))
    ratio = found["v_+"] * 0.5 / found["v_-"]
    assert found["P"] == pytest.approx((1.0 - ratio) / (1.0 + ratio))


@pytest.mark.parametrize("streams", [2, 16])
def test_density_without_splitting_is_that_of_the_fermi_sea(streams):
    config = consistent(f"transport.streams={streams}", "material.exchange_splitting=1e-9 eV")
    found = by_symbol(config)
    assert found["n"] == pytest.approx(fermi_density(config.material), rel=1e-8)
    drude = constants.ELEMENTARY_CHARGE**2 * 1e-15 / constants.ELECTRON_MASS
    assert found["σ"] == pytest.approx(found["n"] * drude)


def test_spin_flip_length_of_two_streams_and_of_many():
    # 1/k∥ = v √(τ τ_sf) is 6.9886 nm at 2.21e5 m/s.
    found = by_symbol(consistent("transport.streams=2"))
    assert found["λ_-"] / found["v_-"] * 2.21e5 == pytest.approx(6.9886, rel=1e-5)
    assert by_symbol(consistent())["λ_-"] == pytest.approx(found["λ_-"] / math.sqrt(3.0))


def test_each_model_shows_its_own_scales():
    published, own = by_symbol(load_config()), by_symbol(consistent())
    assert {"p_min", "p_max", "n_F", "β_Q"} <= published.keys() - own.keys()
    assert {"P", "Δθ", "λ_+", "k_B T/ε_-"} <= own.keys() - published.keys()
    named = [entry.name for entry in derived_scales(consistent()).entries]
    assert "momentum where v = u" not in named
    assert "channel density" not in named
    assert by_symbol(consistent("transport.streams=2"))["n_ch"] == pytest.approx(1.949e17, rel=1e-3)


def test_drives_of_the_consistent_model():
    closed = by_symbol(consistent("drive.electric_field=-1e4"))
    assert closed["j"] == pytest.approx(-1e4 * closed["σ"])
    given = by_symbol(consistent("drive.current_density=-1e8"))
    assert given["E"] == pytest.approx(-1e8 / given["σ"])
    opened = by_symbol(consistent("drive.circuit=open"))
    assert opened["j"] == 0.0
    assert "E" not in opened


def test_a_fermi_energy_below_zero_has_scales():
    for more in ([], ["transport.streams=2", "transport.channel_density=1e18"]):
        config = consistent("material.fermi_energy=-0.01 eV", *more)
        scales = derived_scales(config)
        assert by_symbol(config)["P"] == 1.0
        assert any("minority band is empty" in warning for warning in scales.warnings)
        assert any("band is empty" in entry.remark for entry in scales.entries)


@pytest.mark.parametrize(
    ("overrides", "parts"),
    [
        (["wire.cells=10"], ["0.314 rad", "at least 32 cells"]),
        (["texture.kind=spiral", "texture.period=-1 nm"], ["0.314 rad", "at least 315 cells"]),
        (["wire.length=100 nm", "wire.cells=80"], ["precession length", "minority", "stable"]),
        (["material.exchange_splitting=0.3 eV"], ["half-metal"]),
        (["wire.length=2 nm"], ["10 mean free paths", "`transport.exchange_force`"]),
        (["transport.boundary=reservoir"], ["exchange force", "`transport.exchange_force`"]),
        (["drive.electric_field=1e7 V/m"], ["tenth of k_B T", "`drive.electric_field`"]),
        (["drive.current_density=1e11"], ["tenth of k_B T"]),
    ],
)
def test_warnings_of_the_consistent_model(overrides, parts):
    (warning,) = derived_scales(consistent(*overrides)).warnings
    assert all(part in warning for part in parts)


@pytest.mark.parametrize(
    "overrides",
    [
        ["wire.cells=32"],
        ["wire.length=2 nm", "transport.exchange_force=false"],
        ["transport.boundary=reservoir", "texture.kind=uniform", "wire.length=1 nm"],
        ["drive.circuit=open"],
        ["transport.momentum_nodes=4"],
    ],
)
def test_no_warning_without_a_reason(overrides):
    assert derived_scales(consistent(*overrides)).warnings == ()


@pytest.mark.parametrize(
    "texture",
    [
        {"kind": "wang2022"},
        {"kind": "wang2022", "width": 8e-9},
        {"kind": "neel", "width": 1e-9},
        {"kind": "bloch", "width": 2e-9, "centre": 0.0},
        {"kind": "head-to-head", "width": 1e-9, "centre": -2e-9},
        {"kind": "neel", "width": 1e-9, "centre": 6e-9},
        {"kind": "spiral", "period": -3e-9},
        {"kind": "uniform"},
    ],
)
def test_the_largest_turn_is_that_of_the_magnetisation(texture, tmp_path):
    config = load_config({"texture": texture, "wire": {"cells": 1000}})
    m = np.asarray(build_magnetisation(config)[0])
    cosines = np.clip(np.sum(m[1:] * m[:-1], axis=-1), -1.0, 1.0)
    assert largest_turn(config) == pytest.approx(float(np.arccos(cosines.min())), rel=5e-3)
    np.save(tmp_path / "m.npy", m)
    kept = {"texture": {"kind": "file", "path": str(tmp_path / "m.npy")}, "wire": {"cells": 1000}}
    assert largest_turn(load_config(kept)) == pytest.approx(largest_turn(config), rel=5e-3)
