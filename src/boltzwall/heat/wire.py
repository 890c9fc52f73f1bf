"""The heated wire, [H1], in conservative finite volumes."""

from typing import NamedTuple

import equinox as eqx
import jax
import jax.numpy as jnp
from jaxtyping import Array, Float

from boltzwall.heat.current import Current
from boltzwall.heat.ends import End
from boltzwall.heat.laser import Laser
from boltzwall.heat.laws import Law, Storing
from boltzwall.heat.state import Changes, HeatState, Load
from boltzwall.heat.stepping import advance
from boltzwall.heat.substrate import Contact, Substrate
from boltzwall.typing import Arrays, PerCell, Scalar

_FIRST_STEP = 1e-12  # s


class Metal(NamedTuple):
    """What the wire is made of: κ_th in W/(m K), C in J/(m³ K), ρ in Ω m, S in V/K."""

    conductivity: Law
    capacity: Storing
    resistivity: Law
    seebeck: Law


class ThermalWire(eqx.Module):
    """C ∂tT = ∂x(κ_th f ∂xT)/f + ρj²/f² − (j/f) T S' ∂xT + P/h − Φ/h in cells, [H1].

    f is the cross-section of a cell over that which j belongs to. The thickness h is the same
    everywhere, so that the width carries f.

    Attributes:
        spacing: dx, m.
        thickness: h, m.
        section: f.
        width: w of the cells, m.
        start: T at the start, and T_0 of what is under the wire, K.
        tolerance: error of a time step over 1 K and the rise.
        breaks: times in s at which something else than the current is not smooth.
    """

    spacing: Scalar
    thickness: Scalar
    section: PerCell
    width: PerCell
    start: PerCell
    metal: Metal
    ends: tuple[End, End]
    substrate: Substrate
    laser: Laser | None
    tolerance: Scalar
    breaks: Float[Array, " breaks"]

    @property
    def centres(self) -> PerCell:
        """x of the cells, m."""
        return (jnp.arange(self.start.shape[0]) + 0.5) * self.spacing

    def initial(self) -> HeatState:
        """Everything at T_0."""
        memory = jnp.zeros_like(self.contact().rates)
        return HeatState(
            temperature=self.start,
            memory=memory,
            ledger=jnp.zeros(6),
            step=jnp.asarray(_FIRST_STEP),
            success=jnp.asarray(True),
        )

    def advance(
        self,
        state: HeatState,
        t0: Scalar,
        t1: Scalar,
        current: Current,
        extra_power: PerCell | float = 0.0,
    ) -> HeatState:
        """The state at ``t1`` in s, in steps whose error is controlled.

        Arguments:
            current: its waveform's own breaks must be among ``breaks``, or t0 or t1.
            extra_power: W/m³ in each cell, the same from t0 to t1.
        """
        return advance(self, state, (t0, t1), Load(current, self._per_cell(extra_power)))

    def advance_through(
        self,
        state: HeatState,
        t0: Scalar,
        times: Float[Array, " times"],
        current: Current,
        extra_power: PerCell | float = 0.0,
    ) -> HeatState:
        """The states at ``times`` in s, each from that before."""
        load = Load(current, self._per_cell(extra_power))

        def to(carry: tuple[Scalar, HeatState], t: Scalar) -> tuple[tuple, HeatState]:
            reached = advance(self, carry[1], (carry[0], t), load)
            return (t, reached), reached

        return jax.lax.scan(to, (jnp.asarray(t0, dtype=float), state), times)[1]

    def rate(
        self, state: HeatState, t: Scalar, current: Current, extra_power: PerCell | float = 0.0
    ) -> PerCell:
        """∂tT in K/s."""
        kelvin = state.temperature
        flux = self.contact().flux(self._rise(state), state.memory)
        load = Load(current, self._per_cell(extra_power))
        power = self.changes(t, kelvin, self.density(t, kelvin, current), load).power
        return (power - flux / self.thickness) / self.metal.capacity.at(kelvin)

    def contact(self) -> Contact:
        """To the substrate."""
        return self.substrate.contact(self.width)

    def density(self, t: Scalar, kelvin: PerCell, current: Current) -> Scalar:
        """j in A/m² where f = 1."""
        return current.density(t, self.resistance_area(kelvin))

    def resistance_area(self, kelvin: PerCell) -> Scalar:
        """∫ρ(T) dx/f in Ω m²: over the cross-section where f = 1, the resistance."""
        return self.spacing * jnp.sum(self.metal.resistivity.at(kelvin) / self.section)

    def changes(self, t: Scalar, kelvin: PerCell, j: Scalar, load: Load) -> Changes:
        """What warms the wire, but for the substrate: W/m³ of each cell, and its parts in W/m²."""
        metal, f, dx = self.metal, self.section, self.spacing
        left, right = self._end_flows(t, kelvin)
        kappa = metal.conductivity.at(kelvin)
        conductance = 0.25 * (kappa[1:] + kappa[:-1]) * (f[1:] + f[:-1]) / dx
        flow = jnp.concatenate([left[None], -conductance * jnp.diff(kelvin), -right[None]])
        local = j / f
        joule = metal.resistivity.at(kelvin) * local**2
        gradient = _central(kelvin) / dx
        thomson = -local * kelvin * metal.seebeck.slope_at(kelvin) * gradient
        light = jnp.zeros_like(kelvin)
        if self.laser is not None:
            light = self.laser.intensity(t, self.centres) / self.thickness
        sources = (joule, thomson, light, load.extra_power)
        power = -jnp.diff(flow) / (f * dx) + sum(sources, jnp.zeros_like(kelvin))
        parts = [dx * jnp.sum(f * source) for source in sources]
        return Changes(power, jnp.stack([*parts, left + right]))

    def energies(self, state: HeatState) -> Arrays:
        """Energies since the start in J per m² of cross-section where f = 1, by registry name.

        The residual is relative to all that came in or went out.
        """
        joule, thomson, laser, dissipation, ends, substrate = state.ledger
        stored = self.spacing * jnp.sum(
            self.section * self.metal.capacity.stored(self.start, state.temperature)
        )
        gained = joule + thomson + laser + dissipation + ends - substrate
        moved = jnp.sum(jnp.abs(state.ledger)) + jnp.abs(stored)
        return {
            "heat_joule": joule,
            "heat_thomson": thomson,
            "heat_laser": laser,
            "heat_dissipation": dissipation,
            "heat_ends": ends,
            "heat_substrate": substrate,
            "heat_stored": stored,
            "heat_balance_residual": (stored - gained) / jnp.where(moved > 0.0, moved, 1.0),
        }

    def surface(self, state: HeatState) -> PerCell:
        """T_s in K of the substrate under the wire, beyond the interface."""
        contact = self.contact()
        return state.temperature - contact.interface * contact.flux(self._rise(state), state.memory)

    def _end_flows(self, t: Scalar, kelvin: PerCell) -> tuple[Array, Array]:
        """Heat that comes in at both ends, W/m² of the cross-section where f = 1."""
        kappa = self.metal.conductivity.at(kelvin[jnp.array([0, -1])])
        conductance = 2.0 * kappa * self.section[jnp.array([0, -1])] / self.spacing
        left = self.ends[0].inflow(t, kelvin[0], conductance[0])
        return left, self.ends[1].inflow(t, kelvin[-1], conductance[1])

    def _rise(self, state: HeatState) -> PerCell:
        return state.temperature - self.start

    def _per_cell(self, power: PerCell | float) -> PerCell:
        return jnp.broadcast_to(jnp.asarray(power, dtype=float), self.start.shape)


def _central(values: PerCell) -> PerCell:
    """Differences over two cells halved, and over one at the ends."""
    steps = jnp.diff(values)
    ahead = jnp.concatenate([steps, steps[-1:]])
    behind = jnp.concatenate([steps[:1], steps])
    return 0.5 * (ahead + behind)
