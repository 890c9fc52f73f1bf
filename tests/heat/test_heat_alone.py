"""T(x, t) for itself: what the Dataset holds, and its picture."""

import numpy as np
import pytest

import boltzwall
from boltzwall.config.scales.heat import heat_scales
from boltzwall.errors import InputError
from boltzwall.plot.heat import heat_figure

WIRE = {
    "material": {"preset": "permalloy"},
    "wire": {"length": "4 um", "cells": 40, "width": "200 nm", "thickness": "20 nm"},
    "temperature": {"kind": "uniform", "value": "300 K"},
    "profile": {"kind": "notch", "width": "200 nm", "depth": 0.3},
    "drive": {
        "current_density": "5e11 A/m^2",
        "electric_waveform": "pulse",
        "electric_duration": "2 ns",
    },
    "transport": {"model": "none"},
    "heat": {
        "kind": "wire",
        "substrate": "half-space",
        "substrate_material": "silicon-dioxide",
        "interface_conductance": "1e8 W/(m^2 K)",
    },
    "dynamics": {"end_time": "3 ns", "save_interval": "0.5 ns"},
}


@pytest.mark.slow
def test_the_dataset_of_a_notched_wire():
    """Its balance, its resistance by hand, Ohm's law, and what `check` foretold."""
    found = boltzwall.heat_wire(WIRE, progress=False)
    assert abs(found["heat_balance_residual"]).max() < 1e-10
    kelvin = found["temperature"]
    assert kelvin.dims == ("time", "x")
    section = 1.0 - 0.3 * np.exp(-0.5 * ((found["x"] - 2e-6) / 2e-7) ** 2)
    resistivity = (1.0 + 2.8e-3 * (kelvin - 300.0)) / 6.7e6
    resistance = (resistivity / section).sum("x") * 1e-7 / (200e-9 * 20e-9)
    assert found["resistance"].values == pytest.approx(resistance.values)
    current = found["current_density"] * 200e-9 * 20e-9
    assert found["voltage"].values == pytest.approx((current * resistance).values)
    power = found["current_density"] ** 2 * resistance * 200e-9 * 20e-9
    assert found["joule_heat"].values == pytest.approx(power.values)
    scales = {entry.name: entry.value for entry in heat_scales(boltzwall.load_config(WIRE))}
    foretold = scales["temperature at the end of the pulse"]
    assert float(kelvin.sel(time=2e-9, method="nearest")[0]) == pytest.approx(foretold, abs=0.1)
    warmer = found["temperature"][1:] - found["substrate_temperature"][1:]
    assert np.all(warmer.sel(time=slice(0.0, 1.9e-9)) > 0.0)
    figure = heat_figure(found)
    labels = [panel.get_ylabel() for panel in figure.axes]
    assert sum("$T$ (K)" in label for label in labels) == 2
    assert "on silicon-dioxide" in str(figure.get_suptitle())


def test_a_wire_without_heat_is_refused():
    cold = {key: value for key, value in WIRE.items() if key != "heat"}
    with pytest.raises(InputError, match=r'`heat\.kind` must be "wire"'):
        boltzwall.heat_wire(cold, progress=False)
