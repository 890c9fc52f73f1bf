"""Factors of time: values, continuity at the breaks that they name, and nowhere else a jump."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from boltzwall.physics.waveforms import AlwaysOn, LinearRamp, Pulse, Ramp, Sine, Tabulated

jax.config.update("jax_enable_x64", True)


def _numbers(*values):
    return tuple(jnp.asarray(value) for value in values)


RAMP = Ramp(*_numbers(1e-10, 4e-10))
LINE = LinearRamp(*_numbers(1e-10, 4e-10))
PULSE = Pulse(*_numbers(1e-10, 5e-10, 2e-10))
SINE = Sine(*_numbers(2e9, 0.3, 1e-10))
TABLE = Tabulated(jnp.asarray([0.0, 1e-10, 3e-10]), jnp.asarray([0.5, 1.0, -1.0]))
WAVES = {
    "constant": AlwaysOn(),
    "ramp": RAMP,
    "line": LINE,
    "pulse": PULSE,
    "sine": SINE,
    "table": TABLE,
}


def _values(wave, times):
    return np.asarray(jax.vmap(wave.at)(jnp.asarray(times)))


def test_ramp():
    times = np.array([0.0, 1e-10, 2e-10, 3e-10, 5e-10, 9e-10])
    np.testing.assert_allclose(_values(RAMP, times), [0, 0, 0.15625, 0.5, 1, 1], atol=1e-15)
    assert RAMP.breaks() == pytest.approx((1e-10, 5e-10))


def test_linear_ramp():
    times = np.array([0.0, 1e-10, 2e-10, 3e-10, 5e-10, 9e-10])
    np.testing.assert_allclose(_values(LINE, times), [0, 0, 0.25, 0.5, 1, 1], atol=1e-15)
    assert LINE.breaks() == pytest.approx((1e-10, 5e-10))


@pytest.mark.parametrize("kind", [Ramp, LinearRamp])
def test_ramp_of_no_duration_is_a_jump(kind):
    jump = kind(*_numbers(1e-10, 0.0))
    np.testing.assert_array_equal(_values(jump, [0.0, 0.999e-10, 1e-10, 2e-10]), [0, 0, 1, 1])
    assert jump.breaks() == (1e-10,)


@pytest.mark.parametrize("rise", [0.0, 1e-10, 5e-10, 8e-10])
def test_area_of_a_pulse_is_its_duration(rise):
    pulse = Pulse(*_numbers(1e-10, 5e-10, rise))
    times = np.linspace(0.0, 2e-9, 200001)
    values = _values(pulse, times)
    np.testing.assert_allclose(np.sum(values) * 1e-14, 5e-10, rtol=1e-4)
    assert values[-1] == 0.0
    assert values.min() >= 0.0
    part = min(5e-10 / rise, 1.0) if rise else 1.0
    assert values.max() == pytest.approx(1.5 * part - 0.5 * part**3)


def test_pulse():
    times = np.array([0.0, 2e-10, 4e-10, 6e-10, 7e-10, 8e-10, 1e-9])
    np.testing.assert_allclose(_values(PULSE, times), [0, 0.5, 1, 1, 0.5, 0, 0], atol=1e-12)
    assert PULSE.breaks() == pytest.approx((1e-10, 3e-10, 6e-10, 8e-10))


def test_sine():
    times = np.array([0.0, 1.5e-10, 1e-9])
    exact = np.sin(4e9 * np.pi * (times - 1e-10) + 0.3) * (times >= 1e-10)
    np.testing.assert_allclose(_values(SINE, times), exact, atol=1e-12)


def test_table():
    times = np.array([-1.0, 0.5e-10, 2e-10, 1.0])
    np.testing.assert_allclose(_values(TABLE, times), [0.5, 0.75, 0.0, -1.0], atol=1e-15)
    assert TABLE.breaks() == (0.0, 1e-10, 3e-10)


def test_constant():
    np.testing.assert_array_equal(_values(AlwaysOn(), [-1.0, 0.0, 5.0]), 1.0)
    assert AlwaysOn().breaks() == ()


@pytest.mark.parametrize("name", WAVES)
def test_smooth_between_the_breaks(name):
    """The second difference is of the second order away from the breaks."""
    wave, step = WAVES[name], 1e-13
    times = np.arange(0.0, 1.2e-9, step) + 0.37 * step
    bends = np.abs(np.diff(_values(wave, times), 2))
    middles = times[1:-1]
    for moment in wave.breaks():
        bends = np.where(np.abs(middles - moment) < 1.5 * step, 0.0, bends)
    assert bends.max() < (2.0 * np.pi * 2e9 * step) ** 2
