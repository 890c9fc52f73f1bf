"""Transport coefficients of a uniform wire: what each spin band conducts, and the spin diffusion.

For each spin s, with w(ε) = (dn/dp) v_x² (dp/dε) averaged over the directions,

    K_n^s = ∫ τ_s(ε) w(ε) (ε_s − µ)ⁿ (−∂f_s/∂ε) dε,     σ = e²ΣK0,  S = −ΣK1/(eT ΣK0),
    κ_e = (ΣK2 − (ΣK1)²/ΣK0)/T,                         sums over both spins.

In a parabolic band of d dimensions w ∝ ε^{d/2}, and ∫ w (−f') dε = n_s/m: with a constant time
σ_s = n_s e²τ_s/m at every temperature. "+" is the minority, "−" the majority; µ = E_F from the
middle of the two band bottoms; e > 0.
"""

import equinox as eqx
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from boltzwall.constants import BOLTZMANN, ELEMENTARY_CHARGE
from boltzwall.physics.carriers import Carriers
from boltzwall.typing import Scalar

Nodes = Float[Array, " nodes"]

_REACH = 45.0  # −f' is 1e-19 of its maximum this many kT from µ
_PANELS, _ORDER = 40, 16
_SECOND = np.pi**2 / 3.0  # ∫ z² (−df/dz) dz over all z; it is 1 and 0 for z⁰ and z¹


_REFERENCE, _REFERENCE_WEIGHT = np.polynomial.legendre.leggauss(_ORDER)


def _unit_rule(breaks: Float[Array, " breaks"]) -> tuple[Nodes, Nodes]:
    """Composite Gauss–Legendre nodes and weights on [0, 1], in equal panels that end at breaks."""
    ends = jnp.linspace(0.0, 1.0, _PANELS + 1)
    if breaks.size:
        ends = jnp.sort(jnp.concatenate([ends, jnp.clip(breaks, 0.0, 1.0)]))
    width = jnp.diff(ends)[:, None]
    nodes = ends[:-1, None] + 0.5 * width * (_REFERENCE + 1.0)
    return nodes.reshape(-1), (0.5 * width * _REFERENCE_WEIGHT).reshape(-1)


class Band(eqx.Module):
    """Transport of one spin band.

    Attributes:
        density: n_s in 1/m³.
        conductivity: σ_s in S/m.
        seebeck: S_s in V/K.
        thermal_conductivity: κ_s in W/(m K), at no current in this band.
        diffusion_length: length over which the spin density of electrons at this band's Fermi edge
            decays, in m; see `Conduction`.
    """

    density: Scalar
    conductivity: Scalar
    seebeck: Scalar
    thermal_conductivity: Scalar
    diffusion_length: Scalar


class Conduction(eqx.Module):
    """Transport coefficients of a uniform wire at one temperature.

    **Spin diffusion.** For M uniform and δG along M, [C1] and [C2] without drive separate into

        v_x ∂x δf_± + (δf_± − <δf_±>)/τ_± ± <δG>/τ_sf = 0,      <δG> = ½(<δf_+> − <δf_->),

    at each p, which spin flip does not change. Averaged over the directions with weights 1 and v_x,

        ∂x j_± = ∓<δG>/τ_sf,      j_± = −D_± ∂x<δf_±>,      D_± = <v_x²> τ_±,   <v_x²> = v²/d,

    so that <δG> ∝ e^{±kx} with

        k² = ½(1/D_+ + 1/D_-)/τ_sf = a/(<v_x²> τ_sf),       a = ½(1/τ_+ + 1/τ_-),

    both times at the energy ε_s of the band whose electrons they are.

    Two streams (d = 1) obey this exactly; for τ_+ = τ_- it is k∥² = 1/(τ τ_sf v²). In 3D it
    neglects terms of relative order (kvτ)²; the exact decay solves

        2τ_sf = Σ_± τ_± A_±/(A_± − 1),      A = artanh(κ)/κ,      κ = kvτ_±.

    With b ≠ 0 the mode has D_+<δf_+> = −D_-<δf_->: it carries no charge current but a charge
    density. The model has no potential that would screen it, and none is imposed here. Screening
    would shift both bands alike and would leave the decay of their difference as it is.

    Each p decays on its own. The lengths here are root mean squares, λ² = τ_sf mean(<v_x²>/a),
    with the weight (dn/dp)(−∂f_s/∂ε) of one band, or of both for `spin_diffusion_length`.
    """

    minority: Band
    majority: Band
    temperature: Scalar
    spin_diffusion_length: Scalar

    @property
    def density(self) -> Scalar:
        """n in 1/m³."""
        return self.minority.density + self.majority.density

    @property
    def conductivity(self) -> Scalar:
        """σ in S/m."""
        return self.minority.conductivity + self.majority.conductivity

    @property
    def polarisation(self) -> Scalar:
        """P = (σ_- − σ_+)/σ."""
        return (self.majority.conductivity - self.minority.conductivity) / self.conductivity

    @property
    def seebeck(self) -> Scalar:
        """S in V/K, the mean of S_± weighted with σ_±."""
        return self._response(self.majority) + self._response(self.minority)

    @property
    def spin_conversion(self) -> Scalar:
        """P' = (σ_-S_- − σ_+S_+)/(σS)."""
        return (self._response(self.majority) - self._response(self.minority)) / self.seebeck

    @property
    def peltier(self) -> Scalar:
        """Π = S T in V."""
        return self.seebeck * self.temperature

    @property
    def thermal_conductivity(self) -> Scalar:
        """κ_e in W/(m K), at no charge current.

        It is κ_+ + κ_- + T (σ_+σ_-/σ)(S_+ − S_-)²; the last term is the heat that opposite
        currents in the two bands carry.
        """
        minority, majority = self.minority, self.majority
        reduced = minority.conductivity * majority.conductivity / self.conductivity
        opposite = self.temperature * reduced * (minority.seebeck - majority.seebeck) ** 2
        return minority.thermal_conductivity + majority.thermal_conductivity + opposite

    @property
    def lorenz_ratio(self) -> Scalar:
        """κ_e/(σT) in V²/K²."""
        return self.thermal_conductivity / (self.conductivity * self.temperature)

    @property
    def thermal_spin_current(self) -> Scalar:
        """j_s/∇T without electric field, −σS P'/e, in 1/(m s K); j_s counts spins along +M."""
        return -self.conductivity * self.seebeck * self.spin_conversion / ELEMENTARY_CHARGE

    @property
    def open_circuit_spin_current(self) -> Scalar:
        """j_s/∇T without charge current, σS(P − P')/e, in 1/(m s K)."""
        difference = self.polarisation - self.spin_conversion
        return self.conductivity * self.seebeck * difference / ELEMENTARY_CHARGE

    def _response(self, band: Band) -> Scalar:
        """σ_sS_s/σ."""
        return band.conductivity / self.conductivity * band.seebeck


class _Window(eqx.Module):
    """The rule for one band: z = (ε_s − µ)/kT, the kinetic energy, and what stands at the edge.

    If the band's bottom is further than the reach below µ, the nodes lie symmetrically in z, and
    integrands are taken less their value at z = 0, whose moments are known: the odd part, which
    makes S, then keeps all its digits at 1 K. Otherwise the nodes lie in momentum from p = 0,
    where powers √ε are smooth. Weights carry −df/dz times e^{floor}, so that the ratios of moments
    stay finite for an empty band.

    Attributes:
        ratio: log of the kinetic energy over its reference ``energy``.
        offset: 1 if integrands are taken less their value at z = 0, else 0.
        floor: distance of the band's bottom above µ in kT, 0 if it is below.
    """

    z: Nodes
    weights: Nodes
    ratio: Nodes
    energy: Scalar
    offset: Scalar
    floor: Scalar

    def __init__(self, edge: Scalar, temperature: Scalar, breaks: Float[Array, " breaks"]) -> None:
        thermal = BOLTZMANN * temperature
        height = edge / thermal
        deep = height > _REACH
        at_bottom = jnp.where(deep, 0.0, height)
        top = jnp.sqrt(jnp.maximum(at_bottom, 0.0) + _REACH)
        broken = breaks / thermal
        roots = jnp.sqrt(jnp.maximum(broken + at_bottom, 0.0)) / top
        nodes, unit = _unit_rule(jnp.where(deep, 0.5 * (broken / _REACH + 1.0), roots))
        root = top * nodes
        spread = jnp.where(deep, 1.0 / jnp.where(deep, height, 1.0), 0.0)
        # Without breaks they lie symmetrically about 0 to the last digit.
        symmetric = _REACH * (2.0 * nodes - 1.0 if breaks.size else nodes - nodes[::-1])
        self.floor = jnp.maximum(-height, 0.0)
        self.z = jnp.where(deep, symmetric, root * root - at_bottom)
        distance = jnp.where(deep, jnp.abs(symmetric), jnp.abs(self.z) - self.floor)
        step = jnp.where(deep, 2.0 * _REACH, 2.0 * top * root)
        tail = jnp.exp(-jnp.abs(self.z))
        self.weights = step * unit * jnp.exp(-distance) / (1.0 + tail) ** 2
        self.ratio = jnp.where(deep, jnp.log1p(symmetric * spread), 2.0 * jnp.log(root))
        self.energy = jnp.where(deep, edge, thermal)
        self.offset = jnp.where(deep, 1.0, 0.0)

    def moment(
        self,
        values: Nodes,
        power: float,
        standing: Scalar | float,
        factor: Nodes | Scalar | float = 0.0,
    ) -> Scalar:
        """∫ values(z) (ε/energy)^power e^factor (−df/dz) dz.

        Arguments:
            standing: that integral without power and factor.
            factor: log of what multiplies the band.
        """
        deep = self.offset > 0.0
        exponent = power * self.ratio + factor
        less = jnp.expm1(jnp.where(deep, exponent, 0.0))
        whole = jnp.exp(jnp.where(deep, 0.0, exponent))
        integrand = self.weights * values * jnp.where(deep, less, whole)
        return jnp.sum(integrand) + self.offset * standing


def conduction(carriers: Carriers, temperature: Scalar) -> Conduction:
    """Transport coefficients [C8] of the uniform wire, with the bands [B2] and −∂f/∂ε of (9).

    Arguments:
        temperature: T in K.
    """
    minority, states_plus = _band(carriers, 0, temperature)
    majority, states_minus = _band(carriers, 1, temperature)
    squares = (
        minority.diffusion_length**2 * states_plus + majority.diffusion_length**2 * states_minus
    )
    length = jnp.sqrt(squares / (states_plus + states_minus))
    return Conduction(minority, majority, temperature, length)


def _band(carriers: Carriers, spin: int, temperature: Scalar) -> tuple[Band, Scalar]:
    """One band, and its density of states ∂n_s/∂µ in 1/(J m³).

    n_s/(m ∂n_s/∂µ) is the mean of <v_x²>.

    Arguments:
        spin: 0 for the minority, 1 for the majority.
    """
    window = _Window(carriers.fillings[spin], temperature, carriers.scattering.breaks)
    energy, edge = window.z * BOLTZMANN * temperature, jnp.zeros(())
    time, rate = carriers.times(edge)[spin], carriers.mean_rate(edge)
    scattered = jnp.log(carriers.times(energy)[spin] / time)
    slowed = jnp.log(rate / carriers.mean_rate(energy))
    power = 0.5 * carriers.dimension
    ones = jnp.ones_like(window.z)
    filled = window.moment(ones, power, 1.0)
    zeroth = window.moment(ones, power, 1.0, scattered)
    mean = window.moment(window.z, power, 0.0, scattered) / zeroth
    spread = window.moment((window.z - mean) ** 2, power, _SECOND + mean**2, scattered) / zeroth
    slope = power / window.energy * window.moment(ones, power - 1.0, 1.0) / filled
    square = window.moment(ones, power, 1.0, slowed) / filled / (rate * slope * carriers.mass)
    p = jnp.sqrt(2.0 * carriers.mass * window.energy)
    states_below = carriers.phase_space(p) * p / carriers.dimension
    within = states_below * jnp.exp(-window.floor)
    conductivity = within * zeroth * ELEMENTARY_CHARGE**2 * time / carriers.mass
    unit = BOLTZMANN / ELEMENTARY_CHARGE
    band = Band(
        density=within * filled,
        conductivity=conductivity,
        seebeck=-unit * mean,
        thermal_conductivity=conductivity * unit**2 * temperature * spread,
        diffusion_length=jnp.sqrt(carriers.spin_flip_time * square),
    )
    return band, within * filled * slope
