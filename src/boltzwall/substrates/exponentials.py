"""Step responses as sums of exponentials, so that a memory costs a few numbers, not its past."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from boltzwall.substrates.responses import Layer, half_space_rise, layered_response
from boltzwall.values import Values

_SHORTEST, _LONGEST = 1e-8, 1e7  # s = Dt/w² over which the sums hold
_LATEST = 1e-2  # s, for layers
_TIMES_PER_RATE = 4


@dataclass(frozen=True)
class Exponentials:
    """P(t) ≈ instant + Σ amplitude (1 − e^{−rate t}), no number below 0.

    Such a sum exists for every body that heat diffuses in; none of its parts warms by itself.

    Attributes:
        instant: what of P is there at once; it stands for all that is faster than the sum.
        error: largest relative difference from P between the times of ``span``.
    """

    rates: Values
    amplitudes: Values
    instant: float
    error: float
    span: tuple[float, float]

    def at(self, t: Values) -> Values:
        """P of the sum."""
        gone = -np.expm1(-np.multiply.outer(np.asarray(t), self.rates))
        return np.asarray(self.instant + gone @ self.amplitudes)


@lru_cache(maxsize=1)
def half_space_terms() -> Exponentials:
    """P κ_s/w of every half-space and every width, over s = D_s t/w²."""
    return _fitted(half_space_rise, (_SHORTEST, _LONGEST), 3)


@lru_cache(maxsize=64)
def layered_terms(film: Layer, width: float, scale: float | None = None) -> Exponentials:
    """P in K m²/W of a film or membrane under a strip, over t in s.

    Arguments:
        scale: the width in m that the times are chosen by, so that strips of several widths share
            their rates; else ``width``.
    """
    area = (scale or width) ** 2
    quickest = film.medium.diffusivity
    if film.below is not None:
        quickest = max(quickest, film.below.diffusivity)
    span = (_SHORTEST * area / film.medium.diffusivity, min(_LONGEST * area / quickest, _LATEST))
    return _fitted(lambda t: layered_response(t, width, film), span, 4)


def _fitted(
    response: Callable[[Values], Values], span: tuple[float, float], per_decade: int
) -> Exponentials:
    """Amplitudes by least squares of the relative error, none below 0."""
    from scipy.optimize import nnls  # here: most commands need no heat

    decades = np.log10(span[1] / span[0])
    times = np.geomspace(*span, int(decades * per_decade) * _TIMES_PER_RATE)
    # Nothing is much faster than the span: what is left there makes the instant part.
    rates = np.geomspace(0.3 / span[1], 2.0 / span[0], int((decades + 0.8) * per_decade))
    wanted = response(times)
    matrix = np.hstack([np.ones((times.size, 1)), -np.expm1(-np.outer(times, rates))])
    found, _ = nnls(matrix / wanted[:, None], np.ones(times.size), maxiter=10_000)
    terms = Exponentials(rates, found[1:], float(found[0]), 0.0, span)
    between = np.geomspace(*span, 2 * times.size + 1)
    error = float(np.max(np.abs(terms.at(between) / response(between) - 1.0)))
    return replace(terms, error=error)
