"""u, β and P of a wall: what field and gradient do to it, and what they would do to a wide one."""

from dataclasses import dataclass
from typing import Any

import jax.numpy as jnp
import xarray as xr

from boltzwall.relations import spin_velocity, zhang_li_velocity
from boltzwall.reproduce.wang2022.shared.measures import setting
from boltzwall.transport.consistent.outputs import TorqueParameters, torque_parameters


@dataclass(frozen=True)
class Drives:
    """What the field and the gradient do to the wall at one instant of the consistent model.

    u in m/s of the field and of the gradient, each in the circuit of the run (closed, E given);
    ``bound`` is µ_B|j_e|/(e Ms), what the field's u cannot exceed.
    """

    electrical: float
    thermal: float
    current: float
    bound: float

    @classmethod
    def of(cls, frame: xr.Dataset) -> "Drives":
        """From a Dataset without time."""
        field, conductivity = float(frame["electric_field"]), float(frame["conductivity_texture"])
        gradient = setting(frame, "temperature", "gradient")
        # u per current density belongs to the current that the field alone drives.
        current = conductivity * field
        return cls(
            electrical=float(frame["electrical_velocity"]) * current,
            thermal=float(frame["thermal_velocity_closed"]) * gradient,
            current=current,
            bound=angular_momentum_bound(current, saturation(frame)),
        )


@dataclass(frozen=True)
class WallParameter:
    """A parameter of the torque, in this wall and in a wide one."""

    name: str
    here: float
    wide: float


def angular_momentum_bound(current: float, saturation_magnetisation: float) -> float:
    """µ_B|j_e|/(e Ms) in m/s: u of a fully polarised current."""
    return float(spin_velocity(abs(current), saturation_magnetisation))


def saturation(frame: xr.Dataset) -> float:
    """Ms in A/m."""
    return float(setting(frame, "material", "saturation_magnetisation"))


def fitted(frame: xr.Dataset, torque: str = "torque_total") -> TorqueParameters:
    """u and β of [C6] for a torque of any model."""
    x = frame["x"].values
    m, values = (jnp.asarray(frame[name].values) for name in ("magnetisation", torque))
    return torque_parameters(m, jnp.asarray(x[1] - x[0]), values)


def wall_parameters(frame: xr.Dataset) -> list[WallParameter]:
    """Those of a consistent solution and of a wide wall; [C5], [C6].

    A wide wall has u = −(µ_B/(e Ms (1+β²))) (j_- − j_+), β = 1/ξ, with the currents of the uniform
    wire: P σE of the field, −P' σS κ of the gradient, and P σS κ more in an open circuit.
    """
    a: dict[str, Any] = frame.attrs
    beta, p, pq = float(a["beta_wide_wall"]), float(a["polarisation"]), float(a["spin_conversion"])
    ms = saturation(frame)
    field, gradient, opened = (-zhang_li_velocity(part, 1.0, ms, beta) for part in (p, pq, pq - p))
    thermoelectric = float(a["conductivity"]) * float(a["seebeck_coefficient"])
    wide = {
        "electrical_velocity": ("u per A/m², field", -field),
        "electrical_polarisation": ("P_eff, field", p),
        "electrical_beta": ("β_eff, field", beta),
        "thermal_velocity_closed": ("u per K/m, closed circuit", gradient * thermoelectric),
        "thermal_beta_closed": ("β_Q, closed circuit", beta),
        "thermal_velocity_open": ("u per K/m, open circuit", opened * thermoelectric),
        "thermal_beta_open": ("β_Q, open circuit", beta),
    }
    return [WallParameter(name, float(frame[key]), value) for key, (name, value) in wide.items()]
