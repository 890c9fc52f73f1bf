import subprocess
import sys

import numpy as np
import pytest

import boltzwall
from boltzwall.errors import InputError
from boltzwall.plot import animate, plot_files
from boltzwall.plot.pictures import comparison_figures, single_figures
from tests.plot.drawn import flaws
from tests.synthetic import run_dataset, transport_dataset
from tests.synthetic_walls import at_speed, walls_dataset


@pytest.fixture(scope="module")
def run():
    return run_dataset(1e9, cells=12, saves=21)


def test_files_are_whole_and_named_after_the_datasets(run, tmp_path):
    paths = plot_files({"slow": run}, tmp_path / "new" / "folder")
    assert {path.stem for path in paths} == {"slow-motion", "slow-arrows", "slow-overview"}
    assert {path.suffix for path in paths} == {".png", ".pdf"}
    assert sorted(paths) == sorted((tmp_path / "new" / "folder").iterdir())
    for path in paths:
        magic = b"%PDF" if path.suffix == ".pdf" else b"\x89PNG"
        assert path.read_bytes().startswith(magic)


@pytest.mark.slow
def test_the_same_data_give_the_same_file(run, tmp_path):
    first = {p.name: p.read_bytes() for p in plot_files({"run": run}, tmp_path)}
    again = {p.name: p.read_bytes() for p in plot_files({"run": run}, str(tmp_path))}
    assert first == again


def test_several_runs_are_compared(run):
    figures = comparison_figures({"slow": run, "fast": run, "still": transport_dataset()})
    assert list(figures) == ["magnetisation", "motion", "torque"]
    assert "contribution to d" in figures["torque"].legends[0].get_title().get_text()
    assert [flaws(figure) for figure in figures.values()] == [[], [], []]


@pytest.mark.parametrize("kind", ["published", "transport", "two walls", "window", "bare", "nan"])
def test_every_kind_of_result_can_be_drawn_and_read(kind, tmp_path):
    run = run_dataset(1e9, cells=12, saves=21)
    broken = run.copy(deep=True)
    broken["torque_total"][0] = np.nan
    broken["spin_accumulation"][:, 3] = np.nan
    broken["wall_position"][:] = np.nan
    bare = run[["magnetisation", "mean_magnetisation", "wall_position"]]
    bare.attrs = {"boltzwall_version": "0"}
    walls = [at_speed(100e-9, 30.0), at_speed(300e-9, 30.0)]
    dataset = {
        "published": run,
        "transport": transport_dataset(),
        "two walls": walls_dataset(walls, end_time=1e-9, saves=11),
        "window": walls_dataset(walls[:1], moving_window=True, saves=11),
        "bare": bare,
        "nan": broken,
    }[kind]
    for figure in single_figures(dataset).values():
        assert flaws(figure) == []
    if "time" in dataset.dims:
        assert animate(dataset, tmp_path / "run.gif").exists()


@pytest.mark.parametrize("saves", [1, 2])
def test_runs_that_have_hardly_begun_can_be_drawn(run, saves):
    for figure in single_figures(run.isel(time=slice(0, saves))).values():
        assert flaws(figure) == []


def test_a_single_magnetisation_can_be_drawn():
    state = transport_dataset()[["magnetisation"]]
    state.attrs = {"title": "Magnetisation of another tool", "boltzwall_version": "0"}
    figures = single_figures(state)
    assert list(figures) == ["arrows", "overview"]
    assert [flaws(figure) for figure in figures.values()] == [[], []]


def test_a_folder_that_cannot_be_made_is_an_input_error(run, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="folder"):
        plot_files({"run": run}, tmp_path / "file" / "pictures")


def test_pictures_need_neither_jax_nor_pyplot():
    code = (
        "import sys, boltzwall.plot, boltzwall.io, boltzwall.result\n"
        "assert not {'jax', 'matplotlib.pyplot'} & set(sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_names_of_the_documentation_are_there_after_one_import():
    code = "import boltzwall; boltzwall.plot.overview_figure; assert 'plot' in dir(boltzwall)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    assert set(boltzwall.plot.__all__) <= set(dir(boltzwall.plot))
