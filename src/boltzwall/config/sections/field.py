"""The section [field]: the terms of the effective field."""

from typing import Literal

from pydantic import Field, StrictBool

from boltzwall.config import kinds
from boltzwall.config.sections.section import Section


class EffectiveField(Section):
    """Terms of the effective field; a term that is switched on takes its constant of [material]."""

    initial_state_field: kinds.Number = Field(0.0, description="the paper's c in H = c Ms M(x, 0)")
    exchange: StrictBool = Field(False, description="exchange, A of `material.exchange_stiffness`")
    uniaxial_anisotropy: StrictBool = Field(
        False, description="uniaxial anisotropy, K of `material.uniaxial_anisotropy`"
    )
    easy_axis: kinds.Direction = Field((0.0, 0.0, 1.0), description="axis of K")
    hard_axis_anisotropy: StrictBool = Field(
        False, description="hard-axis anisotropy, K⊥ of `material.hard_axis_anisotropy`"
    )
    hard_axis: kinds.Direction = Field((0.0, 1.0, 0.0), description="axis of K⊥")
    cubic_anisotropy: StrictBool = Field(
        False, description="cubic anisotropy, K1 of `material.cubic_anisotropy`"
    )
    bulk_dmi: StrictBool = Field(False, description="bulk DMI, D of `material.bulk_dmi`")
    interfacial_dmi: StrictBool = Field(
        False, description="interfacial DMI, D of `material.interfacial_dmi`"
    )
    demagnetising: Literal["none", "local", "full"] = Field(
        "none",
        description='"local": shape factors of a long wire of `wire.width` × `wire.thickness`; '
        '"full": the interaction of all cells, averaged over the cross-section',
    )
    temperature_law: Literal["none", "bloch", "kuzmin", "file"] = Field(
        "none",
        description='how Ms, A, K, D follow T(x) and `material.curie_temperature`: "bloch", Ms ∝ '
        '1 − (T/T_C)^(3/2), "kuzmin", Ms ∝ (1 − s τ^(3/2) − (1 − s) τ^(5/2))^(1/3) with τ = T/T_C; '
        '"file", a table',
    )
    temperature_file: kinds.FilePath | None = Field(
        None, description="two columns, temperature in K and Ms in any unit"
    )
    temperature_shape: kinds.Positive = Field(1.0, description="s of the law of Kuz'min")
    reference_temperature: kinds.Temperature = Field(
        300.0, description="temperature at which the constants of [material] hold"
    )
    stiffness_exponent: kinds.NonNegative = Field(
        2.0, description="A and the D of both DMI ∝ Ms to this power"
    )
    anisotropy_exponent: kinds.NonNegative = Field(3.0, description="K, K⊥, K1 ∝ Ms to this power")
    damping_exponent: kinds.Number = Field(0.0, description="α ∝ Ms to this power")
    spin_orbit_torque: StrictBool = Field(
        False,
        description="torque of a current in a neighbouring heavy metal, −γ0 H_DL M×(M×ŝ) − γ0 H_FL "
        "M×ŝ, H = ħθj/(2eµ0Ms t), t = `wire.thickness`; it follows `drive.electric_waveform`",
    )
    spin_hall_angle: kinds.Number | None = Field(
        None,
        description="θ of H_DL, the part of the spin Hall angle that arrives; without it, "
        "`material.spin_hall_angle`",
    )
    fieldlike_angle: kinds.Number | None = Field(
        None, description="θ of H_FL; without it, `material.fieldlike_angle`, or 0"
    )
    heavy_metal_current_density: kinds.CurrentDensity | None = Field(
        None,
        description="j along x in the heavy metal; without it, `drive.current_density`",
    )
    heavy_metal_thickness: kinds.PositiveLength | None = Field(
        None,
        description="thickness of the heavy metal, for its Oersted field; without it, "
        "`material.heavy_metal_thickness`",
    )
    heavy_metal_side: Literal["below", "above"] = Field(
        "below",
        description='where the heavy metal is: "below" the magnetic layer, ŝ = −y, or "above" it, '
        "ŝ = +y, for a j and a θ above 0",
    )
    oersted: StrictBool = Field(
        False,
        description="Oersted field of that current, along y; of a plate as wide as `wire.width`, "
        "or of an endless one",
    )
