"""The section [dynamics]: the run in time."""

from typing import Annotated, Literal

from pydantic import Field, StrictBool

from boltzwall.config import kinds
from boltzwall.config.sections.section import FROM_OTHERS, Section


class Dynamics(Section):
    """The run in time."""

    end_time: kinds.PositiveTime = Field(1e-9, description="the run ends here at the latest")
    save_interval: kinds.PositiveTime = Field(5e-12, description="time between two saved states")
    stop: Literal["steady", "end"] = Field(
        "steady", description='"steady": stop when M rests; "end": go on to end_time'
    )
    steady_rate: kinds.Rate = Field(1e7, description="M rests when max|dM/dt| is below this")
    method: Literal["explicit", "semi-implicit", "heun"] = Field(
        FROM_OTHERS,
        description='time stepping: "explicit", Tsit5; "semi-implicit", a Rosenbrock method of '
        'third order whose steps exchange does not limit; "heun", fixed steps, for thermal noise. '
        "Without it, by the field terms",
    )
    relative_tolerance: kinds.Tolerance = Field(1e-6, description="relative error of a time step")
    absolute_tolerance: kinds.Tolerance = Field(1e-8, description="absolute error of a time step")
    settling_tolerance: kinds.Tolerance = Field(
        0.02, description="the mean M has settled when it stays this close to its end"
    )
    checkpoint_interval: Annotated[int, kinds.Whole(1, 1_000_000)] = Field(
        20, description="saved states between two writes of the output file"
    )
    relax: StrictBool = Field(
        False, description="bring M to rest in its own field before the drive sets in"
    )
    relax_field: StrictBool = Field(False, description="keep the magnetic field while M relaxes")
    moving_window: StrictBool = Field(
        False, description="shift the wire by whole cells so that the wall stays in its middle"
    )
    thermal_noise: StrictBool = Field(
        False, description="fluctuations of the field at the local temperature"
    )
    noise_seed: Annotated[int, kinds.Whole(0, 2**32 - 1)] = Field(
        0, description="seed of the thermal noise"
    )
    noise_step: kinds.ShortTime = Field(
        FROM_OTHERS,
        description='time step with the method "heun"; without it, that in which the fastest spin '
        "precesses by 0.2 rad",
    )
    magnetisation: Literal["moving", "fixed"] = Field(
        "moving", description='"fixed": M stays as it is, only with time_dependent'
    )
    electron_step: kinds.ShortTime = Field(
        1e-15, description="time step of the electrons, only with time_dependent"
    )
