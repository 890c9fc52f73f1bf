import matplotlib
import numpy as np
import pytest

from boltzwall.errors import InputError
from boltzwall.plot import save_figure
from boltzwall.plot.theme import (
    COLOURS,
    DASHES,
    MAGNETISATION_COLOUR,
    SPIN_COLOUR,
    new_figure,
    theme,
)


@pytest.fixture
def figure():
    return new_figure(1.0, 1.0)


def test_curves_differ_in_colour_and_in_dashes():
    assert len(set(COLOURS)) == len(set(map(str, DASHES))) == len(COLOURS)


def test_the_arrows_of_both_vectors_stay_apart_in_grey():
    def luminance(colour):
        return np.dot(matplotlib.colors.to_rgb(colour), (0.299, 0.587, 0.114))

    assert luminance(MAGNETISATION_COLOUR) - luminance(SPIN_COLOUR) > 0.3


def test_the_callers_settings_stay_untouched():
    with matplotlib.rc_context({"font.size": 23.0}):
        before = dict(matplotlib.rcParams)
        with theme():
            assert matplotlib.rcParams["font.size"] != 23.0
        assert dict(matplotlib.rcParams) == before


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (("pictures", "wall"), ["pictures/wall.png", "pictures/wall.pdf"]),
        (("pictures/wall",), ["pictures/wall.png", "pictures/wall.pdf"]),
        (("pictures/wall.png",), ["pictures/wall.png"]),
        (("pictures/wall.PDF",), ["pictures/wall.pdf"]),
        (("wall.svg",), ["wall.svg"]),
        (("kappa-0.5",), ["kappa-0.5.png", "kappa-0.5.pdf"]),
        (("pictures", "kappa-0.5"), ["pictures/kappa-0.5.png", "pictures/kappa-0.5.pdf"]),
    ],
)
def test_a_figure_is_saved_by_a_string(figure, tmp_path, monkeypatch, arguments, names):
    monkeypatch.chdir(tmp_path)
    assert [str(path) for path in save_figure(figure, *arguments)] == names
    magic = {".png": b"\x89PNG", ".pdf": b"%PDF", ".svg": b"<?xml"}
    for name in names:
        path = tmp_path / name
        assert path.read_bytes().startswith(magic[path.suffix])
    assert len(list(tmp_path.rglob("*.*"))) == len(names)


def test_a_figure_is_saved_by_a_path(figure, tmp_path):
    assert save_figure(figure, tmp_path / "a.png") == [tmp_path / "a.png"]


def test_another_ending_is_an_input_error(figure, tmp_path):
    with pytest.raises(InputError, match=r"\.png, \.pdf, \.svg, but `\.bmp`"):
        save_figure(figure, tmp_path / "wall.bmp")
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_made_is_an_input_error(figure, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="folder"):
        save_figure(figure, tmp_path / "file" / "pictures" / "wall")
