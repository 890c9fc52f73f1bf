"""What a traced program follows from, as plain data; its digest names the file that keeps it."""

import dataclasses
import enum
import functools
import hashlib
import json
import types
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import equinox as eqx
import jax
import numpy as np

_TRACED_FROM = ("numerics", "physics", "heat", "transport", "dynamics", "simulation")
_PACKAGES = ("boltzwall", "jax", "jaxlib", "equinox", "diffrax", "lineax", "optimistix", "numpy")
_NO_MATTER = ("cache", "log", "traceback", "dump")  # in the name of an option of JAX

Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]


@dataclasses.dataclass(frozen=True)
class ProgramKey:
    """All that decides which program a call compiles to.

    Attributes:
        function: its module and name.
        origin: digest of the sources that are traced, and of the versions of the packages below.
        backend: JAX's, "cpu" or "gpu".
        options: those of JAX's options that matter, by their names.
        arguments: as `described`: shapes and types of arrays, the values of everything else.
    """

    function: str
    origin: str
    backend: str
    options: Plain
    arguments: Plain

    @classmethod
    def of(cls, function: Callable[..., Any], arguments: tuple) -> "ProgramKey":
        """The key of a call.

        Raises:
            TypeError: an argument holds something whose value cannot be written down.
        """
        options = {
            option: described(getattr(jax.config, option, None))
            for option in sorted(jax.config.values)
            if not any(word in option for word in _NO_MATTER)
        }
        backend = jax.default_backend()
        return cls(_name(function), _origin(), backend, options, described(arguments))

    @property
    def file_name(self) -> str:
        """The function, and the SHA-256 of the key as JSON."""
        text = json.dumps(dataclasses.asdict(self), sort_keys=True, separators=(",", ":"))
        short = self.function.rsplit(".", 1)[-1].strip("_")
        return f"{short}-{hashlib.sha256(text.encode()).hexdigest()}"


def described(value: Any) -> Plain:
    """A value as plain data: the same in every process, and another one for another program.

    Arrays count by shape and type, since programs are traced for any values of them; a module, a
    dataclass or a named tuple by its class and its fields, a function by its module and name.

    Raises:
        TypeError: there is nothing lasting to tell it by.
    """
    if value is None or type(value) in (bool, int, float, str):
        return value
    if eqx.is_array(value) or isinstance(value, np.generic):
        return ["array", list(value.shape), str(value.dtype)]
    if isinstance(value, enum.Enum | np.dtype | type) or callable(value):
        return _described_code(value)
    return _described_parts(value)


def _described_code(value: Any) -> Plain:
    if isinstance(value, enum.Enum):
        return ["member", _name(type(value)), value.name]
    if isinstance(value, np.dtype):
        return ["dtype", str(value)]
    if isinstance(value, functools.partial):
        return ["partial", described(value.func), described(value.args), described(value.keywords)]
    if isinstance(value, types.MethodType):
        return ["method", described(value.__self__), value.__name__]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _described_parts(value)
    return ["code", _name(value)]


def _described_parts(value: Any) -> Plain:
    if dataclasses.is_dataclass(value):
        return [_name(type(value)), *map(_described_field(value), dataclasses.fields(value))]
    if isinstance(value, dict):
        return ["dict", *([described(key), described(value[key])] for key in sorted(value))]
    if isinstance(value, tuple | list):
        return [_name(type(value)), *(described(part) for part in value)]
    raise TypeError(f"A {type(value).__name__} has no lasting description.")


def _described_field(owner: Any) -> Callable[[dataclasses.Field], Plain]:
    def one(field: dataclasses.Field) -> Plain:
        held = getattr(owner, field.name, None)
        if field.metadata.get("static") and eqx.is_array(held):
            raise TypeError(f"The array {field.name} is static: its values belong to the program.")
        return [field.name, described(held)]

    return one


def _name(code: Any) -> str:
    """Module and name of a class or of a function of a module."""
    name = getattr(code, "__qualname__", None)
    if name is None or "<" in name or not getattr(code, "__module__", None):
        raise TypeError(f"A {type(code).__name__} that is no part of a module has no lasting name.")
    return f"{code.__module__}.{name}"


@functools.cache
def _origin() -> str:
    """A digest of the sources from which programs are traced, and of the packages' versions."""
    digest = hashlib.sha256()
    package = Path(__file__).parents[1]
    files = [package / name for name in ("constants.py", "relations.py")]
    for folder in _TRACED_FROM:
        files += sorted((package / folder).rglob("*.py"))
    for file in files:
        digest.update(f"{file.relative_to(package)}\n".encode() + file.read_bytes())
    for name in _PACKAGES:
        try:
            digest.update(f"{name} {version(name)}\n".encode())
        except PackageNotFoundError:
            digest.update(f"{name}\n".encode())
    return digest.hexdigest()
