"""[heat]: what it refuses, what `check` says of it, and the table of substrates."""

import numpy as np
import pytest

import boltzwall
from boltzwall.config.scales import derived_scales
from boltzwall.config.scales.heat import heat_scales, heat_warnings
from boltzwall.errors import InputError
from boltzwall.materials.substrates import substrate

WIRE = {"length": "2 um", "cells": 8, "width": "200 nm", "thickness": "20 nm"}
MATERIAL = {"preset": "permalloy", "resistivity_coefficient": 0.0}


def tables(heat=None, **changes):
    given = {
        "material": MATERIAL,
        "wire": WIRE,
        "temperature": {"kind": "uniform", "value": 300.0},
        "transport": {"model": "none"},
        "drive": {
            "current_density": 1e12, "electric_waveform": "pulse", "electric_duration": "5 ns",
        },
        "dynamics": {"end_time": "10 ns", "save_interval": "1 ns"},
        "heat": {"kind": "wire", **(heat or {})},
    }  # fmt: skip
    return given | changes


BATH = {"substrate": "bath"}
HALF = {"substrate": "half-space", "substrate_material": "silicon"}
BARE = {key: WIRE[key] for key in ("length", "cells")}
REFUSED = {
    "a negative conductance": ({**BATH, "interface_conductance": -1e8}, {}, "greater than 0"),
    "a bath without an interface": (BATH, {}, "interface_conductance"),
    "a substrate without width": (HALF, {"wire": BARE}, "`wire.width`"),
    "a substrate without thickness": (HALF, {"wire": BARE}, "`wire.thickness`"),
    "a substrate of nothing": ({"substrate": "half-space"}, {}, "heat.substrate_material"),
    "an unknown substrate": ({**HALF, "substrate_material": "cheese"}, {}, "silicon-dioxide"),
    "a membrane without thickness": (
        {"substrate": "membrane", "substrate_material": "silicon-nitride"}, {}, "membrane_thickness"
    ),
    "a thickness without membrane": ({**HALF, "membrane_thickness": 1e-7}, {}, "membrane"),
    "a film on a bath": (
        {**BATH, "interface_conductance": 1e8, "film_thickness": 1e-7}, {}, "half-space"
    ),
    "a film of nothing": ({**HALF, "film_thickness": 1e-7}, {}, "heat.film_material"),
    "an end below absolute zero": ({"ends": -3.0}, {}, "insulated"),
    "a laser on a wire of no thickness": ({"laser_fluence": 1.0}, {"wire": BARE}, "thickness"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused(name):
    heat, changes, words = REFUSED[name]
    with pytest.raises(InputError, match=words):
        boltzwall.load_config(tables(heat, **changes))


def test_a_metal_without_its_numbers_is_refused():
    given = tables(material={"preset": "permalloy-wang2022"})
    with pytest.raises(InputError, match=r"material\.heat_capacity"):
        boltzwall.load_config(given)


def test_a_waveform_and_a_contact_that_end_before_the_run(tmp_path):
    short = tmp_path / "short.txt"
    short.write_text("0 1\n5e-9 1\n")
    contact = tmp_path / "contact.txt"
    contact.write_text("0 300\n5e-9 310\n")
    drive = {"current_density": 1e12, "electric_waveform": "file", "electric_file": str(short)}
    with pytest.raises(InputError, match=r"`drive\.electric_file` must reach"):
        boltzwall.load_config(tables(drive=drive))
    with pytest.raises(InputError, match=r"`heat\.left_end_file` must reach"):
        boltzwall.load_config(tables({"left_end_file": str(contact)}))


def test_a_table_that_is_not_positive_is_refused(tmp_path):
    path = tmp_path / "rho.txt"
    path.write_text("T (K) rho (uohm cm)\n300 20\n400 -1\n")
    with pytest.raises(InputError, match=r"`heat\.resistivity_file` must hold values"):
        boltzwall.load_config(tables({"resistivity_file": str(path)}))


def scale(config, name):
    return next(entry for entry in heat_scales(config) if entry.name == name)


def test_check_foretells_a_wire_on_nothing():
    """ρj²/C by hand: σ = 6.7e6 S/m, C = 8740·430."""
    config = boltzwall.load_config(tables())
    rate = 1e24 / 6.7e6 / (8740.0 * 430.0) / 1e9
    assert scale(config, "heating rate").value == pytest.approx(rate)
    assert scale(config, "temperature at the end of the pulse").value == pytest.approx(
        300.0 + 5.0 * rate, rel=1e-4
    )
    assert scale(config, "time constant").text == "none"
    assert "Heat" in dict(derived_scales(config).groups)


def test_check_foretells_a_wire_under_a_voltage():
    """T − T_0 = (√(1 + 2aΔ) − 1)/a, Δ the rise at a constant ρ."""
    slope, voltage = 2.8e-3, 1e12 / 6.7e6 * 2e-6
    pulse = {"electric_waveform": "pulse", "electric_duration": "5 ns"}
    material = {"preset": "permalloy", "resistivity_coefficient": slope}
    config = boltzwall.load_config(tables(drive={"voltage": voltage, **pulse}, material=material))
    rate = 1e24 / 6.7e6 / (8740.0 * 430.0)
    assert scale(config, "heating rate").value == pytest.approx(rate / 1e9)
    rise = (np.sqrt(1.0 + 2.0 * slope * rate * 5e-9) - 1.0) / slope
    found = scale(config, "temperature at the end of the pulse").value
    assert found == pytest.approx(300.0 + rise, rel=3e-3)


def test_check_foretells_a_wire_on_a_bath():
    """ΔT = (q/G)(1 − e^{−t/τ}), τ = hC/G."""
    config = boltzwall.load_config(tables({**BATH, "interface_conductance": 5e7}))
    time = 20e-9 * 8740.0 * 430.0 / 5e7
    assert scale(config, "time constant").value == pytest.approx(time * 1e9)
    rise = 1e24 / 6.7e6 * 20e-9 / 5e7 * (1.0 - np.exp(-5e-9 / time))
    found = scale(config, "temperature at the end of the pulse").value
    assert found == pytest.approx(300.0 + rise, rel=1e-3)


def test_check_warns_above_curie_and_melting_temperature_and_where_heat_spreads():
    material = {**MATERIAL, "curie_temperature": 400.0, "melting_temperature": 450.0}
    texts = "\n".join(heat_warnings(boltzwall.load_config(tables(HALF, material=material))))
    assert "spreads" in texts
    assert "400" not in texts
    texts = "\n".join(heat_warnings(boltzwall.load_config(tables(material=material))))
    assert "above its Curie temperature of 400 K" in texts
    assert "melts at 450 K" in texts


def test_a_substrate_of_the_table_and_one_of_numbers_are_the_same():
    known = substrate("silicon")
    own = {
        "substrate": "half-space",
        "substrate_conductivity": known.conductivity.value,
        "substrate_heat_capacity": known.capacity.value,
    }
    one, other = (
        scale(boltzwall.load_config(tables(heat)), "temperature at the end of the pulse").value
        for heat in (HALF, own)
    )
    assert one == other
    assert known.capacity.value == pytest.approx(712.0 * 2330.0)


@pytest.mark.parametrize("name", ["silicon-dioxide", "sapphire", "magnesium-oxide", "diamond"])
def test_every_number_of_a_substrate_has_a_source(name):
    found = substrate(name)
    assert found.conductivity.source
    assert found.capacity.source
    assert not found.conductivity.assumed
