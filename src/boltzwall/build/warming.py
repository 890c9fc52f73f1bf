"""From the temperature of a wire to what follows it while it changes."""

import numpy as np

from boltzwall.build.place import Place, constant
from boltzwall.dynamics.warming import Warming
from boltzwall.physics.field_terms import Scaling


def build_warming(place: Place) -> Warming | None:
    """T(x, t) in the cells where they are now, and the laws; None where T does not change.

    Where T is computed it stays here as it is at first, until the heat tells more.
    """
    if not place.changes:
        return None
    times, kelvin = np.array([0.0, 1.0]), np.tile(place.kelvin, (2, 1))
    if place.history is not None:
        times, kelvin = place.history.times, place.history.at(place.x)
    return Warming(
        times=constant(times),
        kelvin=constant(kelvin),
        start=constant(place.kelvin),
        law=place.law,
        reference=place.reference,
        exponents=tuple(place.exponents[name] for name in Scaling._fields),
    )
