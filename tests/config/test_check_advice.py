"""Configurations and exactly the warnings that they deserve: none false, none missing."""

import pytest

from boltzwall.config import load_config
from boltzwall.config.scales import derived_scales, run_warnings, transport_warnings
from boltzwall.config.scales.cost import duration, expected_cost, size
from boltzwall.config.templates import EXAMPLES

WALL = EXAMPLES["wall"].settings
HEAD = {
    "material": {"preset": "permalloy"},
    "wire": {"length": "600 nm", "cells": 300, "width": "20 nm", "thickness": "10 nm"},
    "texture": {"kind": "head-to-head", "width": "8 nm"},
    "temperature": {"kind": "uniform", "value": 300.0},
    "transport": {"model": "zhang-li", "u": 0.0, "beta": 0.02},
    "field": {"exchange": True, "demagnetising": "local"},
    "dynamics": {"end_time": "10 ns", "relax": True},
}
CONSISTENT = EXAMPLES["consistent"].settings
STILL = {"dynamics.moving_window": False}

# What is changed of which configuration, and a part of each warning that it deserves.
TABLE = [
    (WALL, {}, []),
    (HEAD, {}, []),
    (CONSISTENT, {}, []),
    ({}, {}, []),
    # The wall of 500 nm in 400 nm of wire, and others that do not fit.
    (WALL, {"texture.width": "500 nm"}, ["wider than the wire"]),
    (WALL, {"texture.width": "500 nm", "dynamics.relax": False}, ["wider", "44 times"]),
    (WALL, {"texture.centre": "450 nm"}, ["lies outside the wire"]),
    (WALL, {"texture.centre": "385 nm"}, ["1.3 Δ from the right end"]),
    (WALL, {"texture.centre": "15 nm"}, ["1.3 Δ from the left end"]),
    ({}, {"texture.width": "8 nm"}, ["holds only a part"]),
    # Terms that hold it together.
    (WALL, {"field.exchange": False, "dynamics.method": "explicit"}, ["`field.exchange` is off"]),
    (WALL, {"field.uniaxial_anisotropy": False}, ["domains, along z, are not"]),
    (
        WALL,
        {"field.uniaxial_anisotropy": False, "field.hard_axis_anisotropy": False},
        ["spreads until it fills the wire"],
    ),
    (WALL, {"field.easy_axis": [1, 0, 0]}, ["domains, along z, are not"]),
    (WALL, {"texture.kind": "head-to-head"}, ["domains, along x, are not"]),
    (HEAD, {"texture.kind": "neel"}, ["domains, along z, are not"]),
    ({"transport": {"model": "none"}}, {}, ["`field.exchange` is off"]),
    (CONSISTENT, {"field.exchange": False, "dynamics.method": "explicit"}, ["`field.exchange`"]),
    # Cells.
    (WALL, {"wire.cells": 100}, ["longer than a third", "at least 106 cells"]),
    (WALL, {"wire.cells": 106}, []),
    (HEAD, {"wire.cells": 100, "field.demagnetising": "full"}, ["third", "exchange length"]),
    # The texture and the wall at rest.
    (WALL, {"dynamics.relax": False}, []),
    (WALL, {"dynamics.relax": False, "texture.width": "20 nm"}, ["1.8 times as wide"]),
    (WALL, {"dynamics.relax": False, "texture.width": "7 nm"}, ["0.61 times as wide"]),
    # Polarisation.
    (WALL, {"transport.polarisation": 1.2}, ["lies between −1 and 1"]),
    (WALL, {"transport.polarisation": -1.2}, ["lies between −1 and 1"]),
    (WALL, {"transport.polarisation": -0.9}, []),
    # The way to the end of the wire.
    (WALL, STILL, ["the right end of the wire after 4.08 ns"]),
    (WALL, STILL | {"drive.current_density": "1e12 A/m^2"}, ["the left end of the wire"]),
    (WALL, STILL | {"wire.length": "2 um", "wire.cells": 1000}, []),
    (WALL, STILL | {"drive.current_density": 0.0}, []),
    (WALL, STILL | {"drive.magnetic_field": [0, 0, "200 A/m"]}, ["the right end"]),
    (WALL, STILL | {"drive.magnetic_field": [0, 0, "-700 A/m"]}, ["the left end"]),
    (HEAD, {"drive.magnetic_field": ["2 kA/m", 0, 0]}, ["the right end"]),
    (HEAD, {"drive.magnetic_field": ["2 kA/m", 0, 0], "texture.reverse": True}, ["the left end"]),
    # A run that is too short to become steady.
    (WALL, {"dynamics.end_time": "2 ns"}, ["before the wall becomes steady"]),
    (WALL, {"dynamics.end_time": "2 ns", "material.damping": 0.1}, []),
    # Fields and chirality beyond what holds the wall.
    (WALL, {"drive.magnetic_field": [0, 0, "0.3 MA/m"]}, ["turns over as a whole"]),
    (
        WALL,
        {"field.interfacial_dmi": True, "material.interfacial_dmi": "2e-3 J/m^2"},
        ["M turns into a spiral"],
    ),
    # One dimension.
    (HEAD, {"wire.width": "200 nm", "texture.width": "12 nm"}, []),
    (HEAD, {"wire.width": "200 nm", "wire.thickness": "20 nm"}, ["is a vortex"]),
    # Cost: an hour, a gigabyte.
    (WALL, {"dynamics.end_time": "100 us", "dynamics.save_interval": "1 us"}, ["takes about"]),
    (WALL, {"dynamics.save_interval": "10 fs", "wire.cells": 1000}, ["GB of disk"]),
    (CONSISTENT, {"transport.update": "stage", "dynamics.end_time": "100 ns"}, ["takes", "stage"]),
    # Electrons: only those of the model in use.
    (WALL, {"material.exchange_splitting": "3 eV"}, []),
    (WALL, {"temperature.value": "20 K"}, []),
    ({"wire": {"cells": 20}}, {}, ["precession length", "mean free path"]),
    ({"wire": {"cells": 20}}, {"transport.model": "none"}, ["`field.exchange` is off"]),
    (CONSISTENT, {"wire.cells": 150}, ["β of a gradient's torque suffers", "0.133 rad"]),
    (CONSISTENT, {"wire.cells": 220}, []),
]  # fmt: skip


@pytest.mark.parametrize(("settings", "changes", "parts"), TABLE)
def test_warnings_are_those_that_it_deserves(settings, changes, parts):
    config = load_config(settings).replace(changes) if changes else load_config(settings)
    warnings = list(derived_scales(config).warnings)
    for part in parts:
        assert any(part in text for text in warnings), (part, warnings)
    spoken = [text for text in warnings if any(part in text for part in parts)]
    assert spoken == warnings
    assert len(warnings) <= len(parts)


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_deserve_no_warning(name):
    assert derived_scales(load_config(EXAMPLES[name].settings)).warnings == ()


def test_a_solution_of_the_electrons_is_not_warned_of_a_run():
    config = load_config(CONSISTENT).replace(
        {"wire.cells": 150, "texture.centre": "195 nm", "dynamics.end_time": "1 s",
         "dynamics.save_interval": "1 ms"}
    )  # fmt: skip
    assert len(transport_warnings(config)) == 2
    assert len(run_warnings(config)) > 2


def test_the_published_model_tells_of_its_grid_in_check_alone():
    config = load_config({"wire": {"cells": 20}})
    assert len(derived_scales(config).warnings) == 2
    assert run_warnings(config) == transport_warnings(config) == ()


@pytest.mark.parametrize(
    ("model", "present", "absent"),
    [
        ("zhang-li", {"u", "β", "H_W", "u_W", "Δ", "l_ex"}, {"p_F", "ξ", "p_min", "ε_-"}),
        ("published", {"p_F", "p_min"}, {"ε_-"}),
        ("consistent", {"ε_-", "P", "Δ", "H_W"}, {"p_min"}),
        ("none", {"Δ", "H_W", "Δx"}, {"p_F", "u", "u_W"}),
    ],
)
def test_scales_are_those_of_what_is_solved(model, present, absent):
    settings = {"transport.model": model} | ({"transport.u": 30.0} if model == "zhang-li" else {})
    config = load_config(WALL).replace(settings)
    symbols = {entry.symbol for entry in derived_scales(config).entries}
    assert present <= symbols
    assert not absent & symbols


def test_expected_velocities_are_shown_below_and_above_walker():
    """The wall of the example: βu/α, and (1 + αβ)u/(1 + α²) far above."""
    scales = {entry.name: entry for entry in derived_scales(load_config(WALL)).entries}
    u, alpha, beta = 28.9303, 0.008, 0.02
    below, above = scales["wall velocity below Walker"], scales["wall velocity far above Walker"]
    assert below.value == pytest.approx(beta * u / alpha, rel=1e-4)
    assert "expected" in below.remark
    assert above.value == pytest.approx((1 + alpha * beta) * u / (1 + alpha**2), rel=1e-4)
    assert scales["Walker u"].value == pytest.approx(138.44, rel=1e-3)
    assert "j = 4.7" in scales["Walker u"].remark
    fast = load_config(WALL).replace("drive.current_density", -6e12)
    scales = {entry.name: entry for entry in derived_scales(fast).entries}
    assert "expected" in scales["mean wall velocity above Walker"].remark
    assert "expected" not in scales["wall velocity below Walker"].remark


def test_a_strip_is_counted_in_cells_of_the_exchange_length():
    """100 nm over 5.686 nm, and 400 nm over it."""
    scales = {entry.name: entry for entry in derived_scales(load_config(WALL)).entries}
    entry = scales["cells of a strip in two dimensions"]
    assert entry.value == 71 * 18
    assert "100 nm" in entry.remark


def test_cost_counts_states_steps_and_bytes():
    cost = expected_cost(load_config(WALL))
    assert cost.states == 201
    twice = expected_cost(load_config(WALL).replace("dynamics.end_time", "20 ns"))
    assert twice.states == 401
    assert twice.seconds == pytest.approx(2.0 * cost.seconds, rel=0.05)
    assert twice.bytes == pytest.approx(2.0 * cost.bytes, rel=0.2)
    in_time = expected_cost(load_config(EXAMPLES["time-dependent"].settings))
    assert in_time.evaluations == pytest.approx(100.0)
    noisy = load_config(WALL).replace(
        {"dynamics.thermal_noise": True, "wire.width": 1e-8, "wire.thickness": 1e-8,
         "dynamics.noise_step": 1e-14}
    )  # fmt: skip
    assert expected_cost(noisy).evaluations == pytest.approx(2e6)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.2, "under a second"), (3.21, "3.2 s"), (90, "90 s"), (150.0, "2.5 min"), (9e3, "2.5 h"),
     (4e5, "4.6 days")],
)  # fmt: skip
def test_durations_as_a_person_says_them(seconds, text):
    assert duration(seconds) == text


def test_sizes_as_a_person_says_them():
    assert [size(n) for n in (12.0, 2.5e4, 3.14159e6, 7.5e10)] == [
        "12 B",
        "25 kB",
        "3.14 MB",
        "75 GB",
    ]


PAIR = {
    **WALL,
    "wire": {"length": "800 nm", "cells": 400},
    "texture": {"kind": "walls", "centres": ["300 nm", "500 nm"], "width": "11.4 nm"},
    "dynamics": {"end_time": "10 ns", "save_interval": "50 ps", "stop": "end", "relax": True},
}
SEVERAL = [
    ({"drive.current_density": 0.0}, []),
    ({}, ["Wall 1: At about", "Wall 0: At about"]),
    (
        {"drive.current_density": 0.0, "drive.magnetic_field": [0, 0, "200 A/m"]},
        ["Walls 0 and 1 go towards each other and meet after about 3.71 ns"],
    ),
    (
        {"drive.current_density": 0.0, "drive.magnetic_field": [0, 0, "-300 A/m"]},
        ["Wall 0: At about -", "Wall 1: At about"],
    ),
    ({"drive.current_density": 0.0, "texture.centres": ["300 nm", "340 nm"]}, ["3.5 Δ apart"]),
    ({"drive.current_density": 0.0, "texture.centres": ["10 nm", "400 nm"]}, ["Wall 0: The wall"]),
    (
        {"drive.current_density": 0.0, "dynamics.moving_window": True},
        ["The window stays where it is"],
    ),
    ({"drive.current_density": 0.0, "field.exchange": False, "dynamics.method": "explicit"},
     ["`field.exchange` is off"]),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "parts"), SEVERAL)
def test_warnings_of_several_walls(changes, parts):
    warnings = run_warnings(load_config(PAIR).replace(changes) if changes else load_config(PAIR))
    assert len(warnings) == len(parts), warnings
    for part in parts:
        assert any(part in text for text in warnings), (part, warnings)
    assert not any("`dynamics.moving_window` = true" in text for text in warnings)
