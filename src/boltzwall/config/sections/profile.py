"""The section [profile]: material constants and cross-section that depend on the place."""

from typing import Literal

from pydantic import Field

from boltzwall.config import kinds
from boltzwall.config.sections.section import FROM_OTHERS, Section


class UniformProfile(Section):
    """The same constants everywhere."""

    kind: Literal["uniform"] = Field("uniform", description="the same constants everywhere")


class _Site(Section):
    """A Gaussian place."""

    centre: kinds.Length = Field(
        FROM_OTHERS, description="where it is; without it, the middle of the wire"
    )
    width: kinds.PositiveLength = Field(description="standard deviation of its Gaussian")


class PinningProfile(_Site):
    """A site where constants differ: each times 1 + (factor − 1)·exp(−(x − centre)²/2·width²)."""

    kind: Literal["pinning"] = Field(
        description="a pinning site: constants times 1 + (factor − 1)·exp(−(x − centre)²/"
        "(2·width²))"
    )
    anisotropy_factor: kinds.NonNegative = Field(1.0, description="of K, K⊥ and K1")
    stiffness_factor: kinds.Positive = Field(1.0, description="of A")
    magnetisation_factor: kinds.Positive = Field(1.0, description="of Ms")
    damping_factor: kinds.NonNegative = Field(1.0, description="of α")


class NotchProfile(_Site):
    """A narrower cross-section: times 1 − depth·exp(−(x − centre)²/2·width²)."""

    kind: Literal["notch"] = Field(
        description="a notch: cross-section times 1 − depth·exp(−(x − centre)²/(2·width²)); "
        "the current density grows in proportion"
    )
    depth: kinds.Fraction = Field(description="share of the cross-section that is missing")


class FileProfile(Section):
    """Factors from a table."""

    kind: Literal["file"] = Field(
        description="factors from a table: a first line that names the columns, x and any of "
        "cross_section, magnetisation, stiffness, anisotropy, dmi, damping"
    )
    path: kinds.FilePath = Field(description="the table, x in m")


Profile = UniformProfile | PinningProfile | NotchProfile | FileProfile
