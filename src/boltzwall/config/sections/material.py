"""[material]: the metal."""

from collections.abc import Mapping
from typing import Any, Literal, Self

from pydantic import Field, ModelWrapValidatorHandler, model_validator

from boltzwall import materials
from boltzwall.config import kinds
from boltzwall.config.messages import InconsistentError
from boltzwall.config.sections.section import FROM_OTHERS, Section
from boltzwall.config.units import shown

_EXPONENTS = ("scattering_exponent_majority", "scattering_exponent_minority")


def implied_scattering(given: Mapping[str, Any]) -> str | None:
    """The law of the momentum times that the given keys ask for; None: that of the preset.

    One time for all electrons, `momentum_time`, is one that does not depend on their energy.
    """
    if given.get("scattering") is not None:
        return str(given["scattering"])
    if given.get("scattering_file") is not None:
        return "table"
    powers = [given[key] for key in _EXPONENTS if key in given]
    if any(powers):
        return "power"
    if len(powers) == len(_EXPONENTS):
        return "constant"
    return "constant" if "momentum_time" in given else None


class Material(Section):
    """The metal: a preset, of which any constant can be replaced."""

    preset: str = Field(
        "permalloy-wang2022", description="named material, which gives the constants below"
    )
    gyromagnetic_ratio: kinds.GyromagneticRatio = Field(
        description="γ0, gyromagnetic ratio times µ0"
    )
    saturation_magnetisation: kinds.Magnetisation = Field(
        description="Ms, saturation magnetisation"
    )
    damping: kinds.NonNegative = Field(description="α, Gilbert's damping constant")
    fermi_energy: kinds.Energy = Field(
        description="E_F, from the middle of the two band bottoms; greater than 0, or in the "
        "consistent model than −J/2"
    )
    effective_mass: kinds.Mass = Field(description="m, mass of the conduction electrons")
    exchange_splitting: kinds.PositiveEnergy = Field(
        description="J, s-d exchange; spin ± along M has the energy ±J/2"
    )
    spinor_velocity: kinds.NonNegativeSpeed = Field(description="u, the paper's constant u_x")
    momentum_time: kinds.PositiveTime = Field(description="τ, momentum relaxation time")
    spin_flip_time: kinds.PositiveTime = Field(description="τ_sf, spin-flip relaxation time")
    scattering: Literal["constant", "power", "table"] = Field(
        FROM_OTHERS,
        description="how τ_± of the consistent model depend on the energy ε from µ: "
        '"constant"; "power", τ_±(k/k_F±)^r_±, k the kinetic energy of that spin and k_F± its '
        'value at ε = 0; "table", from scattering_file; without it what the keys below ask for',
    )
    scattering_exponent_majority: kinds.Number = Field(0.0, description="r_-, of the majority")
    scattering_exponent_minority: kinds.Number = Field(0.0, description="r_+, of the minority")
    scattering_file: kinds.FilePath | None = Field(
        None,
        description="text or netCDF with the energy, and σ_±(ε) or τ_±(ε), or BoltzWann's "
        "…_tdf.dat",
    )
    scattering_zero: kinds.Energy = Field(
        0.0, description="energy of scattering_file at µ, where it does not count from there"
    )
    conductivity: kinds.Conductivity | None = Field(
        None, description="σ, conductivity, links j and E in the published model"
    )
    seebeck_coefficient: kinds.Seebeck | None = Field(None, description="S, Seebeck coefficient")
    lorenz_number: kinds.LorenzNumber | None = Field(None, description="ℒ, Lorenz number")
    thermal_conductivity: kinds.ThermalConductivity | None = Field(
        None, description="κ_th, of electrons and lattice together"
    )
    heat_capacity: kinds.HeatCapacity | None = Field(
        None, description="C, heat capacity per volume"
    )
    resistivity_coefficient: kinds.PerKelvin | None = Field(
        None, description="α_ρ, relative change of the resistivity per kelvin at 300 K"
    )
    anisotropic_magnetoresistance: kinds.Magnetoresistance | None = Field(
        None, description="(ρ∥ − ρ⊥)/ρ, ρ∥ for M along the current"
    )
    exchange_stiffness: kinds.Stiffness | None = Field(None, description="A, exchange stiffness")
    uniaxial_anisotropy: kinds.Anisotropy | None = Field(
        None, description="K, uniaxial anisotropy of `field.easy_axis`"
    )
    hard_axis_anisotropy: kinds.Anisotropy | None = Field(
        None, description="K⊥, anisotropy of the hard axis, `field.hard_axis`"
    )
    cubic_anisotropy: kinds.Anisotropy | None = Field(
        None, description="K1, cubic anisotropy, axes x, y, z"
    )
    bulk_dmi: kinds.Dmi | None = Field(
        None, description="D of the bulk Dzyaloshinskii–Moriya interaction"
    )
    interfacial_dmi: kinds.Dmi | None = Field(
        None, description="D of the interfacial Dzyaloshinskii–Moriya interaction, film normal z"
    )
    spin_hall_angle: kinds.Number | None = Field(
        None, description="θ of the damping-like spin–orbit torque of a stack"
    )
    fieldlike_angle: kinds.Number | None = Field(
        None, description="θ of the field-like spin–orbit torque of a stack"
    )
    heavy_metal_thickness: kinds.PositiveLength | None = Field(
        None, description="thickness of the heavy metal of a stack"
    )
    melting_temperature: kinds.PositiveTemperature | None = Field(
        None, description="above which `check` warns", examples=["1700 K"]
    )
    curie_temperature: kinds.PositiveTemperature | None = Field(
        None, description="T_C, for constants that depend on temperature", examples=["870 K"]
    )

    @model_validator(mode="wrap")
    @classmethod
    def _fill_from_preset(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        if not isinstance(data, dict):
            return handler(data)
        preset = data.get("preset", cls.model_fields["preset"].default)
        if preset not in materials.names():
            listed = ", ".join(f'"{name}"' for name in materials.names())
            text = f"must be one of {listed}, but {shown(preset)} was given."
            raise InconsistentError([f"Key `material.preset` {text}"])
        law = implied_scattering(data)
        known = materials.get(preset)
        if law is not None:
            known = known.with_scattering(law)
        material = handler({**known.values(), **data})
        material.model_fields_set.intersection_update(data)
        if "scattering" not in data:
            material.fill("scattering", law or known.scattering)
        return material

    def known(self) -> materials.Preset:
        """The preset, for the law of the times that is in use."""
        return materials.get(self.preset).with_scattering(self.scattering)

    def assumed(self) -> dict[str, str]:
        """The constants that have no source, by key: "material.key: why"."""
        return {
            key: f"material.{key}: {constant.source}"
            for key, constant in self.known().constants.items()
            if constant.assumed and getattr(self, key) == constant.value
        }
