"""One torque where Ms depends on place or temperature: spin density over the local Ms."""

import numpy as np
import pytest

from boltzwall import simulate, solve_transport

# Small: what is compared does not depend on the cells.
pytestmark = pytest.mark.filterwarnings("ignore:The (magnetisation|cells):UserWarning")

WIRE: dict[str, dict[str, object]] = {
    "wire": {"length": "60 nm", "cells": 24},
    "texture": {"kind": "neel", "width": "6 nm", "centre": "28 nm"},
    "temperature": {"kind": "linear", "cold_end": "250 K", "gradient": "1 K/nm"},
    "dynamics": {"end_time": 2e-14, "save_interval": 1e-14, "stop": "end"},
}
PUBLISHED = {"model": "published", "closure": "repaired-signs", "momentum_nodes": 8}
CONSISTENT = {"model": "consistent", "momentum_nodes": 8}
MODELS = {
    "published": PUBLISHED,
    "two streams": {**CONSISTENT, "streams": 2},
    "four streams": {**CONSISTENT, "streams": 4},
}
PINNING: dict[str, object] = {"kind": "pinning", "centre": "30 nm", "width": "8 nm"}
VARIED: dict[str, dict[str, dict[str, object]]] = {
    "by place": {"profile": {**PINNING, "magnetisation_factor": 0.5}},
    "by temperature": {
        "material": {"curie_temperature": "850 K"},
        "field": {"temperature_law": "bloch", "reference_temperature": "300 K"},
    },
}


def configured(transport, varied=None, **dynamics):
    dynamics = {**WIRE["dynamics"], **dynamics}
    return {**WIRE, **(varied or {}), "transport": transport, "dynamics": dynamics}


@pytest.mark.slow_but("published-by temperature")
@pytest.mark.parametrize("varied", VARIED.values(), ids=VARIED)
@pytest.mark.parametrize("transport", MODELS.values(), ids=MODELS)
def test_every_way_to_the_torque_gives_the_same(transport, varied):
    config = configured(transport, varied)
    run = simulate(config)
    timed = simulate(
        configured(
            {**transport, "time_dependent": True, "initial_distribution": "steady"},
            varied,
            magnetisation="fixed",
        )
    )
    # With M given by its cells, the ends of the wire are extrapolated as in a run.
    alone = solve_transport(config, run["magnetisation"].values[0])["torque_total"].values
    for other in (run["torque_total"][0], timed["torque_total"][0]):
        np.testing.assert_allclose(other, alone, atol=1e-9 * np.abs(alone).max())


@pytest.mark.slow
@pytest.mark.parametrize("varied", VARIED.values(), ids=VARIED)
@pytest.mark.parametrize("transport", MODELS.values(), ids=MODELS)
def test_the_torque_is_that_of_the_spin_density_over_the_local_magnetisation(transport, varied):
    nominal = solve_transport(configured(transport))
    local = solve_transport(configured(transport, varied))
    if "profile" in varied:
        x = local["x"].values
        factor = 1.0 - 0.5 * np.exp(-0.5 * ((x - 30e-9) / 8e-9) ** 2)
    else:
        kelvin = local["temperature"].values
        factor = (1.0 - (kelvin / 850.0) ** 1.5) / (1.0 - (300.0 / 850.0) ** 1.5)
    for name in ("torque_total", "torque_thermal", "torque_electrical"):
        np.testing.assert_allclose(
            local[name].values * factor[:, None],
            nominal[name].values,
            atol=1e-9 * np.abs(nominal[name].values).max(),
        )


@pytest.mark.slow
def test_effective_velocity_is_that_of_the_torque_beside_it():
    config = configured(MODELS["two streams"], VARIED["by place"])
    for dataset in (solve_transport(config), simulate(config).isel(time=0)):
        m, torque = dataset["magnetisation"].values, dataset["torque_total"].values
        dx = float(dataset["x"][1] - dataset["x"][0])
        slope = np.gradient(m, dx, axis=0)
        u = -np.sum(torque * slope) / np.sum(slope**2)
        assert float(dataset["effective_velocity"]) == pytest.approx(u, rel=0.03)


def test_the_polarisation_does_not_depend_on_the_magnetisation():
    nominal = solve_transport(configured(MODELS["two streams"]))
    local = solve_transport(configured(MODELS["two streams"], VARIED["by place"]))
    assert float(local["electrical_polarisation"]) == pytest.approx(
        float(nominal["electrical_polarisation"]), rel=1e-9
    )
