"""The derived scales against the numbers of the paper's wall, and the warnings."""

import pytest

from boltzwall.config import load_config
from boltzwall.config.scales import derived_scales, fermi_density, fermi_edges

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
