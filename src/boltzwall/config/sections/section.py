"""The base of the sections of a configuration."""

from typing import Any

from pydantic import BaseModel, ConfigDict

FROM_OTHERS: Any = None  # default of a key that validation fills in from other keys


class Section(BaseModel):
    """Base of the sections: frozen, and an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=False)

    def fill(self, key: str, value: object) -> None:
        """Set a key that follows from others; only validation does this."""
        self.__dict__[key] = value
