"""Every number of a material has a unit in the schema and a source."""

import math

import pytest

from boltzwall import constants, materials
from boltzwall.config.schema import Material as Section
from boltzwall.config.templates import unit_of
from boltzwall.errors import InputError


@pytest.mark.parametrize("name", materials.names())
def test_constants_belong_to_the_schema_and_say_where_they_come_from(name):
    material = materials.get(name)
    assert material.name == name
    for key, constant in material.constants.items():
        unit = unit_of(Section.model_fields[key])
        assert unit is not None
        assert unit.parse(constant.value) == constant.value
        assert len(constant.source) > 10


def test_unknown_material_lists_the_presets():
    with pytest.raises(InputError, match="one of \"permalloy-wang2022\", but 'iron' was given"):
        materials.get("iron")


def test_table_of_the_paper_implies_the_free_electron_mass():
    metal = materials.get("permalloy-wang2022").values()
    speed = math.sqrt(2.0 * metal["fermi_energy"] / metal["effective_mass"])
    assert speed == pytest.approx(2.21e5, rel=5e-3)
    spinor = math.sqrt(2.0 * metal["exchange_splitting"] / constants.ELECTRON_MASS)
    assert spinor == pytest.approx(metal["spinor_velocity"], rel=2e-3)
