"""Members of a batch: each with its own numbers, or refused with what they differ in."""

import numpy as np
import pytest

from boltzwall import simulate
from boltzwall.errors import InputError
from boltzwall.simulation import simulate_batch
from tests.simulation.test_simulation import SMALL, small

PULLED: dict[str, dict[str, object]] = {
    "material": {
        "preset": "permalloy", "exchange_stiffness": 13e-12, "uniaxial_anisotropy": 4e5,
        "damping": 0.5,
    },
    "wire": {"length": "60 nm", "cells": 30},
    "texture": {"kind": "neel", "width": "5.7 nm"},
    "temperature": {"kind": "uniform", "value": "300 K"},
    "drive": {"magnetic_field": [0.0, 0.0, 5e4]},
    "field": {"exchange": True, "uniaxial_anisotropy": True},
    "transport": {"model": "none"},
    "dynamics": {
        "end_time": 2e-12, "save_interval": 1e-12, "stop": "end", "relax": True,
        "steady_rate": 1e9,
    },
}  # fmt: skip


def pulled(**dynamics):
    return {**PULLED, "dynamics": {**PULLED["dynamics"], **dynamics}}


@pytest.mark.slow
def test_members_that_differ_in_relax_field_each_have_their_own():
    """With the field the wall goes while it relaxes, without it it stays in the middle."""
    configs = [pulled(relax_field=False), pulled(relax_field=True, steady_rate=3e10)]
    for together, config in zip(simulate_batch(configs), configs, strict=True):
        alone = simulate(config)
        np.testing.assert_allclose(
            together["magnetisation"].values, alone["magnetisation"].values, atol=1e-12
        )
    still, led = (float(d["magnetisation"][0].mean("x")[2]) for d in simulate_batch(configs))
    assert abs(still) < 1e-6 < 0.1 < led


@pytest.mark.parametrize(
    ("one", "other", "key"),
    [
        (
            {"transport": {"momentum_window": [1.0, 1.15]}},
            {"transport": {"momentum_window": [1.3, 1.8]}},
            "transport.momentum_window",
        ),
        ({}, {"dynamics": {"relax": True}}, "dynamics.relax"),
        ({}, {"transport": {"update": 1e-3}}, "transport.update"),
        ({}, {"field": {"exchange": True}, "material": {"exchange_stiffness": 1e-11}}, "exchange"),
    ],
    ids=["panels of momenta", "relaxation", "held torque", "terms of the field"],
)
def test_members_of_another_structure_are_refused_with_their_keys(one, other, key):
    with pytest.raises(InputError, match=rf"one shape.*{key}"):
        simulate_batch([small(**one), small(**other)])


@pytest.mark.slow
def test_members_may_differ_in_the_tolerance_of_the_held_torque():
    updates = (1e-2, 1e-4)
    configs = [small(transport={"update": u}, dynamics={"end_time": 2e-11}) for u in updates]
    for together, config, update in zip(simulate_batch(configs), configs, updates, strict=True):
        error = float(together["transport_update_error"].max())
        assert 1e-2 * update < error <= update
        # The length of an interval follows from small errors, so rounding moves M by more than ε.
        np.testing.assert_allclose(
            together["magnetisation"].values, simulate(config)["magnetisation"].values, atol=1e-4
        )


def test_a_run_does_not_go_on_as_another_one():
    begun = simulate(small(dynamics={"end_time": 2e-11}))
    other = small(temperature={"gradient": 4e9})
    with pytest.raises(InputError, match=r"temperature\.gradient \(2000000000.0 → 4000000000.0\)"):
        simulate(other, resume=begun)
    longer = simulate({**SMALL, "dynamics": {**SMALL["dynamics"], "end_time": 3e-11}}, resume=begun)
    assert float(longer["time"][-1]) == pytest.approx(3e-11)
