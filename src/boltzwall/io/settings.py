"""The configuration that a Dataset carries, read as plain data."""

import json
from typing import Any

import xarray as xr

from boltzwall.errors import InputError


def config_of(dataset: xr.Dataset) -> dict[str, dict[str, Any]]:
    """The configuration that a Dataset carries, filled in, as ``load_config`` takes it.

    Raises:
        InputError: the Dataset carries none, or its attribute `configuration` is damaged.
    """
    text = dataset.attrs.get("configuration", "")
    if not text:
        raise InputError(
            "The result must carry its configuration, but it has no attribute `configuration`. "
            "Use a result that boltzwall wrote, or give the configuration itself."
        )
    try:
        found = json.loads(text)
    except (TypeError, ValueError):
        found = None
    if not isinstance(found, dict) or not all(isinstance(keys, dict) for keys in found.values()):
        raise InputError(
            "The result must carry its configuration, but its attribute `configuration` is "
            "damaged: it is not JSON of sections with keys. Give the configuration itself."
        )
    return found


class Settings:
    """Look-up in the configuration of a Dataset; empty if it carries none."""

    def __init__(self, dataset: xr.Dataset) -> None:
        try:
            self._content = config_of(dataset)
        except InputError:
            self._content = {}

    @classmethod
    def of_sections(cls, content: dict[str, dict[str, Any]]) -> "Settings":
        """Of a configuration that no Dataset carries yet, filled in."""
        return cls(xr.Dataset(attrs={"configuration": json.dumps(content)}))

    @property
    def sections(self) -> tuple[str, ...]:
        """The names of all sections."""
        return tuple(self._content)

    def section(self, name: str) -> dict[str, Any]:
        """A section; empty if it is missing."""
        return self._content.get(name, {})

    def get(self, section: str, key: str, default: Any = None) -> Any:
        """A value; ``default`` if it is missing or null."""
        value = self.section(section).get(key)
        return default if value is None else value

    def number(self, section: str, key: str) -> float:
        """A number that must be there; raises ``InputError``."""
        value = self.get(section, key)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise InputError(
                f"The result's attribute `configuration` must give `{section}.{key}`, "
                "but it does not. Use a file that boltzwall wrote."
            )
        return float(value)

    def optional(self, section: str, key: str) -> float | None:
        """A number, or None if it is missing."""
        return None if self.get(section, key) is None else self.number(section, key)
