"""What a run that goes on from an earlier one must have in common with it."""

from collections.abc import Mapping
from typing import Any

from boltzwall.config.config import Config
from boltzwall.errors import InputError

# A resumed run may differ in these from the run that it goes on from; None: the whole section.
_FREE = {"output": None, "dynamics": ("end_time", "stop", "steady_rate", "checkpoint_interval")}


def require_same(config: Config, stored: Mapping[str, Any]) -> None:
    """Raise InputError where a run would go on as another one.

    Arguments:
        stored: the configuration of the earlier run, as its Dataset carries it.
    """
    now = config.filled()
    changed = [
        f"{section}.{key} ({_value(stored, section, key)} → {value})"
        for section, keys in now.items()
        for key, value in keys.items()
        if not _is_free(section, key) and _value(stored, section, key) != value
    ]
    if changed:
        raise InputError(
            "A resumed run must have the configuration that it began with, but these keys differ: "
            f"{', '.join(changed)}. Give them their former values, or begin a new run."
        )


def _is_free(section: str, key: str) -> bool:
    return section in _FREE and (_FREE[section] is None or key in (_FREE[section] or ()))


def _value(stored: Mapping[str, Any], section: str, key: str) -> Any:
    return stored.get(section, {}).get(key)
