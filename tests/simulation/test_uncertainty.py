"""Errors of measured numbers at the torque: against samples of them, and a closed form."""

import json
import math
import warnings
from functools import cache
from statistics import NormalDist
from typing import Any

import numpy as np
import pytest

import boltzwall
from boltzwall import InputError, materials
from boltzwall.cli.torque import torque_rows
from boltzwall.materials.known import known_numbers
from boltzwall.simulation.uncertainty import OUTPUTS

MOMENT = "saturation_magnetisation"


def wall(streams=2, width=6e-9, cells=12, length=24e-9, **material) -> dict[str, Any]:
    return {
        "material": {"preset": "permalloy", **material},
        "wire": {"length": length, "cells": cells},
        "texture": {"kind": "neel", "width": width},
        "temperature": {"cold_end": "298 K", "gradient": "0.02 K/nm"},
        "drive": {"current_density": -1e10},
        "transport": {"model": "consistent", "streams": streams, "momentum_nodes": 14},
    }


def solved(settings, **options):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a coarse, short wire
        return boltzwall.solve_transport(settings, progress=False, **options)


@cache
def uncertain():
    return solved(wall(), uncertainty=True)


def drawn(scale, random):
    """The outputs of a metal fitted to numbers drawn with ``scale`` errors, and the draws."""
    preset = materials.get("permalloy")
    numbers = {**known_numbers(preset), MOMENT: preset.constants[MOMENT]}
    shifts = {name: scale * random.standard_normal() for name in numbers}
    values = {
        name: one.value + shifts[name] * (one.deviation or 0.0) for name, one in numbers.items()
    }
    moment = values.pop(MOMENT)
    fit = boltzwall.fit_material("permalloy", **values)
    settings = wall()
    material = settings["material"] | fit["material"] | {MOMENT: moment}
    transport = settings["transport"] | fit["transport"]
    found = solved(settings | {"material": material, "transport": transport})
    return {name: float(found[name]) for name in OUTPUTS}, shifts


@pytest.mark.slow
def test_small_errors_go_through_fit_and_solution_as_the_gradients_say():
    """Draw by draw, all nine outputs."""
    whole, random = uncertain(), np.random.default_rng(3)
    changes = json.loads(whole.attrs["uncertainty_by_number"])
    for _ in range(4):
        found, shifts = drawn(0.005, random)
        for name in OUTPUTS:
            expected = sum(changes[name][one] * shifts[one] for one in changes[name])
            error = float(whole[f"{name}_error"]) * 0.005
            assert found[name] - float(whole[name]) == pytest.approx(expected, abs=0.03 * error)


@pytest.mark.slow
def test_errors_are_the_spread_of_samples():
    """Of 80 samples of everything that was measured, at a third of the errors: J stays above 0."""
    whole, random = uncertain(), np.random.default_rng(5)
    samples = [drawn(0.3, random)[0] for _ in range(80)]
    for name in OUTPUTS:
        spread = np.std([sample[name] for sample in samples], ddof=1) / 0.3
        assert float(whole[f"{name}_error"]) == pytest.approx(spread, rel=0.25), name


@pytest.mark.slow
def test_probability_of_the_direction_is_that_of_a_normal_distribution():
    whole = uncertain()
    for key in ("closed", "open"):
        u, error = (float(whole[f"thermal_velocity_{key}{part}"]) for part in ("", "_error"))
        expected = 1.0 - NormalDist(u, error).cdf(0.0)
        assert float(whole[f"hot_end_probability_{key}"]) == pytest.approx(expected, rel=1e-6)


def test_numbers_of_ones_own_are_exact():
    """J of one's own, and times of one's own: what they gave to the errors is gone."""
    own = wall(exchange_splitting="0.3 eV")
    own["transport"]["momentum_time_majority"] = "5 fs"
    found = solved(own, uncertainty=True)
    changes = json.loads(found.attrs["uncertainty_by_number"])["effective_beta"]
    assert "exchange_splitting" not in changes
    assert found.attrs["taken_as_exact"] == (
        "material.exchange_splitting, transport.momentum_time_majority"
    )
    assert float(found.effective_beta_error) < 0.7 * float(uncertain().effective_beta_error)
    text = "\n".join(value for _, value in torque_rows(found))
    assert "taken as exact, since they are yours: material.exchange_splitting" in text


@pytest.mark.slow
def test_printed_lines_carry_errors_and_the_probability():
    rows = list(torque_rows(uncertain()))
    assert all(" ± " in text for name, text in rows if name in ("u", "β"))
    text = "\n".join(value for _, value in rows)
    assert "the variance is that of S_- − S_+" in text
    assert "standard deviations: σ 10 %" in text
    plain = "\n".join(value for _, value in torque_rows(solved(wall())))
    assert "±" not in plain
    assert "hot end: " not in plain


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"material": {"preset": "permalloy-wang2022"}}, "whose numbers carry no errors"),
        ({"transport": {"model": "published"}}, r'unless `transport\.model` is "consistent"'),
    ],
)
def test_errors_of_nothing_are_refused(changes, message):
    with pytest.raises(InputError, match=message):
        boltzwall.solve_transport({**wall(), **changes}, uncertainty=True)


@pytest.mark.slow
def test_error_of_a_wide_wall_in_an_open_circuit():
    """u(1 + β²) = −0.916 m/s at 1 K/nm, and u ∝ (1 − P²) σ (S_- − S_+)/Ms: its relative error."""
    settings = wall(streams=4, width=20e-9, cells=260, length=200e-9)
    settings["temperature"] = {"kind": "uniform", "value": 300.0}
    found = solved(settings, uncertainty=True)
    beta = found.attrs["beta_wide_wall"]
    u = float(found.thermal_velocity_open) * 1e9
    assert u * (1.0 + beta**2) == pytest.approx(-0.916, abs=1e-3)
    known = known_numbers(materials.get("permalloy"))
    moment = materials.get("permalloy").constants[MOMENT]
    share = {
        name: (one.deviation or 0.0) / abs(one.value)
        for name, one in {**known, MOMENT: moment}.items()
    }
    p = known["polarisation"].value
    share["polarisation"] *= 2.0 * p**2 / (1.0 - p**2)
    wide = math.hypot(*(share[n] for n in ("sigma", "polarisation", "spin_seebeck", MOMENT)))
    assert float(found.thermal_velocity_open_error) * 1e9 == pytest.approx(abs(u) * wide, rel=0.02)
