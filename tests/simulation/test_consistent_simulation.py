"""The consistent model through `solve_transport` and `simulate`: drives, circuit, runs."""

import warnings
from typing import Any

import numpy as np
import pytest
import xarray as xr

import boltzwall
from boltzwall.constants import BOHR_MAGNETON, ELEMENTARY_CHARGE
from boltzwall.errors import NumericsError
from boltzwall.simulation import simulate_batch
from boltzwall.transport.consistent import many_streams

CELLS = 100


def wire(**sections: Any) -> dict[str, Any]:
    """A wall of 4 nm in a wire of 40 nm, two streams."""
    base: dict[str, Any] = {
        "wire": {"length": 40e-9, "cells": CELLS},
        "texture": {"kind": "neel", "width": 4e-9},
        "temperature": {"kind": "linear", "cold_end": 100.0, "gradient": 1e9},
        "transport": {"model": "consistent", "streams": 2, "momentum_nodes": 16},
    }
    return {key: {**base.get(key, {}), **sections.get(key, {})} for key in {**base, **sections}}


def solved(**sections: Any) -> xr.Dataset:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return boltzwall.solve_transport(wire(**sections))


def test_an_open_circuit_carries_no_current_and_the_field_stops_it() -> None:
    field = solved(drive={"electric_field": 1.0}, temperature={"gradient": 0.0})
    opened = solved(drive={"circuit": "open"})
    scale = abs(float(opened["electric_field"]) * float(opened["conductivity_texture"]))
    assert np.abs(opened["charge_current_density"]).max() < 1e-12 * scale
    assert float(opened["electric_field"]) == pytest.approx(
        float(opened["seebeck_texture"]) * 1e9, rel=1e-12
    )
    assert float(field["charge_current_density"].mean()) == pytest.approx(
        float(field["conductivity_texture"]), rel=1e-12
    )


def test_a_given_current_flows_and_equals_the_run_at_its_field() -> None:
    current = solved(drive={"current_density": -1e9})
    assert np.allclose(current["charge_current_density"], -1e9, rtol=1e-12)
    again = solved(drive={"electric_field": float(current["electric_field"])})
    size = np.abs(current["torque_total"]).max()
    assert np.abs(again["torque_total"] - current["torque_total"]).max() < 1e-10 * size


def test_the_split_is_that_of_the_two_drives() -> None:
    both = solved(drive={"electric_field": -8e3})
    gradient = solved(drive={"electric_field": 0.0})
    total = both["torque_electrical"] + both["torque_thermal"]
    size = np.abs(total).max()
    assert np.abs(both["torque_total"] - total).max() < 1e-13 * size
    assert np.abs(gradient["torque_total"] - both["torque_thermal"]).max() < 1e-12 * size
    assert np.abs(gradient["torque_electrical"]).max() == 0.0


def test_without_drive_there_is_no_torque() -> None:
    rest = solved(drive={"electric_field": 0.0}, temperature={"gradient": 0.0})
    assert np.abs(rest["torque_total"]).max() == 0.0
    assert np.abs(rest["spin_accumulation"]).max() == 0.0


def test_a_wall_is_pushed_along_the_electron_flow_below_the_bound() -> None:
    for field in (-8e3, 8e3):
        driven = solved(drive={"electric_field": field}, temperature={"gradient": 0.0})
        j = float(driven["charge_current_density"].mean())
        u = float(driven["effective_velocity"])
        assert u * j < 0.0, "electrons flow against the current"
        assert abs(u) < BOHR_MAGNETON * abs(j) / (ELEMENTARY_CHARGE * 8e5)


@pytest.mark.slow
def test_residuals_are_those_of_rounding() -> None:
    for streams in (2, 4):
        run = solved(transport={"streams": streams})
        assert run.attrs["residual_charge_relative"] < 1e-10
        assert run.attrs["residual_spin_relative"] < 1e-10
        assert run["residual_spin"].shape == (CELLS, 3)


@pytest.mark.slow
def test_a_run_turns_m_by_the_torque_and_a_batch_gives_the_same() -> None:
    runs = [
        wire(
            drive={"electric_field": field},
            dynamics={"end_time": 2e-9, "save_interval": 1e-9, "stop": "end"},
        )
        for field in (-8e5, 8e5)
    ]
    alone = boltzwall.simulate(runs[0])
    start, later = alone.isel(time=0), alone.isel(time=1)
    # (26) to first order in time: dM/dt = (T + α M × T)/(1 + α²).
    T, M = start["torque_total"].values, start["magnetisation"].values
    rate = (T + 0.2 * np.cross(M, T)) / (1.0 + 0.2**2)
    moved = later["magnetisation"].values - M
    assert np.abs(moved - 1e-9 * rate).max() < 0.05 * np.abs(moved).max()
    together = simulate_batch(runs)
    # The time steps of a batch are its own, but the tolerance bounds the difference.
    assert np.abs(together[0]["magnetisation"] - alone["magnetisation"]).max() < 1e-6
    opposite = together[1]["torque_electrical"].isel(time=0)
    assert np.allclose(opposite, -start["torque_electrical"], rtol=1e-9, atol=0.0)


def test_what_is_assumed_stands_in_the_attributes() -> None:
    metal = solved(material={"preset": "permalloy"}, transport={"streams": 2})
    assert "material.exchange_splitting" in metal.attrs["assumed"]
    assert metal.attrs["model"] == "consistent"
    assert metal.attrs["circuit"] == "closed, field given"


def test_a_texture_that_is_too_fine_for_the_cells_is_warned_of() -> None:
    with pytest.warns(UserWarning, match="Take at least"):
        boltzwall.solve_transport(wire(texture={"width": 1e-9}))


@pytest.mark.slow
def test_an_iteration_that_does_not_converge_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many_streams, "MOST_ITERATIONS", 2)
    with pytest.raises(NumericsError, match="did not converge"):
        # Another number of cells than elsewhere: nothing compiled before may serve.
        solved(wire={"cells": CELLS + 1}, transport={"streams": 4})
