"""Derivatives of u and β_eff in the consistent model, in reverse mode, against differences."""

from dataclasses import replace
from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest

from boltzwall.transport.consistent.outputs import torque_parameters
from tests.consistent_wires import UNEQUAL, ConsistentWire, Constants
from tests.systems.consistent_transport import CHARGE

# Nodes do not move with J in reverse mode; with fast electrons these resolve the response.
FAST = replace(UNEQUAL, fermi_energy=0.3 * CHARGE)
WIRE = ConsistentWire(None, 16e-9, FAST, cells=16, nodes=32, panels=24, gradient=2e9)  # type: ignore[arg-type]
STEPS = {"exchange": 1e-3, "flip": 1e-3, "width": 1e-3}
DRIVES = ("field", "gradient")


def _wall(width):
    """A wall in the middle, M at the centres and at both ends."""
    x = jnp.concatenate([jnp.asarray(WIRE.x), jnp.array([0.0, WIRE.length])])
    zeta = (x - 0.5 * WIRE.length) / width
    sech = 1.0 / jnp.cosh(zeta)
    m = jnp.stack([0.8 * sech, 0.6 * sech, -jnp.tanh(zeta)], axis=-1)
    return m[:-2], m[-2:]


def _parameters(values, constants: Constants, options: Any):
    """(u, β_eff/β) of the field and of the gradient, u in units of 1e-6 and 1 m/s."""
    constants = eqx.tree_at(
        lambda c: (c.carriers.exchange_splitting, c.carriers.spin_flip_time),
        constants,
        (values["exchange"], values["flip"]),
    )
    model = constants.model(options)
    m, ends = _wall(values["width"])
    spin = model.respond(m, ends).spin
    found = [torque_parameters(m, model.spacing, model.torque(m, spin[..., k])) for k in (0, 1)]
    scale = jnp.array([1.0, WIRE.gradient])
    velocity = scale * jnp.stack([part.u for part in found])
    return jnp.concatenate([velocity, jnp.stack([part.beta for part in found])])


_value = eqx.filter_jit(_parameters)
# One row at a time: all four at once take far longer to compile, and gigabytes.
_slope = eqx.filter_jit(jax.grad(lambda values, row, *model: row @ _parameters(values, *model)))


@pytest.mark.slow
@pytest.mark.parametrize("streams", [2, 4])
def test_gradients_of_velocity_and_beta(streams):
    wire = WIRE.but(streams=streams)
    constants, options = wire.constants, wire.options
    values = {
        "exchange": constants.carriers.exchange_splitting,
        "flip": constants.carriers.spin_flip_time,
        "width": jnp.asarray(3e-9),
    }
    size = np.asarray(_value(values, constants, options))
    rows = [_slope(values, row, constants, options) for row in jnp.eye(4)]
    slopes = {name: np.array([float(row[name]) for row in rows]) for name in values}
    for name, step in STEPS.items():

        def at(shift, name=name, step=step):
            moved = {**values, name: values[name] * (1.0 + shift * step)}
            return np.asarray(_value(moved, constants, options))

        rise = (8.0 * (at(1.0) - at(-1.0)) - (at(2.0) - at(-2.0))) / (12.0 * step)
        found = slopes[name] * float(values[name])
        error = np.abs(found - rise) / np.maximum(np.abs(rise), 1e-3 * np.abs(size))
        print(streams, name, "x ∂/∂x:", found, "error", error)
        assert np.all(error < 1e-6), (name, found, rise)
