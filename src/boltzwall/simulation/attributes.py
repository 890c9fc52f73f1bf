"""What a Dataset says about itself."""

import json
import warnings
from typing import Any

import equinox as eqx
import numpy as np

from boltzwall.build.consistent import build_carriers
from boltzwall.build.magnet import torque_beta
from boltzwall.build.published import constant, fermi_density, temperature_at
from boltzwall.config.config import Config
from boltzwall.config.scales import derived_scales
from boltzwall.constants import REDUCED_PLANCK
from boltzwall.physics.conduction import conduction
from boltzwall.version import __version__


def describe_config(config: Config) -> dict[str, Any]:
    """Attributes that follow from the configuration alone."""
    material, transport = config.material, config.transport
    attributes: dict[str, Any] = {
        "title": "Domain wall driven by an electric field and a temperature gradient",
        "Conventions": "CF-1.10",
        "boltzwall_version": __version__,
        "configuration": json.dumps(json.loads(config.to_json()), ensure_ascii=False),
        "model": transport.model,
        "calibrated": transport.calibrated(),
        "assumed": "; ".join(config.assumed()),
    }
    if transport.model == "none":
        return attributes
    if transport.model in ("zhang-li", "bauer"):
        return attributes | {
            "beta": torque_beta(config),
            "torque_sign": "torques are contributions to dM/dt; u > 0 moves a wall to +x",
            "torque_form": "-u dM/dx + beta u M x dM/dx, u divided by nothing",
        }
    xi = material.exchange_splitting * material.spin_flip_time / REDUCED_PLANCK
    if transport.model == "consistent":
        return attributes | {
            "spin_accumulation_is": "spin density",
            "xi": xi,
            "beta_wide_wall": 1.0 / xi,
            "circuit": _circuit(config),
            "torque_sign": "torques are contributions to dM/dt",
            **conduction_attributes(config),
        }
    density = transport.reference_density
    moment = transport.spin_convention == "moment"
    return attributes | {
        "spin_accumulation_is": "moment density" if moment else "spin density",
        "spin_convention": transport.spin_convention,
        "reference_density": fermi_density(config) if density is None else density,
        "xi": xi,
        "beta_q": xi / (1.0 + xi**2),
        "torque_sign": "torques are contributions to dM/dt; the paper's (17),(21),(22) have the "
        "opposite sign",
        "residual_charge_is": "steady charge continuity without the relaxation term, which "
        "creates charge in the published model",
    }


def conduction_attributes(config: Config) -> dict[str, float]:
    """Transport coefficients of a uniform wire of this metal, at its mean temperature."""
    mean = constant(np.mean(temperature_at(config, np.linspace(0.0, config.wire.length, 257))))
    found = _conduction(build_carriers(config), mean)
    return {
        "conduction_temperature": float(mean),
        "conductivity": float(found.conductivity),
        "seebeck_coefficient": float(found.seebeck),
        "electronic_thermal_conductivity": float(found.thermal_conductivity),
        "polarisation": float(found.polarisation),
        "spin_conversion": float(found.spin_conversion),
    }


_conduction = eqx.filter_jit(conduction)


def warn(config: Config) -> None:
    """What about the grids and the drive of a consistent run deserves a second look."""
    if config.transport.model == "consistent":
        for text in derived_scales(config).warnings:
            warnings.warn(text, stacklevel=3)


def _circuit(config: Config) -> str:
    if config.drive.circuit == "open":
        return "open"
    given = config.drive.current_density is not None
    return "closed, current given" if given else "closed, field given"
