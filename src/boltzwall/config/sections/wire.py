"""[wire] and [output]."""

from typing import Annotated

from pydantic import Field, StrictBool

from boltzwall.config import kinds
from boltzwall.config.sections.section import Section


class Wire(Section):
    """The wire and its cells."""

    length: kinds.PositiveLength = Field(5e-9, description="length along x, from x = 0")
    cells: Annotated[int, kinds.Whole(4, 1_000_000)] = Field(100, description="number of cells")
    width: kinds.PositiveLength | None = Field(
        None,
        description="width along y, for the demagnetising field and for thermal noise",
        examples=["100 nm"],
    )
    thickness: kinds.PositiveLength | None = Field(
        None, description="thickness along z, for the demagnetising field and for thermal noise"
    )


class Output(Section):
    """What is kept."""

    path: kinds.FilePath | None = Field(
        None,
        description="netCDF file of the result; without it, beside the configuration and named "
        "after it: wall.nc of wall.toml",
        examples=["wall.nc"],
    )
    distributions: StrictBool = Field(False, description="keep F and G too, which are large")
