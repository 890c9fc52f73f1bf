"""[heat]: how the wire warms, and what takes its heat."""

from typing import Literal, TypeAlias

from pydantic import Field, StrictBool

from boltzwall.config import kinds
from boltzwall.config.sections.section import Section
from boltzwall.materials.substrates import SubstrateName


class NoHeat(Section):
    """T stays as [temperature] gives it."""

    kind: Literal["none"] = Field("none", description="T stays as [temperature] gives it")


class WireHeat(Section):
    """T(x, t) along the wire, [H1]."""

    kind: Literal["wire"] = Field(
        description="T(x, t) along the wire, [H1]; it begins at [temperature], where what lies "
        "under the wire is too"
    )
    substrate: Literal["none", "bath", "half-space", "membrane"] = Field(
        "none",
        description='what lies under the wire: "none"; "bath", which stays as it is; "half-space", '
        'which warms; "membrane", which hangs freely and warms',
    )
    substrate_material: SubstrateName | None = Field(
        None,
        description="of the half-space or membrane, instead of the two keys below",
        examples=["silicon"],
    )
    substrate_conductivity: kinds.ThermalConductivity | None = Field(
        None, description="κ_s, of the half-space or membrane"
    )
    substrate_heat_capacity: kinds.HeatCapacity | None = Field(
        None, description="C_s per volume, of the half-space or membrane"
    )
    membrane_thickness: kinds.PositiveLength | None = Field(
        None, description="of the membrane", examples=["100 nm"]
    )
    film_thickness: kinds.PositiveLength | None = Field(
        None,
        description="of a film between the wire and the half-space; without it there is none",
        examples=["300 nm"],
    )
    film_material: SubstrateName | None = Field(
        None,
        description="of the film, instead of the two keys below",
        examples=["silicon-dioxide"],
    )
    film_conductivity: kinds.ThermalConductivity | None = Field(None, description="κ of the film")
    film_heat_capacity: kinds.HeatCapacity | None = Field(
        None, description="C per volume of the film"
    )
    interface_conductance: kinds.InterfaceConductance | None = Field(
        None,
        description="G_s, from the wire to what lies under it; without it the two have one "
        "temperature, which a bath does not allow",
    )
    ends: kinds.HeatEnd = Field(
        "insulated", description='both ends of the wire: "insulated", or held at a temperature'
    )
    left_end_file: kinds.FilePath | None = Field(
        None, description="T(t) of the left end instead: a table of time in s and temperature in K"
    )
    right_end_file: kinds.FilePath | None = Field(None, description="the same of the right end")
    conductivity_coefficient: kinds.PerKelvin = Field(
        0.0, description="relative change of κ_th per kelvin at 300 K"
    )
    heat_capacity_coefficient: kinds.PerKelvin = Field(
        0.0, description="relative change of C per kelvin at 300 K"
    )
    conductivity_file: kinds.FilePath | None = Field(
        None, description="κ_th(T) instead: a table of temperature in K and κ_th in W/(m K)"
    )
    heat_capacity_file: kinds.FilePath | None = Field(
        None, description="C(T) instead: a table of temperature in K and C in J/(m³ K)"
    )
    resistivity_file: kinds.FilePath | None = Field(
        None, description="ρ(T) instead: a table of temperature in K and ρ in Ω m"
    )
    seebeck_file: kinds.FilePath | None = Field(
        None,
        description="S(T), whose slope gives the Thomson heat: a table of temperature in K and S "
        "in V/K; without it S is constant",
    )
    wiedemann_franz: StrictBool = Field(
        False, description="κ_th = lattice_conductivity + ℒT/ρ(T), [H2]"
    )
    lattice_conductivity: kinds.NonNegativeConductivity = Field(
        0.0, description="what the electrons do not carry of κ_th, with wiedemann_franz"
    )
    dissipation: StrictBool = Field(
        False, description="the magnetisation's own dissipation warms the wire too"
    )
    laser_fluence: kinds.Fluence = Field(
        0.0,
        description="absorbed in the middle of a laser's spot, per surface of the wire; 0: none",
    )
    laser_position: kinds.Length | None = Field(
        None, description="middle of the spot; without it, the middle of the wire"
    )
    laser_width: kinds.PositiveLength = Field(
        1e-6, description="of the Gaussian spot, full at half maximum"
    )
    laser_velocity: kinds.Speed = Field(
        0.0, description="of the spot along x, which is at laser_position at laser_time"
    )
    laser_time: kinds.Time = Field(0.0, description="middle of the laser's pulse")
    laser_duration: kinds.PositiveTime = Field(
        1e-12, description="of the laser's pulse, full at half maximum"
    )
    laser_shape: Literal["gaussian", "square"] = Field(
        "gaussian", description="of the laser's pulse in time"
    )
    tolerance: kinds.Tolerance = Field(
        1e-5, description="error of a time step of T, relative to 1 K and the rise"
    )


Heat: TypeAlias = NoHeat | WireHeat
