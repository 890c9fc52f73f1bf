"""The configuration that a Dataset carries, read as plain data."""

import json
from typing import Any

import xarray as xr

from boltzwall.errors import InputError


class Settings:
    """Look-up in the JSON of a Dataset's attribute `configuration`; empty if there is none."""

    def __init__(self, dataset: xr.Dataset) -> None:
        try:
            content = json.loads(dataset.attrs.get("configuration", "") or "{}")
        except json.JSONDecodeError:
            content = {}
        self._content: dict[str, Any] = content if isinstance(content, dict) else {}

    def section(self, name: str) -> dict[str, Any]:
        """A section; empty if it is missing."""
        found = self._content.get(name)
        return found if isinstance(found, dict) else {}

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
