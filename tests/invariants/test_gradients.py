"""Derivatives of a mean torque with respect to the drive, the exchange and the window."""

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest

from tests.systems.textures import TwistedWall
from tests.wires import Wire

WIRES = {
    "march": Wire(TwistedWall(), (0.9, 1.3), cells=40, nodes=32),
    "boundary value": Wire(TwistedWall(), (0.9, 1.3), cells=40, nodes=32, inflow="characteristic"),
}
# How far each is moved for the difference quotient, relative to its own size.
STEPS = {"electric_field": 0.1, "gradient": 1e-2, "exchange": 1e-4, "p_min": 2e-4, "p_max": 1e-3}


def _with(model, values):
    return eqx.tree_at(
        lambda m: (
            m.electric_field,
            m.temperature.gradient,
            m.electrons.exchange_splitting,
            m.window,
        ),
        model,
        (
            values["electric_field"],
            values["gradient"],
            values["exchange"],
            jnp.stack([values["p_min"], values["p_max"]]),
        ),
    )


def _values(model):
    return {
        "electric_field": model.electric_field,
        "gradient": model.temperature.gradient,
        "exchange": model.electrons.exchange_splitting,
        "p_min": model.window[0],
        "p_max": model.window[1],
    }


def _mean_torque(values, model, magnetisation, ends):
    """A component of the mean torque in 1/ns."""
    model = _with(model, values)
    torque = model.torque(magnetisation, model.moments(magnetisation, ends).spin)
    return 1e-9 * jnp.mean(torque @ jnp.array([0.3, -0.7, 0.5]))


_value = eqx.filter_jit(_mean_torque)
_gradient = eqx.filter_jit(jax.grad(_mean_torque))


def _difference(values, name, arguments):
    """Central difference of fourth order."""
    step = STEPS[name] * values[name]

    def at(shift):
        return float(_value({**values, name: values[name] + shift * step}, *arguments))

    rise = 8.0 * (at(1.0) - at(-1.0)) - (at(2.0) - at(-2.0))
    return rise / (12.0 * float(step))


@pytest.mark.slow_but("march")
@pytest.mark.parametrize("name", WIRES)
def test_gradient_of_the_mean_torque(name):
    wire = WIRES[name]
    model = wire.model()
    arguments = (model, wire.magnetisation, wire.ends)
    values = {key: jnp.asarray(value, dtype=float) for key, value in _values(model).items()}
    slopes = _gradient(values, *arguments)
    for key, slope in slopes.items():
        expected = _difference(values, key, arguments)
        size = abs(float(_value(values, *arguments)) / float(values[key]))
        print(f"{name}, {key}: {float(slope):.6e} against {expected:.6e}, T/x {size:.1e}")
        assert np.isfinite(slope)
        np.testing.assert_allclose(slope, expected, rtol=1e-5, err_msg=key)
