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
        description='how Ms, A, K follow T(x) and `material.curie_temperature`: "bloch", Ms ∝ 1 − '
        '(T/T_C)^(3/2), "kuzmin", Ms ∝ (1 − s τ^(3/2) − (1 − s) τ^(5/2))^(1/3) with τ = T/T_C; '
        '"file", a table',
    )
    temperature_file: kinds.FilePath | None = Field(
        None, description="two columns, temperature in K and Ms in any unit"
    )
    temperature_shape: kinds.Positive = Field(1.0, description="s of the law of Kuz'min")
    reference_temperature: kinds.Temperature = Field(
        300.0, description="temperature at which the constants of [material] hold"
    )
    stiffness_exponent: kinds.NonNegative = Field(2.0, description="A ∝ Ms to this power")
    anisotropy_exponent: kinds.NonNegative = Field(3.0, description="K, K⊥, K1 ∝ Ms to this power")
