"""Traced programs, kept between processes beside JAX's compiled code.

JAX's cache saves a process the compilation, but to find a program there it must have traced and
lowered it, which with an adaptive integrator takes longer than the run of a short wall.
"""

import functools
import hashlib
import os
import threading
from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import equinox as eqx
import jax
from jax import export

from boltzwall.numerics.stepping import Progression

_TRACED_FROM = ("numerics", "physics", "transport", "dynamics", "simulation")
_PACKAGES = ("boltzwall", "jax", "jaxlib", "equinox", "diffrax", "lineax", "optimistix", "numpy")
_NO_MATTER = ("cache", "log", "traceback", "dump")  # in the name of an option of JAX
_CANNOT_KEEP = (ImportError, NotImplementedError, TypeError, ValueError)

export.register_namedtuple_serialization(
    Progression, serialized_name="boltzwall.numerics.stepping.Progression"
)


class Kept:
    """A function as `equinox.filter_jit` makes it, whose traced form is kept in the cache folder.

    It returns arrays in dicts, tuples or a Progression. A form is found again under a digest of all
    that it follows from: the sources of the package, the versions of the packages below it, JAX's
    options, and the structure, static values, shapes and types of the arguments. Where nothing can
    be kept (no folder, a transformation by JAX around it), it is compiled as usual.
    """

    def __init__(self, function: Callable[..., Any]) -> None:
        functools.update_wrapper(self, function)
        self._function = function
        self._usual = eqx.filter_jit(function)
        self._programs: dict[Any, Callable[..., Any]] = {}
        self._locks: dict[Any, threading.Lock] = {}

    def __call__(self, *arguments: Any) -> Any:
        leaves, structure = jax.tree.flatten(arguments)
        arrays = [leaf for leaf in leaves if eqx.is_array(leaf)]
        folder = _folder()
        if folder is None or not all(_is_plain(array) for array in arrays):
            return self._usual(*arguments)
        static = tuple(None if eqx.is_array(leaf) else leaf for leaf in leaves)
        key = (structure, static, tuple((array.shape, str(array.dtype)) for array in arrays))
        with self._locks.setdefault(key, threading.Lock()):
            if key not in self._programs:
                self._programs[key] = self._program(folder, structure, static, arrays)
        return self._programs[key](arguments, arrays)

    def _program(
        self, folder: Path, structure: Any, static: Sequence[Any], arrays: Sequence[Any]
    ) -> Callable[..., Any]:
        """Maps (arguments, their arrays) to the result."""
        shapes = [jax.ShapeDtypeStruct(array.shape, array.dtype) for array in arrays]
        try:
            file = folder / _digest(self._function.__qualname__, structure, static, shapes)
            exported = _read(file)
            if exported is None:
                exported = export.export(jax.jit(self._flat(structure, static)))(*shapes)
                _write(file, exported.serialize())
        except _CANNOT_KEEP:
            return lambda arguments, _: self._usual(*arguments)
        call = jax.jit(exported.call)
        return lambda _, arrays: call(*arrays)

    def _flat(self, structure: Any, static: Sequence[Any]) -> Callable[..., Any]:
        """The function of its arrays alone; a static value of None stands for an array."""

        def flat(*arrays: Any) -> Any:
            rest = iter(arrays)
            leaves = [next(rest) if value is None else value for value in static]
            return self._function(*jax.tree.unflatten(structure, leaves))

        return flat


def _folder() -> Path | None:
    """Where the programs are kept: within the folder of JAX's cache, where that is a local one."""
    cache = getattr(jax.config, "jax_compilation_cache_dir", None)
    if not cache or jax.config.values["jax_disable_jit"] or not os.path.isdir(cache):
        return None
    return Path(cache) / "boltzwall-programs"


def _is_plain(array: Any) -> bool:
    """Whether it has values, on one device."""
    if isinstance(array, jax.core.Tracer):
        return False
    return not isinstance(array, jax.Array) or len(array.devices()) == 1


def _digest(name: str, *parts: Any) -> str:
    options = {
        option: getattr(jax.config, option, None)
        for option in sorted(jax.config.values)
        if not any(word in option for word in _NO_MATTER)
    }
    text = repr((name, _origin(), jax.default_backend(), options, *parts))
    if " at 0x" in text:
        raise ValueError("An argument has no lasting name.")
    return f"{name.strip('_')}-{hashlib.sha256(text.encode()).hexdigest()}"


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


def _read(file: Path) -> export.Exported | None:
    """The program in a file; None if there is none, or not a whole one."""
    try:
        content = file.read_bytes()
    except OSError:
        return None
    checksum, program = content[:32], content[32:]
    if hashlib.sha256(program).digest() != checksum:
        return None
    return export.deserialize(bytearray(program))


def _write(file: Path, program: bytearray) -> None:
    """Keep a program, whole or not at all; a disk that refuses is no reason to stop."""
    temporary = file.with_name(f"{file.name}.{os.getpid()}-{threading.get_ident()}")
    try:
        file.parent.mkdir(exist_ok=True)
        temporary.write_bytes(hashlib.sha256(program).digest() + program)
        temporary.replace(file)
    except OSError:
        temporary.unlink(missing_ok=True)
