"""Comparison of arrays, by the error relative to their largest value."""

import numpy as np
from numpy.typing import ArrayLike


def largest_error(actual: ArrayLike, expected: ArrayLike) -> float:
    """Largest difference over the largest expected value."""
    actual, expected = np.asarray(actual), np.asarray(expected)
    if actual.shape != expected.shape:
        raise AssertionError(f"shapes differ: {actual.shape} and {expected.shape}")
    return float(np.abs(actual - expected).max() / np.abs(expected).max())


def assert_close_to_largest(
    actual: ArrayLike, expected: ArrayLike, tolerance: float, name: str = "values"
) -> None:
    """Fail where `actual` is off by more than `tolerance` times the largest expected value.

    A nan, an infinity, different shapes and an expectation that is zero everywhere also fail.
    """
    error = largest_error(actual, expected)
    assert error <= tolerance, f"{name}: error {error:.3g} of the largest, allowed {tolerance:g}"


def measured_orders(errors: ArrayLike, ratio: float = 2.0) -> np.ndarray:
    """Orders of convergence between grids of which each is `ratio` times finer than the last.

    An error of exactly zero counts as the smallest number, so that it does not hide the others.
    """
    sizes = np.maximum(np.asarray(errors, dtype=float), np.finfo(float).tiny)
    return np.log(sizes[:-1] / sizes[1:]) / np.log(ratio)
