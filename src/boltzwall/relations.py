"""Relations between numbers, each once, for plain numbers as for arrays; nothing here needs JAX."""

from typing import Any

from boltzwall.constants import REDUCED_PLANCK


def xi_of(exchange_splitting: Any, spin_flip_time: Any) -> Any:
    """ξ = Jτ_sf/ħ, below (16)."""
    return exchange_splitting * spin_flip_time / REDUCED_PLANCK


def beta_q(xi: Any) -> Any:
    """β_Q = ξ/(1 + ξ²), (25)."""
    return xi / (1.0 + xi**2)
