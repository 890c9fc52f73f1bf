"""Where the heat stands: what is kept between two calls, and saved with a run."""

from typing import NamedTuple

import equinox as eqx
from jaxtyping import Array, Bool, Float

from boltzwall.heat.current import Current
from boltzwall.typing import PerCell, Scalar


class HeatState(eqx.Module):
    """Arrays alone.

    Attributes:
        temperature: K.
        memory: Y, what the substrate remembers, K; no rows where it remembers nothing.
        ledger: energies since the start in J per m² of cross-section where f = 1: of the current,
            Thomson's, of the laser, of the magnetisation, through the ends, out to the substrate.
        step: a good next time step, s.
        success: False once a step failed.
    """

    temperature: PerCell
    memory: Float[Array, "terms cells"]
    ledger: Float[Array, " 6"]
    step: Scalar
    success: Bool[Array, ""]


class Load(NamedTuple):
    """What acts on the wire from outside of this package.

    Attributes:
        extra_power: W/m³ in each cell, constant in time.
    """

    current: Current
    extra_power: PerCell


class Changes(NamedTuple):
    """What warms the wire, but for the substrate.

    Attributes:
        power: W/m³ in each cell.
        parts: of the whole wire, in the order of the ledger without its last, W/m².
    """

    power: PerCell
    parts: Float[Array, " 5"]
