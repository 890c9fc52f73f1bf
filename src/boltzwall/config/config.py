"""The whole configuration: the sections, and what must hold between them."""

import json
import math
from collections.abc import Callable, Mapping
from typing import Annotated, Any, ClassVar, Self

from pydantic import Field, model_validator

from boltzwall.config import sections
from boltzwall.config.display import html_of, toml_of
from boltzwall.config.sections.transport import models_of

DEFAULT_KINDS = {
    "texture": "wang2022", "temperature": "linear", "profile": "uniform", "heat": "none",
}  # fmt: skip

_CONSTANT_TERMS = (
    "exchange", "uniaxial_anisotropy", "hard_axis_anisotropy", "cubic_anisotropy", "bulk_dmi",
    "interfacial_dmi",
)  # fmt: skip


class Config(sections.Section):
    """A validated configuration; make one with ``load_config``, change it with ``replace``.

    Called directly, with sections by name, it holds what was given and what follows within a
    section; ``load_config`` and whatever computes fill in the rest and judge it.

    >>> import boltzwall
    >>> wall = boltzwall.load_config({"wire": {"cells": 50}})
    >>> wall.replace("temperature.gradient", "4 K/nm").temperature.gradient
    4000000000.0
    """

    # How keys are changed: `load` says it, which builds on this class.
    changing: ClassVar[Callable[["Config", Mapping[str, Any]], "Config"]]

    material: sections.Material = Field(
        default_factory=lambda: sections.Material.model_validate({}), description="the metal"
    )
    wire: sections.Wire = Field(default_factory=sections.Wire, description="the wire")
    texture: Annotated[sections.Texture, Field(discriminator="kind")] = Field(
        default_factory=sections.Wang2022Texture, description="the magnetisation at the start"
    )
    temperature: Annotated[sections.Temperature, Field(discriminator="kind")] = Field(
        default_factory=sections.LinearTemperature, description="the temperature along the wire"
    )
    heat: Annotated[sections.Heat, Field(discriminator="kind")] = Field(
        default_factory=sections.NoHeat,
        description="how the wire warms, and what takes its heat",
    )
    profile: Annotated[sections.Profile, Field(discriminator="kind")] = Field(
        default_factory=sections.UniformProfile,
        description="constants and cross-section that depend on the place",
    )
    drive: sections.Drive = Field(
        default_factory=sections.Drive, description="what drives the wall"
    )
    transport: sections.Transport = Field(
        default_factory=sections.Transport,
        description="how the electrons are treated; a meaning that begins with the name of a model "
        "is that of a key which only this model has",
    )
    field: sections.EffectiveField = Field(
        default_factory=sections.EffectiveField, description="terms of the effective field"
    )
    dynamics: sections.Dynamics = Field(
        default_factory=sections.Dynamics, description="the run in time"
    )
    output: sections.Output = Field(default_factory=sections.Output, description="what is kept")

    @model_validator(mode="before")
    @classmethod
    def _default_kinds(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        filled = dict(data)
        for section, kind in DEFAULT_KINDS.items():
            if isinstance(filled.get(section), dict):
                filled[section] = {"kind": kind, **filled[section]}
        return filled

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

    def filled(self) -> dict[str, dict[str, Any]]:
        """The same as plain data: what a Dataset carries, and ``load_config`` takes."""
        content: dict[str, dict[str, Any]] = json.loads(self.to_json())
        return content

    def replace(self, key: str | Mapping[str, Any], value: Any = None) -> Self:
        """A configuration with another value of a key, or of several at once.

        A new kind, model or drive takes the place of the former one: the keys that belonged to that
        are left out, with a warning.

        Arguments:
            key: "section.key", such as "drive.current_density"; or a mapping from such names to
                values.
            value: what a configuration file takes, such as 1e11 or "5 nm"; None: its default.

        Raises:
            InputError: there is no such key, or the result is no configuration.
        """
        changes = {key: value} if isinstance(key, str) else key
        return type(self).changing(self, changes)  # type: ignore[return-value]

    def __repr__(self) -> str:
        return toml_of(self)

    def __str__(self) -> str:
        return toml_of(self)

    def _repr_html_(self) -> str:
        return html_of(self)

    def given(self) -> dict[str, Any]:
        """What the user set himself: the keys that nothing filled in."""
        return self.model_dump(exclude_unset=True)

    def assumed(self) -> tuple[str, ...]:
        """The constants that enter the result and have no source, as "section.key: why"."""
        used = self._used_constants()
        found = tuple(text for key, text in self.material.assumed().items() if key in used)
        if self.transport.model != "consistent":
            return found
        constants = self.material.known().transport_constants
        return found + tuple(
            f"transport.{key}: {constant.source}"
            for key, constant in constants.items()
            if constant.assumed and getattr(self.transport, key) == constant.value
        )

    def _used_constants(self) -> set[str]:
        """The keys of [material] that this model and these terms of the field read."""
        field, transport = self.field, self.transport
        used = {"gyromagnetic_ratio", "saturation_magnetisation", "damping"}
        for term in _CONSTANT_TERMS:
            if getattr(field, term):
                used.add("exchange_stiffness" if term == "exchange" else term)
        if field.temperature_law not in ("none", "file"):
            used.add("curie_temperature")
        if transport.model in ("published", "consistent"):
            used |= {"fermi_energy", "effective_mass", "exchange_splitting", "spin_flip_time"}
        if field.spin_orbit_torque:
            used |= {"spin_hall_angle"} if field.spin_hall_angle is None else set()
            used |= {"fieldlike_angle"} if field.fieldlike_angle is None else set()
        if field.oersted and field.heavy_metal_thickness is None:
            used.add("heavy_metal_thickness")
        if transport.model == "consistent":
            used |= {"scattering_exponent_majority", "scattering_exponent_minority"}
        if transport.model == "published":
            used |= {"spinor_velocity", "momentum_time"}
            used |= {"conductivity"} if self.drive.current_density is not None else set()
        if transport.model in ("zhang-li", "bauer") and transport.beta is None:
            used |= {"exchange_splitting", "spin_flip_time"}
        if transport.model == "bauer":
            used |= {"seebeck_coefficient", "conductivity"}
        return used
