"""The sections of a configuration: every key with its type, unit, range, default and meaning.

Each is declared here and nowhere else; example files, messages and the command line read it from
these models. After validation every quantity is a float in SI units, and the keys that follow
from others (a material's constants, a closure's settings, the wall's width) are filled in.
"""

from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import (
    Field,
    ModelWrapValidatorHandler,
    StrictBool,
    field_validator,
    model_validator,
)

from boltzwall import materials
from boltzwall.config import fields as kinds
from boltzwall.config.messages import InconsistentError
from boltzwall.config.schema_drive import Drive as Drive
from boltzwall.config.schema_dynamics import Dynamics as Dynamics
from boltzwall.config.schema_field import EffectiveField as EffectiveField
from boltzwall.config.schema_profile import FileProfile as FileProfile
from boltzwall.config.schema_profile import NotchProfile as NotchProfile
from boltzwall.config.schema_profile import PinningProfile as PinningProfile
from boltzwall.config.schema_profile import UniformProfile as UniformProfile
from boltzwall.config.schema_transport import Transport as Transport
from boltzwall.config.section import FROM_OTHERS, Section
from boltzwall.config.units import RefusedError, shown


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
    conductivity: kinds.Conductivity | None = Field(
        None, description="σ, conductivity, links j and E in the published model"
    )
    seebeck_coefficient: kinds.Seebeck | None = Field(None, description="S, Seebeck coefficient")
    lorenz_number: kinds.LorenzNumber | None = Field(None, description="ℒ, Lorenz number")
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
    curie_temperature: kinds.PositiveTemperature | None = Field(
        None, description="T_C, for constants that depend on temperature"
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
        material = handler({**materials.get(preset).values(), **data})
        material.model_fields_set.intersection_update(data)
        return material

    def assumed(self) -> tuple[str, ...]:
        """The constants in use that have no source, as "material.key: why"."""
        return tuple(
            f"material.{key}: {constant.source}"
            for key, constant in materials.get(self.preset).constants.items()
            if constant.assumed and getattr(self, key) == constant.value
        )


class Wire(Section):
    """The wire and its cells."""

    length: kinds.PositiveLength = Field(5e-9, description="length along x, from x = 0")
    cells: Annotated[int, kinds.Whole(4, 1_000_000)] = Field(100, description="number of cells")
    width: kinds.PositiveLength | None = Field(
        None, description="width along y, for the demagnetising field and for thermal noise"
    )
    thickness: kinds.PositiveLength | None = Field(
        None, description="thickness along z, for the demagnetising field and for thermal noise"
    )


class Wang2022Texture(Section):
    """The paper's wall."""

    kind: Literal["wang2022"] = Field(
        "wang2022", description="the paper's wall, M = (cos θ, 0, sin θ) with θ = π/2 − πx/width"
    )
    width: kinds.PositiveLength = Field(
        FROM_OTHERS, description="width d of the wall; without it, the length of the wire"
    )


class WallTexture(Section):
    """A wall with cos θ = −tanh((x − centre)/width)."""

    kind: Literal["neel", "bloch", "head-to-head"] = Field(
        description='a wall with a tanh profile: "neel", "bloch" or "head-to-head"'
    )
    width: kinds.PositiveLength = Field(description="Δ of tanh((x − centre)/Δ)")
    centre: kinds.Length = Field(
        FROM_OTHERS, description="position of the wall; without it, the middle of the wire"
    )
    tilt: kinds.Angle = Field(0.0, description="angle by which the wall is turned about its axis")
    reverse: StrictBool = Field(
        False, description="turn the wall round: cos θ = +tanh((x − centre)/width)"
    )


class UniformTexture(Section):
    """The same direction everywhere."""

    kind: Literal["uniform"] = Field(description="the same direction everywhere")
    direction: kinds.Direction = Field(
        (0.0, 0.0, 1.0), description="direction of M; need not be of unit length"
    )


class SpiralTexture(Section):
    """A flat spiral."""

    kind: Literal["spiral"] = Field(description="a spiral of constant pitch")
    period: kinds.Length = Field(
        description="length of one turn; a negative one turns the other way round"
    )

    @field_validator("period")
    @classmethod
    def _not_zero(cls, value: float) -> float:
        if value == 0.0:
            raise RefusedError("must be a length other than zero, but 0 was given.")
        return value


class FileTexture(Section):
    """A magnetisation from a file."""

    kind: Literal["file"] = Field(description="a magnetisation from a file")
    path: kinds.FilePath = Field(
        description="result of boltzwall (its last magnetisation), .npy of shape (cells, 3), or "
        "OVF 2.0 (.ovf, .omf)"
    )


class LinearTemperature(Section):
    """T = cold_end + gradient·x."""

    kind: Literal["linear"] = Field("linear", description="T = cold_end + gradient·x")
    cold_end: kinds.PositiveTemperature = Field(100.0, description="T0, temperature at x = 0")
    gradient: kinds.TemperatureGradient = Field(2e9, description="κ, either sign")


class UniformTemperature(Section):
    """The same temperature everywhere."""

    kind: Literal["uniform"] = Field(description="the same temperature everywhere")
    value: kinds.PositiveTemperature = Field(100.0, description="the temperature")


class FileTemperature(Section):
    """A temperature profile from a file."""

    kind: Literal["file"] = Field(description="a profile from a file")
    path: kinds.FilePath = Field(
        description="text with two columns, x in m and T in K, that cover the wire"
    )


class Output(Section):
    """What is kept."""

    path: kinds.FilePath = Field(Path("boltzwall.nc"), description="netCDF file of the result")
    distributions: StrictBool = Field(False, description="keep F and G too, which are large")


Texture = Wang2022Texture | WallTexture | UniformTexture | SpiralTexture | FileTexture
Temperature = LinearTemperature | UniformTemperature | FileTemperature
Profile = UniformProfile | PinningProfile | NotchProfile | FileProfile
