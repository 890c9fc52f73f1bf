"""How the errors of measured numbers arrive at a torque: by gradients through fit and solution."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import equinox as eqx
import jax
import numpy as np

from boltzwall.build.fitting import fitted_constants
from boltzwall.build.place import constant
from boltzwall.config import Config
from boltzwall.errors import InputError
from boltzwall.materials import Constant
from boltzwall.materials.known import known_numbers
from boltzwall.physics.scattering import (
    ConstantScattering,
    PerSpin,
    PowerScattering,
    Scattering,
)
from boltzwall.transport.consistent.model import ConsistentModel, HeatedWire
from boltzwall.transport.consistent.outputs import parameter_arrays
from boltzwall.transport.consistent.transport import ConsistentTransport
from boltzwall.transport.model import KineticModel
from boltzwall.typing import Arrays, Ends, Scalar, Vectors

OUTPUTS = (
    "effective_velocity", "effective_beta", "electrical_velocity", "electrical_beta",
    "electrical_polarisation", "thermal_velocity_closed", "thermal_beta_closed",
    "thermal_velocity_open", "thermal_beta_open",
)  # fmt: skip
_TRANSPORT = ("momentum_time_majority", "momentum_time_minority")
_MOMENT = "saturation_magnetisation"
_CHANNELS = "channels_of_the_band"  # 1 where the channels of 1D electrons go as k_F², else 0
# Numbers that are constants themselves, or almost: a constant of the user's own leaves no number.
_OF_THE_BAND = {
    "electron_density": "fermi_energy",
    "exchange_splitting": "exchange_splitting",
    _MOMENT: _MOMENT,
}


@dataclass(frozen=True)
class Uncertainty:
    """What the errors of a preset's numbers do to the torque of one texture.

    Attributes:
        known: the numbers that vary, by name.
        exact: keys of the configuration that are the user's own and therefore do not.
        changes: by output and number, what one standard deviation of the number changes.
    """

    known: Mapping[str, Constant]
    exact: tuple[str, ...]
    changes: Mapping[str, Mapping[str, float]]

    def deviation(self, output: str) -> float:
        """One standard deviation of an output; the numbers' errors are independent."""
        return math.hypot(*self.changes[output].values())


def uncertainty_of(
    config: Config, electrons: KineticModel, m: Vectors, ends: Ends | None
) -> Uncertainty:
    """Errors of u, β, β_Q, [C6], and P_eff, [C5], to first order in those of the measurements.

    What was fitted to a measurement follows it: the derivative goes through the fit. A constant of
    the user's own stays what it is. The momentum nodes stand still, so that the derivatives need
    as many of them as the solution itself.

    Raises:
        InputError: nothing is known about the errors of the preset's numbers.
    """
    known = uncertain_numbers(config)
    assert isinstance(electrons, ConsistentTransport)
    model = electrons.model
    constants = _constants(config)
    exact = tuple(name for name, (_, of_the_preset) in constants.items() if not of_the_preset)
    known = {name: one for name, one in known.items() if _OF_THE_BAND.get(name) not in exact}
    slopes = _slopes_of_the_fit(config, known)
    values = {name: constant(np.float64(value)) for name, (value, _) in constants.items()}
    values[_CHANNELS] = constant(np.float64(config.transport.channel_density is None))
    wire = _FittedWire(values, model, m, ends)
    changes: dict[str, dict[str, float]] = {output: {} for output in OUTPUTS}
    for name, one in known.items():
        moved = {key: 0.0 if key in exact else slopes[name].get(key, 0.0) for key in values}
        if not any(moved.values()):
            continue
        direction = {k: constant(np.float64(v * (one.deviation or 0.0))) for k, v in moved.items()}
        found = jax.device_get(_changes(wire, direction))
        for output in OUTPUTS:
            changes[output][name] = float(found[output])
    varying = {name: one for name, one in known.items() if name in changes[OUTPUTS[0]]}
    return Uncertainty(varying, tuple(_key(name) for name in exact), changes)


def uncertainty_arrays(found: Uncertainty, arrays: Mapping[str, Any]) -> dict[str, Any]:
    """The errors as outputs, and the probability that u of a gradient points to its hot end."""
    errors = {f"{output}_error": found.deviation(output) for output in OUTPUTS}
    for circuit in ("closed", "open"):
        u = float(arrays[f"thermal_velocity_{circuit}"])
        errors[f"hot_end_probability_{circuit}"] = _positive(
            u, found.deviation(f"thermal_velocity_{circuit}")
        )
    return errors


def uncertainty_attributes(found: Uncertainty) -> dict[str, Any]:
    """What a Dataset says about its errors."""
    return {
        "uncertain_numbers": {
            name: {
                "value": one.value,
                "standard_deviation": one.deviation,
                "source": one.error_source,
            }
            for name, one in found.known.items()
        },
        "uncertainty_by_number": {
            output: dict(changes) for output, changes in found.changes.items()
        },
        "taken_as_exact": ", ".join(found.exact),
    }


def _positive(value: float, deviation: float) -> float:
    """The probability of a positive sign, for a normal distribution."""
    if not deviation > 0.0:
        return float(value > 0.0) if value == value else math.nan
    return 0.5 * math.erfc(-value / (math.sqrt(2.0) * deviation))


def uncertain_numbers(config: Config) -> dict[str, Constant]:
    """The preset's numbers that carry an error, Ms among them.

    Raises:
        InputError: the model follows from none, or the preset's carry no errors.
    """
    if config.transport.model != "consistent":
        raise InputError(
            'Argument `uncertainty` must be False unless `transport.model` is "consistent", but '
            f'it is "{config.transport.model}", whose torque does not follow from the measured '
            "numbers of a preset. Leave it out, or set that model."
        )
    preset = config.material.known()
    known = {**known_numbers(preset), _MOMENT: preset.constants[_MOMENT]}
    found = {name: one for name, one in known.items() if one.deviation}
    if "sigma" not in found:
        raise InputError(
            f'Argument `uncertainty` must be False with `material.preset` = "{preset.name}", '
            "whose numbers carry no errors. Take a preset that was fitted to measurements, such "
            'as "permalloy".'
        )
    return found


def _constants(config: Config) -> dict[str, tuple[float, bool]]:
    """The constants that the fit gives, and Ms: their values, and whether they are the preset's."""
    metal, preset = config.material, config.material.known()
    sources: list[tuple[Any, dict[str, float], tuple[str, ...]]] = [
        (metal, preset.values(), ("fermi_energy", "exchange_splitting", "spin_flip_time", _MOMENT))
    ]
    if metal.scattering == "power":
        powers = ("scattering_exponent_majority", "scattering_exponent_minority")
        sources.append((metal, preset.values(), powers))
    if metal.scattering != "table":
        sources.append((config.transport, preset.transport_values(), _TRANSPORT))
    return {
        key: (getattr(section, key), getattr(section, key) == values.get(key))
        for section, values, keys in sources
        for key in keys
    }


def _key(name: str) -> str:
    return f"{'transport' if name in _TRANSPORT else 'material'}.{name}"


def _slopes_of_the_fit(
    config: Config, varying: Mapping[str, Constant]
) -> dict[str, dict[str, float]]:
    """The derivatives of the fitted constants with respect to each of the numbers."""
    numbers = {
        name: constant(np.float64(one.value))
        for name, one in known_numbers(config.material.known()).items()
    }
    slopes = jax.device_get(_fit_slopes(numbers, config.material.scattering == "power"))
    found = {
        name: {key: float(row[name]) for key, row in slopes.items()}
        for name in varying
        if name != _MOMENT
    }
    return found | {_MOMENT: {_MOMENT: 1.0}}


@eqx.filter_jit
def _fit_slopes(numbers: dict[str, Scalar], power: bool) -> Any:
    return jax.jacfwd(lambda values: fitted_constants(values, power=power))(numbers)


class _FittedWire(NamedTuple):
    """The wire whose outputs are asked for.

    Attributes:
        values: the constants that the fit gave.
        model: made from them.
        m, ends: M in the cells, and at both ends.
    """

    values: dict[str, Scalar]
    model: ConsistentModel
    m: Vectors
    ends: Ends | None

    def with_constants(self, moved: dict[str, Scalar]) -> ConsistentModel:
        """The model with other constants."""
        model, values = self.model, self.values
        filling = moved["fermi_energy"] / values["fermi_energy"]
        carriers = replace(
            model.carriers,
            channel_density=model.carriers.channel_density * filling ** values[_CHANNELS],
            fermi_energy=moved["fermi_energy"],
            exchange_splitting=moved["exchange_splitting"],
            spin_flip_time=moved["spin_flip_time"],
            scattering=_law(model.carriers.scattering, moved),
        )
        return ConsistentModel.of(
            carriers,
            HeatedWire(model.temperature, model.length),
            model.supply,
            model.saturation_magnetisation * moved[_MOMENT] / values[_MOMENT],
            model.options,
        )

    def outputs(self, moved: dict[str, Scalar]) -> Arrays:
        """The outputs with other constants."""
        other = self.with_constants(moved)
        response = other.respond(self.m, self.ends)
        arrays = parameter_arrays(other, self.m, response, other.amplitudes(response))
        return {output: arrays[output] for output in OUTPUTS}


@eqx.filter_jit
def _changes(wire: _FittedWire, direction: dict[str, Scalar]) -> Arrays:
    """The change of every output along a direction of the constants."""
    return jax.jvp(wire.outputs, (wire.values,), (direction,))[1]


def _law(law: Scattering, moved: Mapping[str, Scalar]) -> Scattering:
    if isinstance(law, ConstantScattering):
        return ConstantScattering(moved[_TRANSPORT[1]], moved[_TRANSPORT[0]])
    if isinstance(law, PowerScattering):
        exponents = PerSpin(
            moved["scattering_exponent_minority"], moved["scattering_exponent_majority"]
        )
        return PowerScattering(moved[_TRANSPORT[1]], moved[_TRANSPORT[0]], exponents)
    return law
