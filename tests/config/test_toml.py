"""Reading TOML: paths counted from the file, and hints where a line cannot be read."""

from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from boltzwall.config import Config, load_config
from boltzwall.config.load import path_keys, read_tables
from boltzwall.config.messages import section_models
from boltzwall.errors import InputError
from boltzwall.sweeps.study import load_study


def toml(folder, text, name="wall.toml"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_every_key_that_takes_a_path_is_known():
    declared = {
        (section, key)
        for section, models in section_models(Config).items()
        for model in models
        for key, info in model.model_fields.items()
        if info.annotation is Path
        or any(Path in (part, *get_args(part)) for part in get_args(info.annotation))
    }
    assert path_keys() == declared
    assert {("field", "temperature_file"), ("drive", "electric_file")} < path_keys()
    assert {("profile", "path"), ("drive", "magnetic_file"), ("output", "path")} < path_keys()


FILES = {
    "texture": ("path", 'kind = "file"'),
    "temperature": ("path", 'kind = "file"'),
    "profile": ("path", 'kind = "file"'),
    "drive": ("electric_file", 'electric_waveform = "file"'),
    "field": ("temperature_file", 'temperature_law = "file"'),
}


@pytest.mark.parametrize("section", FILES)
@pytest.mark.parametrize("study", [False, True])
def test_files_are_found_from_another_folder(tmp_path, monkeypatch, section, study):
    contents = {
        "temperature": "0 300\n1e-8 310\n", "profile": "x stiffness\n0 1\n1e-8 2\n",
        "drive": "0 0\n1e-9 1\n", "field": "0 1\n1000 0.5\n",
    }  # fmt: skip
    if section == "texture":
        np.save(tmp_path / "there.npy", np.tile([0.0, 0.6, 0.8], (100, 1)))
    else:
        (tmp_path / "there.npy").write_text(contents[section])
    key, other = FILES[section]
    text = f'[{section}]\n{other}\n{key} = "there.npy"\n[transport]\nmodel = "none"\n'
    if study:
        text += '[[sweep.axes]]\nkey = "material.damping"\nvalues = [0.1, 0.2]\n'
    path = toml(tmp_path, text)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    for source in (path, Path("..") / path.name):
        config = load_study(source).base if study else load_config(source)
        assert getattr(getattr(config, section), key).samefile(tmp_path / "there.npy")


def test_absolute_paths_and_those_of_a_mapping_stay(tmp_path):
    path = toml(tmp_path, f'[output]\npath = "{tmp_path / "a.nc"}"\n')
    assert read_tables(path)["output"]["path"] == str(tmp_path / "a.nc")
    assert load_config({"output": {"path": "b.nc"}}).output.path == Path("b.nc")


HINTS = {
    "length = 5 nm": 'quotes: length = "5 nm".',
    "length=5nm": 'quotes: length = "5nm".',
    "gradient = 2 K/nm  # steep": 'quotes: gradient = "2 K/nm".',
    "current_density = -1e12 A/m^2": 'quotes: current_density = "-1e12 A/m^2".',
    "magnetic_field = [0, 0, 10 mT]": 'quotes: magnetic_field = [0, 0, "10 mT"].',
    "width = 5 µm": 'quotes: width = "5 µm".',
    "kind = head-to-head": 'quotes: kind = "head-to-head".',
    "exchange = True": "Write exchange = true.",
    "damping = .02": "Write damping = 0.02.",
    "damping = 0,02": "comma: damping = 0.02.",
}


@pytest.mark.parametrize("line", HINTS)
@pytest.mark.parametrize("read", [load_config, load_study])
def test_a_line_that_is_no_toml_says_how_it_may_be_meant(tmp_path, line, read):
    with pytest.raises(InputError) as caught:
        read(toml(tmp_path, f"[wire]\ncells = 20\n{line}\n"))
    message = str(caught.value)
    assert HINTS[line] in message
    assert "line 3" in message


@pytest.mark.parametrize("line", ['length = "5 nm', "length = ", "length 5 nm", "a = 1 = 2", "="])
def test_where_nothing_can_be_guessed_there_is_no_hint(tmp_path, line):
    with pytest.raises(InputError, match="cannot be read") as caught:
        load_config(toml(tmp_path, f"{line}\n"))
    assert "quotes" not in str(caught.value)


@pytest.mark.parametrize("source", [3, None, [1]])
def test_a_study_from_nothing_is_refused(source):
    with pytest.raises(InputError, match="Argument `source`"):
        load_study(source)


def test_a_byte_order_mark_does_no_harm(tmp_path):
    path = tmp_path / "windows.toml"
    path.write_bytes('\ufeff[wire]\r\nlength = "7 nm"\r\n'.encode())
    assert load_config(path).wire.length == 7e-9
