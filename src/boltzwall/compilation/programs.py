"""Traced programs, kept between processes beside JAX's compiled code.

JAX's cache saves a process the compilation, but to find a program there it must have traced and
lowered it, which with an adaptive integrator takes longer than the run of a short wall.
"""

import functools
import hashlib
import os
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import equinox as eqx
import jax
from jax import export

from boltzwall.compilation.program_key import ProgramKey
from boltzwall.numerics.stepping import Progression

_CANNOT_KEEP = (ImportError, NotImplementedError, TypeError, ValueError)

export.register_namedtuple_serialization(
    Progression, serialized_name="boltzwall.numerics.stepping.Progression"
)


class Kept:
    """A function as `equinox.filter_jit` makes it, whose traced form is kept in the cache folder.

    It returns arrays in dicts, tuples or a Progression. A form is found again under its
    :class:`ProgramKey`. Where nothing can be kept (no folder, a transformation by JAX around it, an
    argument without a lasting name), it is compiled as usual.
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
                self._programs[key] = self._program(folder, arguments, arrays)
        return self._programs[key](arguments, arrays)

    def _program(self, folder: Path, arguments: tuple, arrays: Sequence[Any]) -> Callable[..., Any]:
        """Maps (arguments, their arrays) to the result."""
        try:
            file = folder / ProgramKey.of(self._function, arguments).file_name
            exported = _read(file)
            if exported is None:
                shapes = [jax.ShapeDtypeStruct(array.shape, array.dtype) for array in arrays]
                exported = export.export(jax.jit(self._flat(arguments)))(*shapes)
                _write(file, exported.serialize())
        except _CANNOT_KEEP:
            return lambda arguments, _: self._usual(*arguments)
        call = jax.jit(exported.call)
        return lambda _, arrays: call(*arrays)

    def _flat(self, arguments: tuple) -> Callable[..., Any]:
        """The function of the arrays among its arguments alone."""
        leaves, structure = jax.tree.flatten(arguments)
        static = [None if eqx.is_array(leaf) else leaf for leaf in leaves]

        def flat(*arrays: Any) -> Any:
            rest = iter(arrays)
            filled = [next(rest) if value is None else value for value in static]
            return self._function(*jax.tree.unflatten(structure, filled))

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
