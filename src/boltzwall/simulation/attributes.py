"""What a Dataset says about itself."""

import json
from typing import Any

from boltzwall import __version__
from boltzwall.config.build import fermi_density
from boltzwall.config.config import Config
from boltzwall.constants import REDUCED_PLANCK


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
        "assumed": "; ".join(material.assumed()),
    }
    if transport.model == "none":
        return attributes
    xi = material.exchange_splitting * material.spin_flip_time / REDUCED_PLANCK
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
