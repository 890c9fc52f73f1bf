"""From a kinetic solution to the quantities of the Dataset, in SI units and as parts of dM/dt."""

from dataclasses import replace

import equinox as eqx
import jax
import jax.numpy as jnp
from jaxtyping import Array

from boltzwall.constants import ELEMENTARY_CHARGE
from boltzwall.numerics.frames import derivative_along
from boltzwall.physics.fermi import equilibrium_gradients, equilibrium_pair
from boltzwall.physics.torque import (
    SpinScales,
    Texture,
    accumulation_from_current,
    thermal_current_slope,
    torque_from_current,
    torque_terms,
)
from boltzwall.transport.published.model import PublishedModel
from boltzwall.transport.published.moments import Densities, KineticMoments
from boltzwall.typing import Arrays, Ends, PerCell, Scalar, Vectors


class ThermalPart(eqx.Module):
    """Moments of the local equilibrium: A, B of (18), n_T of (20), and their gradients (7),(8)."""

    a: PerCell
    b: PerCell
    density: PerCell
    a_slope: PerCell
    b_slope: PerCell

    @classmethod
    def of(cls, model: PublishedModel) -> "ThermalPart":
        """On the model's temperature profile; B carries the sign of the spin convention."""
        grid, electrons, x = model.grid(), model.electrons, model.centres
        p, sign = grid.nodes, -1.0 if model.options.moment_convention else 1.0
        energy, splitting = electrons.energy(p), electrons.exchange_splitting
        u = model.signed_spinor_velocity

        def at(cell: tuple[Array, Array]) -> tuple[Array, ...]:
            temperature, gradient = cell
            scalar, vector = equilibrium_pair(energy, splitting, temperature)
            rise, turn = equilibrium_gradients(energy, splitting, temperature, gradient)
            velocity = grid.weights * electrons.velocity(p) * sign
            n, n_slope = grid.weights @ scalar, grid.weights @ rise
            return u * n, velocity @ vector, n, u * n_slope, velocity @ turn

        return cls(*jax.lax.map(at, (model.temperature.at(x), model.temperature.gradient_at(x))))


class HeatConstants(eqx.Module):
    """Seebeck coefficient in V/K and Lorenz number in V²/K², for Bauer's factor (25)."""

    seebeck_coefficient: Scalar
    lorenz_number: Scalar


def without_field(model: PublishedModel) -> PublishedModel:
    """The same wire at E = 0."""
    return eqx.tree_at(lambda m: m.electric_field, model, jnp.zeros_like(model.electric_field))


def without_gradient(model: PublishedModel) -> PublishedModel:
    """The same wire at the temperature of its left end."""
    return replace(model, temperature=model.temperature.flattened(), tables=None)


def spin_scales(model: PublishedModel) -> SpinScales:
    """ξ, τ_sf and the signed u of a model."""
    electrons = model.electrons
    return SpinScales(electrons.xi, electrons.spin_flip_time, model.signed_spinor_velocity)


def transport_arrays(
    model: PublishedModel,
    heat: HeatConstants,
    magnetisation: Vectors,
    ends: Ends | None = None,
) -> Arrays:
    """Every transport output at one magnetisation, named as in the registry."""
    moments = model.moments(magnetisation, ends)
    return {
        **density_arrays(model, moments.densities),
        **torque_split(model, magnetisation, moments, ends),
        **paper_split(model, magnetisation, moments),
        **thermal_arrays(model, heat, moments),
        **continuity_arrays(model, magnetisation, moments),
    }


def density_arrays(model: PublishedModel, moments: Densities) -> Arrays:
    """Densities and currents, (10)–(13) and [B5] times n_ref/p_F, [B6]."""
    scale = model.density_scale
    return {
        "spin_accumulation": scale * moments.spin,
        "spin_current_density": scale * moments.spin_flux,
        "charge_density": scale * moments.density,
        "charge_current_density": -ELEMENTARY_CHARGE * scale * moments.charge_flux,
        "heat_current_density": scale * moments.heat_flux,
    }


def torque_split(
    model: PublishedModel,
    magnetisation: Vectors,
    moments: KineticMoments,
    ends: Ends | None,
) -> Arrays:
    """T(E,κ) and its physical parts: T(E,κ) − T(0,κ), T(0,κ) − T(0,0), T(0,0), [B8]."""

    def torque(drive: PublishedModel) -> Array:
        return model.torque(magnetisation, drive.moments(magnetisation, ends).spin)

    total = model.torque(magnetisation, moments.spin)
    no_field = torque(without_field(model))
    no_drive = torque(without_gradient(without_field(model)))
    return {
        "torque_total": total,
        "torque_electrical": total - no_field,
        "torque_thermal": no_field - no_drive,
        "torque_background": no_drive,
    }


def paper_split(model: PublishedModel, magnetisation: Vectors, moments: KineticMoments) -> Arrays:
    """(16), (17), (21), (22), (24), as parts of dM/dt; j_V and n_V are those of (19), (20)."""
    texture = Texture(magnetisation, derivative_along(magnetisation, model.spacing))
    scales, thermal = spin_scales(model), ThermalPart.of(model)
    slope = moments.spin_streaming + scales.u * moments.density[:, None] * texture.slope
    pair = (thermal.a, thermal.b)
    thermal_slope = thermal_current_slope(texture, pair, (thermal.a_slope, thermal.b_slope))
    field_like, damping_like, _, _ = torque_terms(texture, thermal_slope, thermal.density, scales)
    parts = {
        "torque_total_eq17": torque_from_current(texture, slope, moments.density, scales),
        "torque_electrical_eq21": torque_from_current(
            texture, slope - thermal_slope, moments.density - thermal.density, scales
        ),
        "torque_thermal_eq22": torque_from_current(texture, thermal_slope, thermal.density, scales),
        "torque_thermal_field_like": field_like,
        "torque_thermal_damping_like": damping_like,
    }
    accumulation = accumulation_from_current(
        texture, slope, moments.density, moments.equilibrium_spin, scales
    )
    scale = model.torque_scale[:, None]
    signed = {name: -scale * part for name, part in parts.items()}
    return {**signed, "spin_accumulation_eq16": model.density_scale * accumulation}


def thermal_arrays(model: PublishedModel, heat: HeatConstants, moments: KineticMoments) -> Arrays:
    """A, B, n_T and Bauer's P' = A/(C J_Q) with J_Q from the heat current density of the run.

    P' = (n_ref/p_F) A e ℒ T/(S q): the prefactor ħγ/(2e) of C is µ_B/e for g = 2.
    """
    thermal, scale = ThermalPart.of(model), model.density_scale
    temperature = model.temperature.at(model.centres)
    lorenz = ELEMENTARY_CHARGE * heat.lorenz_number * temperature
    carried = heat.seebeck_coefficient * scale * moments.heat_flux
    return {
        "thermal_current_a": scale * thermal.a,
        "thermal_current_b": scale * thermal.b,
        "thermal_charge_density": scale * thermal.density,
        "spin_conversion_eq25": scale * thermal.a * lorenz / carried,
    }


def continuity_arrays(
    model: PublishedModel, magnetisation: Vectors, moments: KineticMoments
) -> Arrays:
    """What continuity leaves, and the terms at the ends of the momentum window.

    Charge: in a steady state ∂x j_e = 0; what is left of (14) when its relaxation term, which
    creates charge, is not counted: ∂x j_e − ∫u ∂xM·G dp − eE[F]. Spin: all terms of (15).
    """
    electrons, scale = model.electrons, model.density_scale
    charge = moments.charge_streaming + moments.charge_end
    precession = electrons.precession_rate * jnp.cross(magnetisation, moments.spin)
    relaxation = (moments.spin - moments.equilibrium_spin) / electrons.spin_flip_time
    spin = moments.spin_streaming + moments.spin_end - precession + relaxation
    return {
        "residual_charge": -ELEMENTARY_CHARGE * scale * charge,
        "window_end_charge": -ELEMENTARY_CHARGE * scale * moments.charge_end,
        "residual_spin": scale * spin,
        "window_end_spin": scale * moments.spin_end,
    }


def relative_residuals(model: PublishedModel, arrays: Arrays) -> tuple[Array, Array]:
    """(charge, spin): residuals over the largest term of their equation.

    The largest terms are taken as |j_e|/L and |J/ħ M × m|, at least |m|/τ_sf.
    """
    electrons = model.electrons
    current = jnp.max(jnp.abs(arrays["charge_current_density"])) / model.length
    charge = jnp.max(jnp.abs(arrays["residual_charge"])) / current
    size = jnp.max(jnp.abs(arrays["spin_accumulation"]))
    largest = size * jnp.maximum(electrons.precession_rate, 1.0 / electrons.spin_flip_time)
    return charge, jnp.max(jnp.abs(arrays["residual_spin"])) / largest
