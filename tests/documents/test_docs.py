"""The docs agree with the code."""

import importlib
import inspect
import pkgutil
import re
import runpy
import tomllib
from pathlib import Path

import pytest

import boltzwall.physics
from boltzwall.config import Config
from boltzwall.config.messages import section_models
from boltzwall.field_variables import FIELD_VARIABLES
from boltzwall.variables import VARIABLES

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
EQUATIONS = (DOCS / "equations.md").read_text(encoding="utf-8")
NUMBER = re.compile(r"\((\d+)\)|\[([BCHM]\d+)\]")


def resolve(name: str) -> object:
    """The object of a dotted name."""
    parts = name.split(".")
    for cut in range(len(parts), 0, -1):
        try:
            found: object = importlib.import_module(".".join(parts[:cut]))
        except ModuleNotFoundError:
            continue
        for part in parts[cut:]:
            found = getattr(found, part)
        return found
    raise ModuleNotFoundError(name)


def physics_callables() -> dict[str, object]:
    """Public functions of boltzwall.physics."""
    found: dict[str, object] = {}
    for module in pkgutil.iter_modules(boltzwall.physics.__path__):
        namespace = importlib.import_module(f"boltzwall.physics.{module.name}")
        for name, member in vars(namespace).items():
            own = getattr(member, "__module__", "") == namespace.__name__
            if own and inspect.isfunction(member) and not name.startswith("_"):
                found[f"{module.name}.{name}"] = member
    return found


def test_generated_pages_are_up_to_date():
    main = runpy.run_path(str(DOCS / "generate.py"))["main"]
    assert main(["--check"]) == 0


def test_generator_notices_a_stale_page(tmp_path, capsys):
    module = runpy.run_path(str(DOCS / "generate.py"))
    main = module["main"]
    main.__globals__["FOLDER"] = tmp_path
    assert main([]) == 0
    (tmp_path / "variables.md").write_text("old", encoding="utf-8")
    assert main(["--check"]) == 1
    assert "variables.md" in capsys.readouterr().err


@pytest.mark.parametrize("page", ["equations.md", "tour.md", "numerics.md", "consistent-model.md"])
def test_names_of_the_code_exist(page):
    text = (DOCS / page).read_text(encoding="utf-8")
    names = re.findall(r"`(boltzwall(?:\.\w+)+)`", text)
    assert all(resolve(name) is not None for name in names)


@pytest.mark.parametrize("name", sorted(physics_callables()))
def test_every_physics_function_cites_an_equation_that_the_docs_number(name):
    docstring = inspect.getdoc(physics_callables()[name]) or ""
    cited = {a or b for a, b in NUMBER.findall(docstring)}
    numbered = {a or b for a, b in NUMBER.findall(EQUATIONS)}
    numbered |= set(re.findall(r"\\tag\{(\w+)\}", EQUATIONS))
    assert cited & numbered, f"{name} cites no equation"
    assert cited <= numbered


@pytest.mark.parametrize("letter", ["B", "C", "H", "M"])
def test_equations_are_numbered_without_gaps(letter):
    numbers = {int(n) for n in re.findall(rf"\\tag\{{{letter}(\d+)\}}", EQUATIONS)}
    assert numbers == set(range(1, max(numbers) + 1))


def test_glossary_names_keys_and_outputs_that_exist():
    text = (DOCS / "conventions-and-glossary.md").read_text(encoding="utf-8")
    table = text.split("## Glossary", 1)[1].split("## Words", 1)[0]
    sections = section_models(Config)
    for row in table.splitlines():
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", row)][1:-1]
        if len(cells) != 4:
            continue
        for key in re.findall(r"`(\w+)\.(\w+)`", cells[2]):
            assert any(key[1] in model.model_fields for model in sections[key[0]]), key
        if "attribute" not in cells[3]:
            for name in re.findall(r"`(\w+)`", cells[3]):
                assert name in VARIABLES | FIELD_VARIABLES, name


def test_every_material_and_transport_key_is_in_the_glossary():
    text = (DOCS / "conventions-and-glossary.md").read_text(encoding="utf-8")
    constants = section_models(Config)["material"][0].model_fields
    without_symbol = {
        "preset", "exchange_stiffness", "uniaxial_anisotropy", "hard_axis_anisotropy"
    }  # fmt: skip
    for key in constants.keys() - without_symbol:
        assert f"`material.{key}`" in text, key


INSTALL = re.compile(r"pip install (?:-e |--editable |--constraint \S+ )*'?([^'\s]*)\[([^\]]+)\]")
SOURCES = ("README.md", "CONTRIBUTING.md", "docs/*.md", "src/**/*.py", "validation/*.py")


def test_install_lines_work_in_a_clone():
    """`.[extra]`, the folder that one stands in, with extras that there are."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    texts = [path.read_text(encoding="utf-8") for glob in SOURCES for path in ROOT.glob(glob)]
    lines = [found for text in texts for found in INSTALL.findall(text)]
    assert len(lines) >= 8
    for folder, extras in lines:
        assert folder == "."
        assert set(extras.split(",")) <= set(project["optional-dependencies"])
