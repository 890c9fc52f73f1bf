"""The whole configuration: the sections, and what must hold between them."""

import math
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from boltzwall import materials
from boltzwall.config import schema
from boltzwall.config.checks import problems
from boltzwall.config.checks_micromagnetic import highest_frequency
from boltzwall.config.messages import InconsistentError
from boltzwall.config.schema_transport import models_of

_TIMES = ("momentum_time_majority", "momentum_time_minority")
_NOISE_SHARE = 0.2  # of the angle by which the fastest spin precesses in a step, rad
_DEFAULT_KINDS = {"texture": "wang2022", "temperature": "linear", "profile": "uniform"}


class Config(schema.Section):
    """A validated configuration; make one with ``load_config``."""

    material: schema.Material = Field(
        default_factory=lambda: schema.Material.model_validate({}), description="the metal"
    )
    wire: schema.Wire = Field(default_factory=schema.Wire, description="the wire")
    texture: Annotated[schema.Texture, Field(discriminator="kind")] = Field(
        default_factory=schema.Wang2022Texture, description="the magnetisation at the start"
    )
    temperature: Annotated[schema.Temperature, Field(discriminator="kind")] = Field(
        default_factory=schema.LinearTemperature, description="the temperature along the wire"
    )
    profile: Annotated[schema.Profile, Field(discriminator="kind")] = Field(
        default_factory=schema.UniformProfile,
        description="constants and cross-section that depend on the place",
    )
    drive: schema.Drive = Field(default_factory=schema.Drive, description="what drives the wall")
    transport: schema.Transport = Field(
        default_factory=schema.Transport,
        description="how the electrons are treated; a meaning that begins with the name of a model "
        "is that of a key which only this model has",
    )
    field: schema.EffectiveField = Field(
        default_factory=schema.EffectiveField, description="terms of the effective field"
    )
    dynamics: schema.Dynamics = Field(
        default_factory=schema.Dynamics, description="the run in time"
    )
    output: schema.Output = Field(default_factory=schema.Output, description="what is kept")

    @model_validator(mode="before")
    @classmethod
    def _default_kinds(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        filled = dict(data)
        for section, kind in _DEFAULT_KINDS.items():
            if isinstance(filled.get(section), dict):
                filled[section] = {"kind": kind, **filled[section]}
        return filled

    @model_validator(mode="after")
    def _fill_and_check(self) -> Self:
        self._fill_from_wire()
        self._fill_momentum_times()
        self._fill_method()
        self._fill_noise_step()
        found = problems(self)
        if found:
            raise InconsistentError(found)
        self._fill_electric_field()
        return self

    def to_json(self) -> str:
        """All that is in use, filled in; ``load_config(json.loads(…))`` gives an equal one."""
        transport = self.transport
        unused = {
            key
            for key in type(transport).model_fields.keys() - transport.model_fields_set
            if models_of(key) and transport.model not in models_of(key)
        }
        unknown = {"electric_field"} if math.isnan(self.drive.electric_field) else set()
        return self.model_dump_json(exclude={"transport": unused, "drive": unknown})

    def given(self) -> dict[str, Any]:
        """What the user set himself: the keys that nothing filled in."""
        return self.model_dump(exclude_unset=True)

    def assumed(self) -> tuple[str, ...]:
        """The constants in use that have no source, as "section.key: why"."""
        if self.transport.model != "consistent":
            return self.material.assumed()
        constants = materials.get(self.material.preset).transport_constants
        return self.material.assumed() + tuple(
            f"transport.{key}: {constant.source}"
            for key, constant in constants.items()
            if constant.assumed and getattr(self.transport, key) == constant.value
        )

    def _fill_from_wire(self) -> None:
        texture, length = self.texture, self.wire.length
        if isinstance(texture, schema.Wang2022Texture) and "width" not in texture.model_fields_set:
            self._fill_in("texture", "width", length)
        if isinstance(texture, schema.WallTexture) and "centre" not in texture.model_fields_set:
            self._fill_in("texture", "centre", 0.5 * length)
        site = self.profile
        sites = (schema.PinningProfile, schema.NotchProfile)
        if isinstance(site, sites) and "centre" not in site.model_fields_set:
            self._fill_in("profile", "centre", 0.5 * length)

    def _fill_method(self) -> None:
        if "method" in self.dynamics.model_fields_set:
            return
        stiff = self.field.exchange or self.field.bulk_dmi or self.field.interfacial_dmi
        noisy = self.dynamics.thermal_noise
        method = "heun" if noisy else "semi-implicit" if stiff else "explicit"
        self._fill_in("dynamics", "method", method)

    def _fill_noise_step(self) -> None:
        if "noise_step" in self.dynamics.model_fields_set:
            return
        rate = highest_frequency(self)
        longest = self.dynamics.save_interval
        self._fill_in(
            "dynamics", "noise_step", min(longest, _NOISE_SHARE / rate) if rate else longest
        )

    def _fill_momentum_times(self) -> None:
        metal = self.material
        values: dict[str, float] = {}
        if self.transport.model == "consistent" and "momentum_time" not in metal.model_fields_set:
            values = materials.get(metal.preset).transport_values()
        for key in _TIMES:
            if key not in self.transport.model_fields_set:
                self._fill_in("transport", key, values.get(key, metal.momentum_time))

    def _fill_electric_field(self) -> None:
        density, conductivity = self.drive.current_density, self.material.conductivity
        if self.transport.model == "consistent":
            if density is not None or self.drive.circuit == "open":
                self._fill_in("drive", "electric_field", math.nan)
            return
        if density is not None and conductivity is not None:
            self._fill_in("drive", "electric_field", density / conductivity)

    def _fill_in(self, section: str, key: str, value: float | str) -> None:
        # In a copy: the caller may share the section that he passed with another configuration.
        filled = getattr(self, section).model_copy()
        filled.fill(key, value)
        self.fill(section, filled)
