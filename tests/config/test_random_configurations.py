"""Random configurations through `boltzwall check`: each is read, or refused in one message."""

import tomllib

import pytest

from boltzwall.config import Config, load_config
from boltzwall.config.messages import section_models
from boltzwall.errors import InputError
from tests.test_cases import CASES
from validation.campaigns.check import KINDS, answer, fault, text_of
from validation.campaigns.drawing import Draw, as_toml


@pytest.mark.parametrize("kind", KINDS)
def test_each_is_read_or_refused(tmp_path, kind):
    file = tmp_path / "case.toml"
    accepted = 0
    for seed in range(12):
        file.write_bytes(text_of(kind, Draw(seed, sorted(CASES.iterdir()))))
        status, out, err = answer(file)
        assert fault(status, out, err, seconds=0.0) == "", (kind, seed)
        accepted += status == 0
    assert accepted == 12 or kind != "valid"


def test_faults_are_seen():
    assert fault(1, "", "", 0.0) == "status 1"
    assert fault(2, "", "Traceback", 0.0) == "a traceback"
    assert fault(2, "", "what?", 0.0).startswith("no message")
    assert fault(0, "width  nan m", "", 0.0) == "a number that is none"
    assert fault(0, "valid", "", 5.1) == "took 5.1 s"
    assert fault(0, "valid", "", 1.0) == ""


def test_every_key_of_the_schema_is_drawn():
    wanted = {
        (section, key)
        for section, models in section_models(Config).items()
        for model in models
        for key in model.model_fields
    }
    draw = Draw(5)
    drawn = {(s, key) for _ in range(600) for s, table in draw.plausible().items() for key in table}
    assert wanted - drawn == set()


def test_the_same_seed_draws_the_same_and_toml_says_it(tmp_path):
    one, other = (Draw(7).valid() for _ in range(2))
    assert one == other
    assert tomllib.loads(as_toml(one)) == one
    load_config(one)
    for seed in range(5):
        with pytest.raises(InputError):
            load_config(tomllib.loads(as_toml(Draw(seed).nearly_valid())))


def test_a_notebook_shows_texts_as_text():
    script = "<script>alert(1)</script>"
    page = load_config({"output": {"path": script}})._repr_html_()
    assert script not in page
    assert "&lt;script&gt;" in page


def test_a_file_that_the_model_does_not_read_is_no_reason_to_refuse(tmp_path):
    """Found by the campaign: `run` took what `check` refused, in words that named no key."""
    file = tmp_path / "case.toml"
    table = CASES / "temperature-comsol.txt"
    file.write_text(f'[material]\nscattering_file = "{table}"\n')
    status, out, _ = answer(file)
    assert status == 0
    assert 'material.scattering_file: not read, for the model "published" does not use it' in out


@pytest.mark.parametrize("length", ["5e-324", "1e-61", "1e61", "1e308"])
def test_numbers_that_nothing_can_be_computed_with_are_refused_by_their_key(tmp_path, length):
    """Found by the campaign: the square of a cell of such a length is 0, by which was divided."""
    file = tmp_path / "case.toml"
    file.write_text(f"[wire]\nlength = {length}\n[field]\nexchange = true\n")
    status, _, err = answer(file)
    assert status == 2
    assert "Key `wire.length` must be a length greater than 0 m" in err
    assert "a size between 1e-60 and 1e+60 m" in err
