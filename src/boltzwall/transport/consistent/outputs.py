"""From the response to the quantities of the Dataset, and the torque parameters of a texture."""

from typing import NamedTuple

import jax.numpy as jnp
from jaxtyping import Array, Float

from boltzwall.numerics.frames import centred, derivative_along
from boltzwall.physics.carriers import Carriers
from boltzwall.relations import polarisation_of, wide_wall_beta
from boltzwall.transport.consistent.model import ConsistentModel, Response
from boltzwall.transport.consistent.wall_element import wall_element_arrays
from boltzwall.transport.model import ratio
from boltzwall.typing import Arrays, Scalar, Vectors


def transport_arrays(model: ConsistentModel, magnetisation: Vectors, response: Response) -> Arrays:
    """Every transport output at one magnetisation, named as in the registry."""
    amplitudes = model.amplitudes(response)
    total = response.driven(amplitudes)
    electrical, thermal = (
        model.torque(magnetisation, amplitudes[k] * response.spin[..., k]) for k in range(2)
    )
    charge, spin = continuity(model, magnetisation, total)
    return {
        "spin_accumulation": total.spin,
        "spin_current_density": centred(total.spin_current),
        "charge_density": total.density,
        "charge_current_density": centred(total.charge_current),
        "heat_current_density": total.heat_current,
        "torque_total": electrical + thermal,
        "torque_electrical": electrical,
        "torque_thermal": thermal,
        "residual_charge": charge,
        "residual_spin": spin,
        "electric_field": amplitudes[0],
        "transport_error": total.error,
        **parameter_arrays(model, magnetisation, response, amplitudes),
        **wall_element_arrays(model, magnetisation, response),
    }


def continuity(model: ConsistentModel, m: Vectors, total: Response) -> tuple[Array, Array]:
    """What each cell's balance leaves: ∂x j_e, and ∂x j_s − (J/ħ) M×m_n + m_n/τ_sf, [C4]."""
    carriers, dx = model.carriers, model.spacing
    precession = carriers.precession_rate * jnp.cross(m, total.spin)
    spin = jnp.diff(total.spin_current, axis=0) / dx - precession
    charge = jnp.diff(total.charge_current) / dx
    return charge, spin + total.spin / carriers.spin_flip_time


def relative_residuals(model: ConsistentModel, arrays: Arrays) -> tuple[Array, Array]:
    """(charge, spin): residuals over the largest term of a cell's balance.

    These are the currents through its faces, |j|/Δx, precession and relaxation. In an open circuit,
    where j_e vanishes, the parts of j_e that cancel count.
    """
    carriers, dx = model.carriers, model.spacing
    currents = arrays["charge_current_density"]
    part = arrays["electric_field"] * arrays["conductivity_texture"]
    size = jnp.maximum(jnp.max(jnp.abs(currents)), jnp.abs(part))
    charge = jnp.max(jnp.abs(arrays["residual_charge"])) * dx
    largest = jnp.maximum(
        jnp.max(jnp.abs(arrays["spin_current_density"])) / dx,
        jnp.max(jnp.abs(arrays["spin_accumulation"]))
        * jnp.maximum(carriers.precession_rate, 1.0 / carriers.spin_flip_time),
    )
    spin = jnp.max(jnp.abs(arrays["residual_spin"]))
    return ratio(charge, size), ratio(spin, largest)


class TorqueParameters(NamedTuple):
    """u in m/s and β of T = −u ∂xM + β u M×∂xM, fitted to a torque; nan without a texture."""

    u: Scalar
    beta: Scalar


def torque_parameters(m: Vectors, spacing: Scalar, torque: Vectors) -> TorqueParameters:
    """u = −∫T·∂xM dx/∫|∂xM|² dx and β = ∫T·(M×∂xM) dx/(u∫|∂xM|² dx), the projections of [C6]."""
    slope = derivative_along(m, spacing)
    size = jnp.sum(slope**2)
    # A uniform M leaves rounding alone.
    size = jnp.where(size * spacing**2 > 1e-20, size, jnp.nan)
    u = -jnp.sum(torque * slope) / size
    return TorqueParameters(u, jnp.sum(torque * jnp.cross(m, slope)) / (u * size))


def torque_weighted(
    values: Float[Array, " cells"], m: Vectors, spacing: Scalar, torque: Vectors
) -> Scalar:
    """∫y T·∂xM dx/∫T·∂xM dx: the value that counts for u where it depends on the place."""
    share = jnp.sum(torque * derivative_along(m, spacing), axis=-1)
    return values[0] + jnp.sum((values - values[0]) * share) / jnp.sum(share)


def effective_polarisation(
    carriers: Carriers, saturation_magnetisation: Scalar, u: Scalar, current: Scalar
) -> Scalar:
    """P_eff of u = −µ_B P j_e/(e Ms (1 + β²)) with β = 1/ξ, [C5]."""
    return polarisation_of(u, current, saturation_magnetisation, wide_wall_beta(carriers.xi))


def parameter_arrays(
    model: ConsistentModel, m: Vectors, response: Response, amplitudes: Float[Array, " 2"]
) -> Arrays:
    """u, β and P of the whole drive, of the field alone, and of the gradient alone.

    ``thermal_velocity_closed`` is u per K/m at E = 0, ``thermal_velocity_open`` that with the field
    that stops the current.
    """
    spacing = model.spacing
    currents = jnp.mean(response.charge_current, axis=0)

    def torque(weights: Array) -> Vectors:
        return model.torque(m, response.spin @ weights)

    def fitted(weights: Array) -> TorqueParameters:
        return torque_parameters(m, spacing, torque(weights))

    alone = jnp.array([1.0, 0.0])
    total = fitted(amplitudes)
    field, gradient = fitted(alone), fitted(jnp.array([0.0, 1.0]))
    carrying = torque_weighted(model.saturation_magnetisation, m, spacing, torque(alone))
    opened = fitted(jnp.stack([-currents[1] / currents[0], jnp.ones(())]))
    return {
        "effective_velocity": total.u,
        "effective_beta": total.beta,
        "electrical_velocity": field.u / currents[0],
        "electrical_beta": field.beta,
        "electrical_polarisation": effective_polarisation(
            model.carriers, carrying, field.u, currents[0]
        ),
        "thermal_velocity_closed": gradient.u,
        "thermal_beta_closed": gradient.beta,
        "thermal_velocity_open": opened.u,
        "thermal_beta_open": opened.beta,
        "conductivity_texture": currents[0],
        "seebeck_texture": -currents[1] / currents[0],
    }
