"""[texture]: the magnetisation at the start."""

import math
from typing import Literal

from pydantic import Field, StrictBool, field_validator

from boltzwall.config import kinds
from boltzwall.config.sections.section import FROM_OTHERS, Section
from boltzwall.config.units import RefusedError


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


class WallsTexture(Section):
    """Several walls, between domains of alternating direction."""

    kind: Literal["walls"] = Field(
        description="several walls with tanh profiles; neighbours join as a product of rotations"
    )
    wall: Literal["neel", "bloch", "head-to-head"] = Field(
        "neel", description='what each of them is: "neel", "bloch" or "head-to-head"'
    )
    centres: kinds.Centres = Field(description="positions of the walls, from left to right")
    width: kinds.PositiveLength = Field(description="Δ of tanh((x − centre)/Δ), that of each wall")
    tilt: kinds.Angle = Field(
        0.0, description="angle by which the first wall is turned about its axis"
    )
    chirality: Literal["same", "alternating"] = Field(
        "same",
        description='"same": M turns on in one sense, and two neighbours make 360°; "alternating": '
        "it turns back, M in all walls is parallel, and neighbours can annihilate",
    )
    reverse: StrictBool = Field(
        False, description="turn all walls round: the first has cos θ = +tanh((x − centre)/width)"
    )

    @property
    def walls(self) -> tuple[WallTexture, ...]:
        """Each wall by itself; walls of one chirality have tilts that differ by π."""
        step = math.pi if self.chirality == "same" else 0.0
        return tuple(
            WallTexture(
                kind=self.wall,
                width=self.width,
                centre=centre,
                tilt=self.tilt + step * (number % 2),
                reverse=self.reverse != (number % 2 == 1),
            )
            for number, centre in enumerate(self.centres)
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
        description="result of boltzwall (its last magnetisation), OVF 1.0 or 2.0, .npy of "
        "vectors, or a table of x, mx, my, mz; `wire.length` and `wire.cells`, where they are left "
        "out, are those of the file"
    )
    section: kinds.CrossSection = Field(
        "average",
        description='of a mesh with several cells across: "average", the moments of each '
        "cross-section added up, or { y = 2, z = 0 }, the row of these cells, counted from 0",
    )
    empty_ends: Literal["refuse", "crop", "fill"] = Field(
        "refuse",
        description='cells without magnetisation at the ends: "refuse"; "crop", the wire is what '
        'lies between; "fill", M goes on into them, and with resample beyond the file too',
    )
    resample: StrictBool = Field(
        False, description="interpolate M onto the cells of [wire] where these are others"
    )


Texture = (
    Wang2022Texture | WallTexture | WallsTexture | UniformTexture | SpiralTexture | FileTexture
)
