"""From the temperature of a wire to what follows it while it changes."""

from boltzwall.build.place import Place, constant
from boltzwall.dynamics.warming import Warming
from boltzwall.physics.field_terms import Scaling


def build_warming(place: Place) -> Warming | None:
    """T(x, t) in the cells where they are now, and the laws; None where T does not change."""
    if place.history is None:
        return None
    return Warming(
        times=constant(place.history.times),
        kelvin=constant(place.history.at(place.x)),
        start=constant(place.kelvin),
        law=place.law,
        reference=place.reference,
        exponents=tuple(place.exponents[name] for name in Scaling._fields),
    )
