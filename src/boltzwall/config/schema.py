"""The sections of a configuration: every key with its type, unit, range, default and meaning.

Each is declared here and nowhere else; example files, messages and the command line read it from
these models. After validation every quantity is a float in SI units, and the keys that follow
from others (a material's constants, a closure's settings, the wall's width) are filled in.
"""

import math
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
        None, description="K, anisotropy, easy axis z"
    )
    hard_axis_anisotropy: kinds.Anisotropy | None = Field(
        None, description="K⊥, anisotropy, hard axis y"
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


class UniformTexture(Section):
    """The same direction everywhere."""

    kind: Literal["uniform"] = Field(description="the same direction everywhere")
    direction: kinds.Vector = Field(
        (0.0, 0.0, 1.0), description="direction of M; need not be of unit length"
    )

    @field_validator("direction")
    @classmethod
    def _normalise(cls, value: tuple[float, float, float]) -> tuple[float, float, float]:
        length = math.hypot(*value)
        if not 1e-150 < length < 1e150:
            raise RefusedError(
                "must have a length that is neither zero nor beyond 1e150, "
                f"but {shown(list(value))} was given."
            )
        x, y, z = (component / length for component in value)
        return (x, y, z)


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
        description="result of boltzwall (its last magnetisation), or .npy of shape (cells, 3)"
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


class Drive(Section):
    """What drives the electrons and the magnetisation."""

    electric_field: kinds.ElectricField = Field(
        -8e3,
        description="E along x; not a number where the consistent model finds it from the current",
    )
    current_density: kinds.CurrentDensity | None = Field(
        None,
        description="j along x, instead of the electric field: E = j/σ in the published model, "
        "the field that drives this current in the consistent one",
    )
    circuit: Literal["closed", "open"] = Field(
        "closed",
        description='"closed": the field or the current is given; "open": no current flows, only '
        "in the consistent model",
    )
    magnetic_field: kinds.FieldVector = Field(
        (0.0, 0.0, 0.0), description="magnetic field (Hx, Hy, Hz)"
    )


class EffectiveField(Section):
    """Terms of the effective field."""

    initial_state_field: kinds.Number = Field(0.0, description="the paper's c in H = c Ms M(x, 0)")


class Dynamics(Section):
    """The run in time."""

    end_time: kinds.PositiveTime = Field(1e-9, description="the run ends here at the latest")
    save_interval: kinds.PositiveTime = Field(5e-12, description="time between two saved states")
    stop: Literal["steady", "end"] = Field(
        "steady", description='"steady": stop when M rests; "end": go on to end_time'
    )
    steady_rate: kinds.Rate = Field(1e7, description="M rests when max|dM/dt| is below this")
    relative_tolerance: kinds.Tolerance = Field(1e-6, description="relative error of a time step")
    absolute_tolerance: kinds.Tolerance = Field(1e-8, description="absolute error of a time step")
    settling_tolerance: kinds.Tolerance = Field(
        0.02, description="the mean M has settled when it stays this close to its end"
    )
    checkpoint_interval: Annotated[int, kinds.Whole(1, 1_000_000)] = Field(
        20, description="saved states between two writes of the output file"
    )
    magnetisation: Literal["moving", "fixed"] = Field(
        "moving", description='"fixed": M stays as it is, only with time_dependent'
    )
    electron_step: kinds.ShortTime = Field(
        1e-15, description="time step of the electrons, only with time_dependent"
    )


class Output(Section):
    """What is kept."""

    path: kinds.FilePath = Field(Path("boltzwall.nc"), description="netCDF file of the result")
    distributions: StrictBool = Field(False, description="keep F and G too, which are large")


Texture = Wang2022Texture | WallTexture | UniformTexture | SpiralTexture | FileTexture
Temperature = LinearTemperature | UniformTemperature | FileTemperature
