"""What drives the electrons, S_± and the exchange force of [C1],[C2], gathered on momentum nodes.

The equations are linear and each spin band is driven near its own Fermi edge, so each has its own
nodes, of half the number: the electrons that the minority's source drives, in all four components,
are followed on the nodes of the minority, and those of the majority likewise. At a node k stands
the source integrated over p against the node's Lagrange polynomial ℓ_k, c dp the density of states:

    strength  Φ_k = ∫ c ℓ_k φ dp,      φ_s = (−∂f_s/∂ε) × { −e,  −(ε_s − µ) g/T }
    turning   I1_k = ∫ c ℓ_k h/p dp,   I2_k = ∫ c ℓ_k' h dp,    h = ½ τ_s v φ_s

for E = 1 V/m, and for the profile g of the temperature gradient. A stream with the cosine µ then
has the source v_k µ Φ_k of its spin and, by parts, the force ½J (∂xM) [(1 − 3µ²) I1 − µ² I2] (in
1D −I2). The velocity stays outside of Φ because <y> is regular at v → 0 for the source vµφ.
By parts, h' brings its τ_s'(ε) along. Where τ_s(ε) breaks, the polynomials are those of the pieces
between the breaks, and [c ℓ_k h] at their ends comes off I2, which sums to 0 as before.
"""

import math
from typing import NamedTuple

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from boltzwall.constants import BOLTZMANN, ELEMENTARY_CHARGE
from boltzwall.numerics.product_rule import ProductRule, gauss_panels
from boltzwall.physics.carriers import Carriers
from boltzwall.physics.fermi import fermi, minus_fermi_slope

REACH = 45.0  # −∂f/∂ε is below 1e-18 of its largest value so many k_BT from the edge
SPINS = (1.0, -1.0)  # minority, majority

_FEWEST_NODES, _FEWEST_PANELS = 6, 8  # of a piece, where the grid is broken into pieces
_NARROW = 1e-6  # of the grid

Profile = Float[Array, "places 2 nodes"]


class GridCounts(NamedTuple):
    """How many momentum nodes, and panels of the fine grid of p from which they follow."""

    nodes: int
    panels: int


class DriveSources(eqx.Module):
    """Sources at some places of the wire, for the two drives (E, gradient), per momentum node.

    Attributes:
        momenta: p of the nodes; the first half belongs to the minority.
        energy: ε in J from µ at which they are driven, and at which both their times are taken.
        spin: +1 or −1, the band that is driven there.
    """

    momenta: Float[Array, " nodes"]
    energy: Float[Array, " nodes"]
    spin: Float[Array, " nodes"]
    strength: Profile
    across: Profile
    along: Profile

    @classmethod
    def of(
        cls,
        carriers: Carriers,
        temperature: Float[Array, " places"],
        gradient: Float[Array, " places"],
        counts: GridCounts,
    ) -> "DriveSources":
        """Gather the sources.

        Arguments:
            temperature: T in K, and ``gradient``: g, the profile of ∇T for an amplitude of 1 K/m.
            counts: nodes of both bands together. Where the times are not smooth, the nodes are
                shared out to the pieces between their breaks, and there may be more.
        """
        each = counts._replace(nodes=counts.nodes // 2)
        bands = [_band(carriers, sign, temperature, gradient, each) for sign in SPINS]
        momenta, energy, strength, across, along = (
            jnp.concatenate(parts, axis=-1) for parts in zip(*bands, strict=True)
        )
        spin = jnp.repeat(jnp.asarray(SPINS), momenta.size // 2)
        return cls(momenta, energy, spin, strength, across, along)

    def at_fixed_energy(self, mass: Array, step: Array) -> "DriveSources":
        """What the force lacks where the times depend on the energy, on nodes of its own.

        By parts ∂_p of the force goes over to the answer y(p, ε) of the electrons, whose times
        are those at ε, at a fixed ε. I2 takes it along the band instead, ε = ε_s(p), and this
        takes −v ∂_ε y off again, by the difference of nodes at ε ± ``step``.
        """
        lacking = self.momenta**2 / mass * self.across / (2.0 * step)
        none = jnp.zeros((*lacking.shape[:-1], 2 * lacking.shape[-1]))
        return DriveSources(
            jnp.tile(self.momenta, 2),
            jnp.concatenate([self.energy + step, self.energy - step]),
            jnp.tile(self.spin, 2),
            none,
            none,
            jnp.concatenate([-lacking, lacking], axis=-1),
        )


class Background(eqx.Module):
    """The local equilibrium g0 = ½(f_+ − f_-) on nodes of its own: what a moving M leaves behind.

    g0 reaches from one Fermi edge to the other, and its nodes cover both. At a node stands
    Γ_k = ∫ c ℓ_k g0 dp ≤ 0, and in ``texture`` the same of r = g0 − ½J F0', which a texture has
    across M.
    """

    momenta: Float[Array, " nodes"]
    strength: Float[Array, "places nodes"]
    texture: Float[Array, "places nodes"]

    @classmethod
    def of(
        cls, carriers: Carriers, temperature: Float[Array, " places"], counts: GridCounts
    ) -> "Background":
        """For T in K."""
        count, panels = counts
        low, _ = _limits(carriers, 1.0, jnp.max(temperature))
        _, high = _limits(carriers, -1.0, jnp.max(temperature))
        p, weights = gauss_panels(low, high, panels)
        middle = p * p / (2.0 * carriers.mass) - carriers.fermi_energy
        half, kelvin = 0.5 * carriers.exchange_splitting, temperature[:, None]
        # f_- − f_+ = f_-(1 − f_+)(1 − e^{−J/k_BT}), without a difference of numbers close to 1.
        between = fermi(middle - half, kelvin) * fermi(-middle - half, kelvin)
        g0 = 0.5 * between * jnp.expm1(-2.0 * half / (BOLTZMANN * kelvin))
        measure = weights * carriers.phase_space(p)
        rule = _rule(p, measure * jnp.mean(between, axis=0), count)
        slopes = sum(minus_fermi_slope(middle + sign * half, kelvin) for sign in SPINS)
        parts = (g0, g0 + 0.5 * half * slopes)
        return cls(rule.nodes, *((part * measure) @ rule.basis for part in parts))


class _Pieces(NamedTuple):
    """The fine grid of p of one spin: Gauss points on each piece, between its two ends.

    A piece ends where τ(ε) is not smooth. Its own ends come first and last and have no weight.
    """

    points: Float[Array, "pieces fine"]
    weights: Float[Array, "pieces fine"]

    @classmethod
    def of(cls, carriers: Carriers, sign: float, hottest: Array, panels: int) -> "_Pieces":
        """They cover −∂f/∂ε at every temperature of the wire."""
        low, high = _limits(carriers, sign, hottest)
        breaks = carriers.scattering.breaks
        kinetic = breaks + carriers.fermi_energy - 0.5 * sign * carriers.exchange_splitting
        inner = jnp.sqrt(2.0 * carriers.mass * jnp.maximum(kinetic, 0.0))
        # Where no band is, and beyond the grid, some narrow piece remains.
        room = _NARROW * (high - low) * jnp.arange(1.0, breaks.size + 1.0)
        inner = jnp.clip(inner, low + room, high - room[::-1])
        ends = jax.lax.stop_gradient(jnp.concatenate([low[None], inner, high[None]]))
        each = max(panels // (breaks.size + 1), _FEWEST_PANELS)
        points, weights = jax.vmap(lambda a, b: gauss_panels(a, b, each))(ends[:-1], ends[1:])
        none = jnp.zeros((breaks.size + 1, 1))
        return cls(
            jnp.concatenate([ends[:-1, None], points, ends[1:, None]], axis=1),
            jnp.concatenate([none, weights, none], axis=1),
        )

    def derived(self, values: Array, rule: ProductRule) -> Array:
        """∫ ℓ_k' y dp − [ℓ_k y] at the inner ends, for y (…, pieces, fine) at the points."""
        within = jnp.einsum("...pf,pfk->...pk", self.weights * values, rule.slope)
        inner = jnp.ones(self.points.shape[0] + 1).at[np.array([0, -1])].set(0.0)[:, None]
        left, right = (
            values[..., end, None] * rule.basis[:, end] * part
            for end, part in ((0, inner[:-1]), (-1, inner[1:]))
        )
        return within + left - right


def _band(
    carriers: Carriers, sign: float, temperature: Array, gradient: Array, counts: GridCounts
) -> tuple[Array, ...]:
    """(momenta, their ε, Φ, I1, I2) of one spin."""
    nodes, panels = counts
    grid = _Pieces.of(carriers, sign, jnp.max(temperature), panels)
    p, states = grid.points, carriers.phase_space(grid.points)
    energy = _energy(carriers, sign, p)
    window = minus_fermi_slope(energy, temperature[:, None, None])
    forces = (
        -ELEMENTARY_CHARGE * jnp.ones_like(window),
        -energy * (gradient / temperature)[:, None, None],
    )
    phi = jnp.stack([window * force for force in forces], axis=1)
    count = nodes if p.shape[0] == 1 else max(math.ceil(nodes / p.shape[0]), _FEWEST_NODES)
    weight = grid.weights * states * jnp.mean(window, axis=0)
    rule = jax.vmap(lambda points, w: _rule(points, w, count))(p, weight)
    times = carriers.times(energy)
    time = times.minority if sign > 0.0 else times.majority
    pushed = phi * states
    bent = 0.5 * time / carriers.mass * pushed

    def gathered(values: Array) -> Array:
        return jnp.einsum("...pf,pfk->...pk", grid.weights * values, rule.basis)

    profiles = gathered(pushed), gathered(bent), grid.derived(p * bent, rule)
    momenta = rule.nodes.reshape(-1)
    return (
        momenta,
        _energy(carriers, sign, momenta),
        *(part.reshape(*part.shape[:-2], -1) for part in profiles),
    )


def _energy(carriers: Carriers, sign: float, p: Array) -> Array:
    """ε_± of one spin, from µ."""
    shift = 0.5 * sign * carriers.exchange_splitting
    return p * p / (2.0 * carriers.mass) + shift - carriers.fermi_energy


def _limits(carriers: Carriers, sign: float, hottest: Array) -> tuple[Array, Array]:
    """The momenta between which −∂f/∂ε of one spin is not negligible."""
    edge = carriers.fermi_energy - 0.5 * sign * carriers.exchange_splitting
    # An integral does not depend on its grid: derivatives are taken of the integrands alone.
    edge, mass, reach = jax.lax.stop_gradient((edge, carriers.mass, REACH * BOLTZMANN * hottest))
    low = jnp.sqrt(2.0 * mass * jnp.maximum(edge - reach, 0.0))
    return low, jnp.sqrt(2.0 * mass * (jnp.maximum(edge, 0.0) + reach))


def _rule(p: Array, weight: Array, count: int) -> ProductRule:
    # Where the nodes lie hardly changes a result: its derivatives leave them where they are.
    return ProductRule.of(p, jax.lax.stop_gradient(weight), count)
