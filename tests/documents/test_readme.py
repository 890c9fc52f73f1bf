"""What the README tells a newcomer to type works, word for word."""

import re
import runpy
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def block(language: str, holding: str) -> str:
    """The one code block of a language that holds a text."""
    found = [b for b in re.findall(rf"```{language}\n(.*?)```", README, re.S) if holding in b]
    assert len(found) == 1
    return found[0]


def run(arguments: list[str], folder: Path) -> str:
    done = subprocess.run(
        arguments, cwd=folder, capture_output=True, text=True, check=False, timeout=600
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_python_example_runs(tmp_path):
    example = block("python", "solve_transport")
    assert len(example.splitlines()) <= 20
    (tmp_path / "example.py").write_text(example, encoding="utf-8")
    output = run([sys.executable, "example.py"], tmp_path)
    assert len(re.findall(r"^torque_\w+ \[.*\] s-1$", output, re.M)) == 4
    assert float(output.split()[-1]) < 1e-10


def test_toml_example_runs_with_the_commands_below_it(tmp_path):
    example = block("toml", "[wire]")
    assert len(example.splitlines()) <= 20
    (tmp_path / "wall.toml").write_text(example, encoding="utf-8")
    for line in block("bash", "wall.toml").splitlines():
        command = line.partition("#")[0].split()
        assert command[0] == "boltzwall"
        run(
            [sys.executable, "-c", "from boltzwall.cli import main; main()", *command[1:]], tmp_path
        )
    assert (tmp_path / "wall.nc").exists()
    assert list((tmp_path / "figures").glob("*.png"))


def test_examples_set_keys_that_differ_from_the_defaults_only_where_they_say_so():
    settings = tomllib.loads(block("toml", "[wire]"))
    assert settings["transport"]["closure"] in ("as-printed", "repaired-signs", "activated")


@pytest.mark.parametrize("word", ["reproduce wang2022", "pytest"])
def test_both_commands_are_one_line_each(word):
    commands = [b for b in re.findall(r"```bash\n(.*?)```", README, re.S) if word in b]
    assert [len(command.splitlines()) for command in commands] == [1]


def test_ci_runs_the_test_command_of_the_readme():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    finding = re.search(r"^test_command=\$\((.*)\)$", script, re.M)
    assert finding is not None
    found = subprocess.run(
        ["bash", "-c", finding[1]], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == block("bash", "pytest").strip()
    assert 'bash -c "$test_command"' in script


def test_links_lead_somewhere():
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", README):
        if not target.startswith("docs/images/"):
            assert (ROOT / target).exists(), target


NUMBERS = runpy.run_path(str(ROOT / "scripts" / "readme_numbers.py"))


@pytest.mark.slow
def test_the_result_in_thirty_seconds_is_what_the_commands_say():
    assert NUMBERS["with_output"](README, NUMBERS["said"](NUMBERS["commands"](README))) == README


def test_settling_times_are_those_of_the_table_of_the_reproduction():
    """docs/reproduction.md holds numbers.csv; the sentence is made from the same rows."""
    table = (ROOT / "docs" / "reproduction.md").read_text(encoding="utf-8")
    heads = ("quantity", "paper", "as-printed", "repaired-signs", "activated")
    rows = [
        dict(zip(heads, [cell.strip() for cell in line.split("|")[1:-1]], strict=True))
        for line in re.findall(r"^\| t_s.*$", table, re.M)
    ]
    for row in rows:
        row["quantity"] = row["quantity"].replace("t_s(0.5)/t_s(6)", "t_s(κ = 0.5)/t_s(κ = 6")
    assert NUMBERS["with_paper"](README, rows) == README


def test_another_number_is_noticed():
    changed = re.sub(r"(?<=```text\ncircuit ).*", "other", README)
    assert changed != README
    assert NUMBERS["with_output"](changed, "circuit  1\n") != changed
