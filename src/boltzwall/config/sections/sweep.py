"""The table `[sweep]` of a study: which keys vary, how, and what is kept of every run."""

from typing import Annotated, Any, Literal

from pydantic import Field, field_validator

from boltzwall.config import kinds
from boltzwall.config.sections.section import Section
from boltzwall.config.units import RefusedError, shown

MOST_POINTS = 100_000_000


class SweptKey(Section):
    """One key that varies: by a list, evenly between two values, or by samples between them."""

    key: str = Field(
        description='the key, such as "temperature.gradient" or "drive.magnetic_field.z"'
    )
    values: list[Any] | None = Field(
        None, description='a list of values, such as [1e9, "2 K/nm"]', min_length=1
    )
    start: Any = Field(None, description="first value, or the lower bound of samples")
    stop: Any = Field(None, description="last value, or the upper bound of samples")
    count: Annotated[int, kinds.Whole(1, MOST_POINTS)] | None = Field(
        None, description="number of values from `start` to `stop`; without it they are sampled"
    )
    spacing: Literal["linear", "log"] = Field(
        "linear", description="even steps, or even steps of the logarithm"
    )
    zip: str | None = Field(
        None, description="keys with the same name here vary together instead of being crossed"
    )

    @field_validator("key")
    @classmethod
    def _two_parts(cls, value: str) -> str:
        section, dot, key = value.partition(".")
        if not (section and dot and key):
            raise RefusedError(
                'must be a section and a key, such as "temperature.gradient", '
                f"but {shown(value)} was given."
            )
        return value


class Sweep(Section):
    """A study: the swept keys, the sampling, and what is kept."""

    axes: list[SweptKey] = Field(
        description="the swept keys, one [[sweep.axes]] each", min_length=1
    )
    samples: Annotated[int, kinds.Whole(1, MOST_POINTS)] | None = Field(
        None, description="number of samples of the keys that have bounds and no count"
    )
    sampling: Literal["latin-hypercube", "random"] = Field(
        "latin-hypercube", description="how samples are drawn"
    )
    seed: Annotated[int, kinds.Whole(0, 2**63 - 1)] = Field(0, description="seed of the samples")
    kind: Literal["run", "transport"] = Field(
        "run", description='what a point is: a whole "run", or the "transport" of the initial wall'
    )
    keep: Literal["scalars", "final", "all"] = Field(
        "scalars",
        description='kept of a point: numbers ("scalars"), its last state too ("final"), or '
        'every saved state ("all")',
    )
    batch: Annotated[int, kinds.Whole(0, 10_000)] = Field(
        0, description="points that are computed together; 0: chosen by size"
    )


class StudyTables(Section):
    """What a study has beside the tables of a configuration."""

    sweep: Sweep = Field(description="which keys vary")
