"""u and β that the torque of a configuration will have, where that is known before it is solved.

T = −u ∂xM + βu M×∂xM, [C5]: u > 0 moves a texture to +x.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from boltzwall.config import sections
from boltzwall.config.config import Config
from boltzwall.config.scales.common import Scale, cell_size, end_temperatures
from boltzwall.config.scales.consistent import conductivity, polarisation
from boltzwall.relations import (
    bauer_velocity,
    beta_q,
    wide_wall_beta,
    xi_of,
    zhang_li_velocity,
)


@dataclass(frozen=True)
class ExpectedTorque:
    """u in m/s at the full drive, β, and of what it leaves something out ("": of nothing)."""

    velocity: float
    beta: float
    lacks: str = ""


def expected_torque(config: Config) -> ExpectedTorque | None:
    """The torque; None where only its solution tells: of the published model."""
    model = config.transport.model
    if model == "none":
        return ExpectedTorque(0.0, 0.0)
    if model == "zhang-li":
        return ExpectedTorque(_zhang_li(config), torque_beta(config.material, config.transport))
    if model == "bauer":
        return ExpectedTorque(_bauer(config), torque_beta(config.material, config.transport))
    if model == "consistent":
        beta = wide_wall_beta(_xi(config))
        u = zhang_li_velocity(polarisation(config), _current(config), _saturation(config), beta)
        left, right = end_temperatures(config)
        return ExpectedTorque(u, beta, "" if left == right else "the temperature gradient")
    return None


def torque_beta(material: sections.Material, transport: sections.Transport) -> float:
    """β of a torque of a known form: given, or ξ/(1 + ξ²)."""
    if transport.beta is not None:
        return transport.beta
    return float(beta_q(xi_of(material.exchange_splitting, material.spin_flip_time)))


def torque_scales(config: Config) -> Iterator[Scale]:
    """What is known of a torque of a known form, and of the wire."""
    torque, model = expected_torque(config), config.transport.model
    if torque is not None and model != "none":
        formula = {
            "zhang-li": "−µ_B P j/(e Ms (1 + β²))",
            "bauer": "µ_B P' S σ ∂xT/(e Ms), mean along the wire",
        }[model]
        given = config.transport.u is not None
        yield Scale("torque", "u", torque.velocity, "m/s", "as given" if given else formula)
        beta_given = config.transport.beta is not None
        yield Scale("non-adiabaticity", "β", torque.beta, "", "" if beta_given else "ξ/(1+ξ²)")
    yield Scale("cell size", "Δx", cell_size(config) * 1e9, "nm")
    for place, kelvin in zip(("left", "right"), end_temperatures(config), strict=True):
        yield Scale(f"temperature, {place} end", "T", kelvin, "K")


def torque_warnings(config: Config) -> Iterator[str]:
    """What about the torque of a known form cannot be."""
    polarisation = config.transport.polarisation
    if config.transport.model == "zhang-li" and polarisation is not None and abs(polarisation) > 1:
        yield (
            f"The polarisation of the current is {polarisation:g}, but no more than all of it can "
            "be polarised: `transport.polarisation` lies between −1 and 1."
        )


def _zhang_li(config: Config) -> float:
    transport, current = config.transport, config.drive.current_density
    if transport.u is not None:
        return transport.u
    polarised, beta = transport.polarisation or 0.0, torque_beta(config.material, config.transport)
    return float(zhang_li_velocity(polarised, current or 0.0, _saturation(config), beta))


def _bauer(config: Config) -> float:
    metal = config.material
    left, right = end_temperatures(config)
    slope = (right - left) / config.wire.length
    conversion = config.transport.spin_conversion or 0.0
    seebeck, conductivity = metal.seebeck_coefficient or 0.0, metal.conductivity or 0.0
    return float(bauer_velocity(conversion, seebeck, conductivity, slope, _saturation(config)))


def _xi(config: Config) -> float:
    return float(xi_of(config.material.exchange_splitting, config.material.spin_flip_time))


def _saturation(config: Config) -> float:
    return config.material.saturation_magnetisation


def _current(config: Config) -> float:
    """j in A/m², with the conductivity at T = 0 where the field is given."""
    drive = config.drive
    if drive.circuit == "open":
        return 0.0
    if drive.current_density is not None:
        return drive.current_density
    return conductivity(config) * drive.electric_field
