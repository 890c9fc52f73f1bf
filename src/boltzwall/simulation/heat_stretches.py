"""The compiled calls of the heat beside a run, each for all members of a batch at once."""

from typing import Any, NamedTuple

import equinox as eqx
import jax
import jax.numpy as jnp
from jaxtyping import Array

from boltzwall.compilation.programs import Kept
from boltzwall.heat import Current, GivenVoltage, HeatState, ThermalWire
from boltzwall.simulation.stretches import each


class Resisting(NamedTuple):
    """M as a resistance at some states.

    Attributes:
        along: M_x in the cells of the window, (states, cells).
        shift: by how many cells that begins further on than the wire.
        ratio: (ρ∥ − ρ⊥)/ρ.
        own: of the walls as elements of the circuit, Ω m², (states,).
    """

    along: Any
    shift: Any
    ratio: Any
    own: Any


@Kept
def warm_members(
    wire: ThermalWire, state: HeatState, nodes: Any, current: Current, extra: Any
) -> tuple[tuple[Array, ...], Array]:
    """The states at the nodes as their leaves, and ∫ρ dx/f in Ω m² at each."""

    def one(wire: Any, state: Any, nodes: Any, current: Any, extra: Any) -> Any:
        found = wire.advance_through(state, nodes[0], nodes[1:], current, extra)
        every = jax.tree.map(lambda a, b: jnp.concatenate([a[None], b]), state, found)
        return tuple(jax.tree.leaves(every)), jax.vmap(wire.resistance_area)(every.temperature)

    return each(one, wire, state, nodes, current, extra)


@Kept
def told_of_members(
    wire: ThermalWire, states: HeatState, times: Any, current: Current, resisting: Resisting
) -> dict[str, Array]:
    """What a Dataset gets of the heat at saved states; resistances times the cross-section."""

    def one(wire: Any, states: Any, times: Any, current: Any, shown: Resisting) -> Any:
        def at(both: Any) -> dict[str, Array]:
            t, state, along, own = both
            kelvin = state.temperature
            rho = wire.metal.resistivity.at(kelvin) / wire.section
            square = in_window(rho, shown.shift) * (along**2 - 1.0 / 3.0)
            added = own + shown.ratio * wire.spacing * jnp.sum(square)
            area = wire.resistance_area(kelvin)
            density = with_added(current, added).density(t, area)
            return {
                "temperature": in_window(kelvin, shown.shift),
                "substrate_temperature": in_window(wire.surface(state), shown.shift),
                "current_density": density,
                "resistance": area + added,
                "voltage": density * (area + added),
                "joule_heat": density**2 * area,
                "_added": added,
                **wire.energies(state),
            }

        return jax.lax.map(at, (times, states, shown.along, shown.own))

    return each(one, wire, states, times, current, resisting)


def with_added(current: Current, added: Any) -> Current:
    """The same current where M adds a resistance times cross-section, Ω m²."""
    if not isinstance(current, GivenVoltage):
        return current
    return eqx.tree_at(lambda c: c.added, current, added)


def in_window(values: Any, shift: Any) -> Any:
    """Values of the wire's cells in a window further on, beyond the wire those of its ends."""
    count = values.shape[-1]
    return values[..., jnp.clip(jnp.arange(count) + shift, 0, count - 1)]
