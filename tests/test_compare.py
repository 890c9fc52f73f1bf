"""The comparison that the numerical tests rest on can fail."""

import numpy as np
import pytest

from tests.compare import assert_close_to_largest, largest_error, measured_orders

EXPECTED = np.array([[1.0, -4.0], [0.0, 2.0]])


def test_error_is_relative_to_the_largest_value():
    actual = EXPECTED + np.array([[0.0, 0.0], [4e-3, 0.0]])
    assert largest_error(actual, EXPECTED) == pytest.approx(1e-3)
    assert_close_to_largest(actual, EXPECTED, 1.01e-3)


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        (EXPECTED + 4.1e-3, EXPECTED),
        (EXPECTED[:1], EXPECTED),
        (np.where(EXPECTED == 0.0, np.nan, EXPECTED), EXPECTED),
        (np.where(EXPECTED == 0.0, np.inf, EXPECTED), EXPECTED),
        (-EXPECTED, EXPECTED),
    ],
    ids=["off", "shape", "nan", "inf", "sign"],
)
def test_the_comparison_can_fail(actual, expected):
    with pytest.raises(AssertionError):
        assert_close_to_largest(actual, expected, 1e-3)


@pytest.mark.filterwarnings("ignore:invalid value:RuntimeWarning")
def test_an_expectation_of_zeros_proves_nothing():
    with pytest.raises(AssertionError):
        assert_close_to_largest(np.zeros(3), np.zeros(3), 1e-3)


def test_orders_are_slopes():
    np.testing.assert_allclose(measured_orders([9.0, 1.0, 1.0 / 27.0], 3.0), [2.0, 3.0])
