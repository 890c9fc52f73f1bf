"""Every number of a material has a unit in the schema and a source; the fitted ones follow."""

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from boltzwall import constants, materials
from boltzwall.cli.conduction import conduction_of, conduction_rows, measurement_rows
from boltzwall.cli.text import material_table
from boltzwall.config import load_config
from boltzwall.config.kinds import unit_of
from boltzwall.config.sections import Material as Section
from boltzwall.config.sections import Transport
from boltzwall.errors import InputError
from boltzwall.materials.known import known_numbers
from scripts import fit_materials

PAGE = Path(__file__).parents[2] / "docs" / "materials.md"
FITTED = pytest.mark.parametrize("name", fit_materials.FITTED)


@pytest.mark.parametrize("name", materials.names())
def test_constants_belong_to_the_schema_and_say_where_they_come_from(name):
    material = materials.get(name)
    assert material.name == name
    for section, found in (
        (Section, material.constants),
        (Transport, material.transport_constants),
    ):
        for key, constant in found.items():
            unit = unit_of(section.model_fields[key])
            assert unit is not None
            assert unit.parse(constant.value) == constant.value
            assert len(constant.source) > 10
    for constant in material.measurements.values():
        assert len(constant.source) > 10


def test_unknown_material_lists_the_presets():
    with pytest.raises(InputError, match=r"permalloy-wang2022.*, but 'wood' was given"):
        materials.get("wood")


def test_table_of_the_paper_implies_the_free_electron_mass():
    metal = materials.get("permalloy-wang2022").values()
    speed = math.sqrt(2.0 * metal["fermi_energy"] / metal["effective_mass"])
    assert speed == pytest.approx(2.21e5, rel=5e-3)
    spinor = math.sqrt(2.0 * metal["exchange_splitting"] / constants.ELECTRON_MASS)
    assert spinor == pytest.approx(metal["spinor_velocity"], rel=2e-3)


def test_every_preset_but_the_papers_is_fitted():
    fitted = {*fit_materials.FITTED, "permalloy-wang2022"}
    assert fitted == set(materials.names()) - set(materials.stacks())


@pytest.mark.parametrize("name", materials.stacks())
def test_stacks_are_perpendicular_and_held_by_less_than_the_critical_dmi(name):
    """K_eff = K − ½µ0Ms² > 0 of a wide film, D < 4√(AK_eff)/π."""
    metal = materials.get(name).values()
    shape = 0.5 * constants.VACUUM_PERMEABILITY * metal["saturation_magnetisation"] ** 2
    effective = metal["uniaxial_anisotropy"] - shape
    assert effective > 0.0
    critical = 4.0 * math.sqrt(metal["exchange_stiffness"] * effective) / math.pi
    assert 0.0 < metal["interfacial_dmi"] < critical


def test_walls_on_platinum_move_along_the_current_and_on_tantalum_against_it():
    """θ and D of the presets give the directions that were measured, with the metal below."""
    for name, direction in (("platinum-cobalt", 1.0), ("tantalum-cofeb", -1.0)):
        metal = materials.get(name).values()
        moment_y, inside_x = -1.0, -math.copysign(1.0, metal["interfacial_dmi"])
        assert metal["spin_hall_angle"] * moment_y * inside_x * direction > 0.0


@FITTED
def test_stored_constants_are_those_of_the_fit(name):
    material = materials.get(name)
    for power, law in ((True, "power"), (False, "constant")):
        preset = material.with_scattering(law)
        stored = preset.values() | preset.transport_values()
        fit = fit_materials.fit(material, power=power)
        assert ("scattering_exponent_majority" in fit) == power
        for key, value in fit.items():
            assert stored[key] == pytest.approx(value, rel=2e-8), key


@FITTED
@pytest.mark.parametrize("law", ["power", "constant"])
def test_model_has_the_measured_conductivity_polarisation_and_length(name, law):
    material = materials.get(name).with_scattering(law)
    wire, measured = conduction_of(material), material.measurements
    assert float(wire.conductivity) == pytest.approx(material.values()["conductivity"], rel=1e-7)
    assert float(wire.polarisation) == pytest.approx(measured["polarisation"].value, rel=1e-7)
    length = measured["spin_diffusion_length"].value
    assert float(wire.spin_diffusion_length) == pytest.approx(length, rel=1e-7)
    if law == "power":
        spin = measured["spin_dependent_seebeck"].value
        assert float(wire.seebeck) == pytest.approx(
            material.values()["seebeck_coefficient"], rel=1e-6
        )
        assert float(wire.majority.seebeck - wire.minority.seebeck) == pytest.approx(spin, rel=1e-6)
    # E_F is that of J = T = 0
    assert float(wire.density) == pytest.approx(measured["electron_density"].value, rel=3e-3)


def test_the_fit_follows_its_measurements():
    """Twice the length takes four times τ_sf; the rest stays."""
    material = materials.get("cobalt")
    doubled = dict(material.measurements)
    length = doubled["spin_diffusion_length"]
    doubled["spin_diffusion_length"] = materials.Constant(2.0 * length.value, length.source)
    changed = replace(material, measurements=doubled)
    before, after = fit_materials.fit(material), fit_materials.fit(changed)
    assert after.pop("spin_flip_time") == pytest.approx(4.0 * before.pop("spin_flip_time"))
    assert after == pytest.approx(before)


def test_tables_of_the_docs_are_those_of_the_code():
    text = PAGE.read_text(encoding="utf-8")
    for table in fit_materials.tables():
        assert table in text, (
            "run scripts/fit_materials.py and copy its tables to docs/materials.md"
        )


@FITTED
def test_wide_walls_drift_as_the_docs_say(name):
    """The way of −S in a closed circuit, that of S_- − S_+ in an open one, by its closed form."""
    material = materials.get(name)
    wire, metal, known = conduction_of(material), material.values(), material.measurements
    closed = fit_materials.drift_per_gradient(material, wire.thermal_spin_current)
    opened = fit_materials.drift_per_gradient(material, wire.open_circuit_spin_current)
    assert closed * metal["seebeck_coefficient"] > 0.0
    beta = constants.REDUCED_PLANCK / (metal["exchange_splitting"] * metal["spin_flip_time"])
    moment = constants.BOHR_MAGNETON / (
        constants.ELEMENTARY_CHARGE * metal["saturation_magnetisation"]
    )
    spread = 1.0 - known["polarisation"].value ** 2
    drift = moment * 0.5 * spread * metal["conductivity"] * known["spin_dependent_seebeck"].value
    assert opened == pytest.approx(drift / (1.0 + beta**2), rel=1e-6)
    assert opened < 0.0


@FITTED
def test_constant_times_go_the_ways_of_free_bands(name):
    """To the cold end with the circuit closed, to the hot end with it open."""
    material = materials.get(name).with_scattering("constant")
    wire = conduction_of(material)
    assert fit_materials.drift_per_gradient(material, wire.thermal_spin_current) < 0.0
    assert fit_materials.drift_per_gradient(material, wire.open_circuit_spin_current) > 0.0
    assert wire.minority.seebeck < wire.majority.seebeck < 0.0


def test_the_papers_metal_has_no_law_but_constant_times():
    material = materials.get("permalloy-wang2022")
    assert material.scattering == "constant"
    assert material.with_scattering("power").transport_values() == {}


@FITTED
def test_what_was_measured_carries_an_error_or_a_range(name):
    for key, known in known_numbers(materials.get(name)).items():
        if key == "effective_mass":
            continue
        assert known.deviation is not None, key
        assert known.deviation > 0.0, key
        assert len(known.error_source) > 3, key
        if known.span is not None:
            low, high = known.span
            assert known.value == pytest.approx(0.5 * (low + high), rel=1e-3)


def test_drift_of_a_charge_current_is_that_of_zhang_and_li():
    """A spin current P j/e drifts a wall by u = −µ_B P j/(e Ms (1 + β²))."""
    material = materials.get("permalloy")
    metal = material.values()
    beta = constants.REDUCED_PLANCK / (metal["exchange_splitting"] * metal["spin_flip_time"])
    current = 0.4 * -1e10
    expected = -constants.BOHR_MAGNETON * current / (constants.ELEMENTARY_CHARGE * 8e5)
    drift = fit_materials.drift_per_gradient(material, current / constants.ELEMENTARY_CHARGE)
    assert drift == pytest.approx(expected / (1.0 + beta**2))
    assert drift > 0.0


@pytest.mark.parametrize("name", materials.names())
def test_rows_add_up(name):
    material = materials.get(name)
    for dimension in (1, 3):
        rows = {row[0]: row[1:] for row in conduction_rows(material, dimension)}
        plus, minus, total = (float(cell) for cell in rows["σ [S/m]"])
        assert plus + minus == pytest.approx(total, rel=1e-3)
        assert float(rows["P"][2]) == pytest.approx((minus - plus) / total, abs=1e-3)
    assert len(list(measurement_rows(material))) == len(material.measurements)


def test_the_papers_table_is_no_consistent_metal():
    """Its Drude conductivity is some 190 times below its σ, 170 times with the split bands."""
    material = materials.get("permalloy-wang2022")
    ratio = material.values()["conductivity"] / float(conduction_of(material).conductivity)
    assert 165.0 < ratio < 195.0


def test_printed_table_has_constants_measurements_and_both_electrons():
    text = material_table(materials.get("cobalt"), with_conduction=True)
    for part in ("momentum_time_majority", "Measured:", "3D electrons", "1D electrons", "assumed"):
        assert part in text
    assert "3D electrons" not in material_table(materials.get("cobalt"))


@FITTED
def test_a_preset_configures_the_consistent_model(name):
    config = load_config({"material": {"preset": name}, "transport": {"model": "consistent"}})
    times = materials.get(name).transport_values()
    assert config.transport.momentum_time_majority == times["momentum_time_majority"]
    assert config.transport.momentum_time_minority == times["momentum_time_minority"]
    assert np.isclose(config.material.momentum_time, materials.get(name).values()["momentum_time"])
