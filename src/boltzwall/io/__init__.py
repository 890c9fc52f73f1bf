"""Results on disk, in words, and as other tools read them.

It neither computes nor draws. The public names are imported when they are first used, so that a
table of text can be read without xarray. What needs other tools is imported from its own module:
`ovf`, `states`, `tables`, `discretised`.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from boltzwall.io.description import describe
    from boltzwall.io.netcdf import (
        check_writable,
        make_folder,
        read_dataset,
        replacing,
        write_dataset,
    )
    from boltzwall.io.settings import config_of

_HOMES = {
    "check_writable": "netcdf",
    "config_of": "settings",
    "describe": "description",
    "make_folder": "netcdf",
    "read_dataset": "netcdf",
    "replacing": "netcdf",
    "write_dataset": "netcdf",
}
__all__ = [
    "check_writable",
    "config_of",
    "describe",
    "make_folder",
    "read_dataset",
    "replacing",
    "write_dataset",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"boltzwall.io.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'boltzwall.io' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__doc__", "__file__", "__name__", "__path__"]
