"""The applied current and field against time, held to the waveforms' closed forms."""

import numpy as np

import boltzwall
from boltzwall.build.problem import Problem
from boltzwall.config import load_config
from boltzwall.simulation.applied_drive import applied_arrays

WIRE = {
    "wire": {"length": "20 nm", "cells": 8},
    "texture": {"kind": "uniform", "direction": [0, 0, 1]},
    "temperature": {"kind": "uniform"},
    "transport": {"model": "none"},
}


def test_a_current_pulse_and_a_field_sine():
    config = load_config(
        WIRE
        | {
            "transport": {"model": "zhang-li", "polarisation": 0.4, "beta": 0.02},
            "drive": {
                "current_density": -2e12,
                "electric_waveform": "pulse",
                "electric_start": 1e-10,
                "electric_duration": 2e-10,
                "electric_rise": 1e-10,
                "magnetic_field": [1e3, 0.0, -2e3],
                "magnetic_waveform": "sine",
                "magnetic_frequency": 1e9,
            },
        }
    )
    time = np.array([0.0, 1.5e-10, 2.5e-10, 5e-10])
    found = applied_arrays(Problem.of(config), time, {})
    np.testing.assert_allclose(found["current_density"], [0.0, -1e12, -2e12, 0.0], atol=1.0)
    sine = np.sin(2.0 * np.pi * 1e9 * time)
    np.testing.assert_allclose(
        found["magnetic_field"], sine[:, None] * [1e3, 0.0, -2e3], rtol=1e-12, atol=1e-9
    )


def test_without_a_given_current_it_is_the_mean_of_the_electrons():
    config = load_config(WIRE)
    assert "current_density" not in applied_arrays(Problem.of(config), np.zeros(2), {})
    computed = {"charge_current_density": np.array([[1.0, 3.0], [5.0, 7.0]])}
    found = applied_arrays(Problem.of(config), np.zeros(2), computed)
    np.testing.assert_array_equal(found["current_density"], [2.0, 6.0])
    np.testing.assert_array_equal(found["magnetic_field"], np.zeros((2, 3)))


def test_a_run_keeps_its_field_and_goes_on_with_it():
    drive = {
        "magnetic_field": [0, 0, 1e4],
        "magnetic_waveform": "linear",
        "magnetic_duration": 4e-12,
    }
    dynamics = {"end_time": 4e-12, "save_interval": 2e-12, "stop": "end"}
    config = WIRE | {"drive": drive, "dynamics": dynamics}
    run = boltzwall.simulate(config)
    expected = np.array([[0, 0, 0.0], [0, 0, 5e3], [0, 0, 1e4]])
    np.testing.assert_allclose(run["magnetic_field"], expected, rtol=1e-12)
    assert run["magnetic_field"].dims == ("time", "component")
    assert run["magnetic_field"].units == "A m-1"
    short = config | {"dynamics": dynamics | {"end_time": 2e-12}}
    half = boltzwall.simulate(short)
    whole = boltzwall.simulate(config, resume=half.assign_attrs(run.attrs))
    np.testing.assert_allclose(whole["magnetic_field"], expected, rtol=1e-12)
