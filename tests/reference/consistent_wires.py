"""Wires for the tests of the consistent model's reference solver."""

from dataclasses import fields, replace

import numpy as np

from tests.reference.consistent_problem import ConsistentProblem
from tests.systems.consistent_transport import Electrons

TABLE = Electrons()
UNEQUAL = replace(TABLE, time_minority=0.7e-15, time_majority=2e-15)
FLIPPING = replace(TABLE, spin_flip_time=3e-15)
DIRECTION = (0.3, -0.5, 0.7)


def wire(texture, length, electrons=UNEQUAL, temperature=300.0, gradient=1e9, **settings):
    """A wire whose temperature rises linearly from `temperature`."""
    return ConsistentProblem(
        texture,
        lambda x: temperature + gradient * np.asarray(x),
        lambda x: gradient + 0.0 * np.asarray(x),
        length,
        **of_electrons(electrons),
        **settings,
    )


def of_electrons(electrons):
    """The constants of ``electrons`` as the problem takes them."""
    names = {f.name for f in fields(electrons)} - {"dimension", "law"}
    constants = {name: getattr(electrons, name) for name in names}
    law = (electrons.time, electrons.time_slope)
    return constants | {"law": law, "breaks": electrons.breaks}


def isothermal_wire(texture, length, electrons=UNEQUAL, **settings):
    """The gradient drives, but T(x) is 300 K everywhere."""
    problem = wire(texture, length, electrons, **settings)
    return replace(problem, temperature=lambda x: 300.0 + 0.0 * np.asarray(x))


def angles(problem):
    mu, weights = problem.directions()
    return {"mu": tuple(mu), "weights": tuple(weights)}
