"""Sweeps made up for the tests of their pictures, and what is seen in these."""

import json

import numpy as np
import xarray as xr

GRADIENT, COLD_END, SEED = "temperature.gradient", "temperature.cold_end", "dynamics.noise_seed"
DAMPING, ELECTRIC = "material.damping", "drive.electric_field"
MEANINGS = {
    GRADIENT: ("K/m", "κ, either sign"),
    COLD_END: ("K", "T0, temperature at x = 0"),
    SEED: ("1", "seed of the thermal noise"),
    DAMPING: ("1", "α, Gilbert's damping constant"),
    ELECTRIC: ("V/m", "E along x; not a number where it is found from the current"),
    "wire.cells": ("1", "number of cells"),
    "transport.model": ("1", ""),
}
VELOCITY = "mean_wall_velocity"


def coordinate(key, values, dimension=""):
    units, meaning = MEANINGS[key]
    return (dimension or key, np.asarray(values), {"units": units, "long_name": meaning})


def grid(axes, value, *, status=None, name=VELOCITY, units="m/s"):
    """A sweep over crossed axes with the value of a function of all of them."""
    mesh = np.meshgrid(*axes.values(), indexing="ij")
    status = np.full(mesh[0].shape, "done", dtype=object) if status is None else status
    data = {
        name: (list(axes), np.where(status == "done", value(*mesh), np.nan), {"units": units}),
        "status": (list(axes), status),
        "reason": (list(axes), np.full(status.shape, "", dtype=object)),
    }
    attributes = {"kind": "sweep", "dimensions": json.dumps(list(axes))}
    return xr.Dataset(data, {key: coordinate(key, v) for key, v in axes.items()}, attributes)


def samples(count=40):
    generator = np.random.default_rng(3)
    gradient = generator.uniform(1e9, 6e9, count)
    damping = 10.0 ** generator.uniform(-3.0, 0.0, count)
    status = np.where(np.arange(count) % 10 == 0, "failed", "done").astype(object)
    velocity = np.where(status == "done", gradient / 1e9 - 3.0, np.nan)
    data = {VELOCITY: ("sample", velocity, {"units": "m/s"}), "status": ("sample", status)}
    coordinates = {
        "sample": np.arange(count),
        GRADIENT: coordinate(GRADIENT, gradient, "sample"),
        DAMPING: coordinate(DAMPING, damping, "sample"),
    }
    return xr.Dataset(data, coordinates, {"kind": "sweep", "dimensions": '["sample"]'})


def with_regimes(dataset, words, error=0.0):
    """What the sweep says of how the walls moved, point by point; empty where it knows nothing."""
    known = ["none", "steady", "precessing", "pinned", "transient", "left", "several"]
    codes = np.array([known.index(word) if word else np.nan for word in np.ravel(words)])
    dims, shape = dataset["status"].dims, dataset["status"].shape
    flags = {"flag_meanings": " ".join(known)}
    dataset["wall_motion"] = (dims, codes.reshape(shape), flags)
    dataset[f"{VELOCITY}_error"] = (dims, np.full(shape, error), {"units": "m s-1"})
    return dataset


def panels(figure):
    return [panel for panel in figure.get_axes() if panel.get_visible() and panel.get_xlabel()]


def curves(panel):
    return [line for line in panel.get_lines() if line.get_marker() not in ("x", "None", None, "")]


def texts(figure):
    return [text.get_text() for text in figure.legends[0].get_texts()]
