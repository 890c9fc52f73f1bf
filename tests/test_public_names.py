"""What `boltzwall.` offers: every name is there, is listed, and costs nothing until it is used."""

import subprocess
import sys

import pytest

import boltzwall

DOCUMENTED = (
    "Config", "collective_coordinates", "fit_material", "heat_wire", "load_config", "simulate",
    "solve_transport", "sweep",
    "BoltzwallError", "InputError", "NumericsError",
    "export", "io", "materials", "plot", "simulation", "sweeps",
)  # fmt: skip


@pytest.mark.parametrize("name", DOCUMENTED)
def test_public_name(name):
    assert name in dir(boltzwall)
    assert name in boltzwall.__all__
    assert getattr(boltzwall, name) is not None


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'simulates'"):
        boltzwall.simulates  # noqa: B018


def test_dir_has_the_version():
    assert {"__version__", "__doc__"} <= set(dir(boltzwall))


def test_listing_imports_nothing_and_plotting_needs_no_import():
    code = (
        "import sys, boltzwall; dir(boltzwall); heavy = {'jax', 'matplotlib', 'xarray'}; "
        "print(*heavy & set(sys.modules)); boltzwall.plot.save_figure; print('jax' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["", "False"]
