"""Step responses of a substrate under an endless strip, [H3] and [H4]."""

from dataclasses import dataclass

import numpy as np

from boltzwall.values import Values

_POINTS = 16  # of Talbot's contour
_PANEL_NODES = 10
_OSCILLATIONS = 16  # of sinc² that are followed one by one; its mean 1/2u² from there on
_DEEPEST = 1e-9  # the smallest kw/2
_GONE = 20.0  # exp(-2 kd) is nothing from this kd on


@dataclass(frozen=True)
class Medium:
    """What heat diffuses in: κ in W/(m K) and C in J/(m³ K)."""

    conductivity: float
    capacity: float

    @property
    def diffusivity(self) -> float:
        """D = κ/C, m²/s."""
        return self.conductivity / self.capacity


@dataclass(frozen=True)
class Layer:
    """A layer between the wire and what bears it.

    Attributes:
        thickness: m.
        below: the half-space under it; None: nothing, a membrane that hangs freely.
    """

    medium: Medium
    thickness: float
    below: Medium | None


def half_space_rise(s: Values | float) -> Values:
    """P κ_s/w of a half-space at s = D_s t/w², [H3].

    It is 2√(s/π) erf(1/2√s) − (2s/π)(1 − e^{−1/4s}) + E₁(1/4s)/2π: as over a plane at first,
    logarithmic in the end.
    """
    from scipy.special import erf, exp1  # here: most commands need no heat

    s = np.asarray(s, dtype=np.float64)
    v = 0.25 / s
    spread = 2.0 * np.sqrt(s / np.pi) * erf(np.sqrt(v))
    return np.asarray(spread + 2.0 * s / np.pi * np.expm1(-v) + exp1(v) / (2.0 * np.pi))


def layered_response(t: Values, width: float, film: Layer) -> Values:
    """P(t) in K m²/W of a film on a half-space, or of a membrane, at times above 0, [H4].

    The half-space of the film's own medium is known in closed form; what the film's lower face
    changes of it is integrated over wave numbers and brought back to time along Talbot's contour.
    """
    medium = film.medium
    s = medium.diffusivity * t / width**2
    alone = width / medium.conductivity * half_space_rise(s)
    rates, weights = _talbot(t)
    nodes, shares = _wave_numbers(width, film.thickness)
    change = np.zeros(t.shape)
    for index in range(_POINTS):
        p = rates[:, index]
        mean = _echo(nodes[None, :], p[:, None], film) @ shares
        change += np.real(weights[:, index] * mean / p)
    return np.asarray(alone + change)


def _echo(k: Values, p: Values, film: Layer) -> Values:
    """Surface impedance of the layers less that of the film's medium alone, K m²/W."""
    own = film.medium
    q = np.sqrt(k**2 + p / own.diffusivity)
    impedance = 1.0 / (own.conductivity * q)
    if film.below is None:
        reflected = np.ones_like(impedance)
    else:
        below = film.below
        beneath = 1.0 / (below.conductivity * np.sqrt(k**2 + p / below.diffusivity))
        reflected = (beneath - impedance) / (beneath + impedance)
    back = reflected * np.exp(-2.0 * q * film.thickness)
    return np.asarray(2.0 * impedance * back / (1.0 - back))


def _talbot(t: Values) -> tuple[Values, Values]:
    """(p, weight) of f(t) = Re Σ weight F(p), of each t: Abate & Valkó, IJNME 60, 979 (2004)."""
    angle = np.arange(1, _POINTS) * np.pi / _POINTS
    cot = 1.0 / np.tan(angle)
    r = 2.0 * _POINTS / 5.0
    delta = np.concatenate([[r + 0j], r * angle * (cot + 1j)])
    slope = 1.0 + 1j * (angle * (1.0 + cot**2) - cot)
    gamma = np.concatenate([[0.5 * np.exp(r) + 0j], slope * np.exp(delta[1:])])
    return delta[None, :] / t[:, None], 0.4 * gamma[None, :] / t[:, None]


def _wave_numbers(width: float, thickness: float) -> tuple[Values, Values]:
    """(k, weight) of ∫dk/2π w sinc²(kw/2) over all k, for what is gone at kd of some 20."""
    highest = max(_GONE * width / (2.0 * thickness), 1.0)
    followed = np.pi * np.arange(1, _OSCILLATIONS + 1)
    edges = np.concatenate([[0.0], np.geomspace(_DEEPEST, np.pi, 30)[:-1], followed])
    far = edges[-1]
    if highest > far:
        panels = 4 * int(np.ceil(np.log2(highest / far)))
        edges = np.concatenate(
            [edges, far * (highest / far) ** (np.arange(1, panels + 1) / panels)]
        )
    node, share = np.polynomial.legendre.leggauss(_PANEL_NODES)
    half = 0.5 * np.diff(edges)[:, None]
    u = (0.5 * (edges[1:] + edges[:-1])[:, None] + half * node).ravel()
    window = np.where(u < far, np.sinc(u / np.pi) ** 2, 0.5 / u**2)
    return 2.0 * u / width, (half * share).ravel() * window * 2.0 / np.pi
