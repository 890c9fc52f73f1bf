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
"""

import equinox as eqx
import jax
import jax.numpy as jnp
from jaxtyping import Array, Float

from boltzwall.constants import BOLTZMANN, ELEMENTARY_CHARGE
from boltzwall.numerics.product_rule import ProductRule, gauss_panels
from boltzwall.physics.carriers import Carriers
from boltzwall.physics.fermi import fermi, minus_fermi_slope

REACH = 45.0  # −∂f/∂ε is below 1e-18 of its largest value so many k_BT from the edge
SPINS = (1.0, -1.0)  # minority, majority

Profile = Float[Array, "places 2 nodes"]


class Drive(eqx.Module):
    """Sources at some places of the wire, for the two drives (E, gradient), per momentum node.

    Attributes:
        momenta: p of the nodes; the first half belongs to the minority.
        spin: +1 or −1, the band that is driven there.
    """

    momenta: Float[Array, " nodes"]
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
        counts: tuple[int, int],
    ) -> "Drive":
        """Gather the sources.

        Arguments:
            temperature: T in K, and ``gradient``: g, the profile of ∇T for an amplitude of 1 K/m.
            counts: nodes of both bands together, and panels of the fine grid of p.
        """
        nodes, panels = counts
        bands = [
            _band(carriers, sign, temperature, gradient, (nodes // 2, panels)) for sign in SPINS
        ]
        momenta, strength, across, along = (
            jnp.concatenate(parts, axis=-1) for parts in zip(*bands, strict=True)
        )
        spin = jnp.repeat(jnp.asarray(SPINS), nodes // 2)
        return cls(momenta, spin, strength, across, along)


class Background(eqx.Module):
    """The local equilibrium g0 = ½(f_+ − f_-) on nodes of its own: what a moving M leaves behind.

    g0 reaches from one Fermi edge to the other, and its nodes cover both. At a node stands
    Γ_k = ∫ c ℓ_k g0 dp ≤ 0.
    """

    momenta: Float[Array, " nodes"]
    strength: Float[Array, "places nodes"]

    @classmethod
    def of(
        cls, carriers: Carriers, temperature: Float[Array, " places"], counts: tuple[int, int]
    ) -> "Background":
        """For T in K; ``counts``: nodes, and panels of the fine grid of p."""
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
        return cls(rule.nodes, (g0 * measure) @ rule.basis)


def _band(
    carriers: Carriers, sign: float, temperature: Array, gradient: Array, counts: tuple[int, int]
) -> tuple[Array, Array, Array, Array]:
    """(momenta, Σ, I1, I2) of one spin."""
    count, panels = counts
    p, weights = _fine_grid(carriers, sign, jnp.max(temperature), panels)
    velocity, states = p / carriers.mass, carriers.phase_space(p)
    shift = 0.5 * sign * carriers.exchange_splitting
    energy = p * p / (2.0 * carriers.mass) + shift - carriers.fermi_energy
    window = minus_fermi_slope(energy, temperature[:, None])
    forces = (
        -ELEMENTARY_CHARGE * jnp.ones_like(window),
        -energy * (gradient / temperature)[:, None],
    )
    phi = jnp.stack([window * force for force in forces], axis=1)
    rule = _rule(p, weights * states * jnp.mean(window, axis=0), count)
    time = carriers.time_minority if sign > 0.0 else carriers.time_majority
    pushed = phi * weights * states
    turned = 0.5 * time * velocity * pushed
    return (
        rule.nodes,
        pushed @ rule.basis,
        (turned / p) @ rule.basis,
        turned @ rule.slope,
    )


def _fine_grid(carriers: Carriers, sign: float, hottest: Array, panels: int) -> tuple[Array, Array]:
    """Points and weights in p that cover −∂f/∂ε of one spin at every temperature of the wire."""
    low, high = _limits(carriers, sign, hottest)
    return gauss_panels(low, high, panels)


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
