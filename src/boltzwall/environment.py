"""What importing this package, or its command, changes outside of itself; all of it stands here.

- ``EQX_ON_ERROR=nan``, when `boltzwall` is imported and unless it is set: compiled code that can
  call back to raise is never kept between processes, so it answers with nan, which every result is
  checked for. Equinox reads it when it is imported.
- float64 in JAX, when anything that computes is imported: every result of this project needs it. A
  program that uses JAX itself is told so with a warning, unless it has chosen float64 before.
- JAX's compilation cache, when `boltzwall.simulation` is imported: `boltzwall.compilation.cache`.
- The command alone: Dask kept out of commands that have no use for it, rarer garbage collections,
  the end of the process without taking down XLA.
"""

import gc
import os
import sys
import warnings

_JAX_OF_THE_USER = "jax" in sys.modules  # before anything here imported it
_COLLECT_AFTER = 100_000  # new objects; the imports and the tracing make millions that stay


def answer_errors_with_nan() -> None:
    """Set Equinox's way of failing, unless the user has chosen one."""
    os.environ.setdefault("EQX_ON_ERROR", "nan")


def use_float64() -> None:
    """Switch JAX to float64, and say so where others use it too."""
    import jax

    if getattr(jax.config, "jax_enable_x64", False):
        return
    chosen = os.environ.get("JAX_ENABLE_X64")
    if _JAX_OF_THE_USER or chosen is not None:
        warnings.warn(
            "boltzwall computes in float64 and switches JAX to it for this whole process: arrays "
            "that other code makes from now on are float64 where they were float32. Set "
            'JAX_ENABLE_X64=1 or call jax.config.update("jax_enable_x64", True) beforehand to have '
            "it so from the start, or run boltzwall in a process of its own.",
            stacklevel=2,
        )
    jax.config.update("jax_enable_x64", True)


def hasten_command(arguments: list[str]) -> None:
    """Prepare a process that runs one command and ends."""
    gc.set_threshold(_COLLECT_AFTER)
    if arguments[:1] != ["sweep"] and "xarray" not in sys.modules:
        # Where Dask is installed, xarray imports all of it, though only a sweep has use for it.
        sys.modules.setdefault("dask", None)  # type: ignore[arg-type]


def end_command(code: object) -> None:
    """End the process at once, where its exit status is a number and nothing else still runs.

    Python's own end takes down XLA, which is slow, and after an interrupted compilation crashes.
    All files are closed by now.
    """
    busy = "jax" not in sys.modules or "distributed" in sys.modules
    if not busy and (code is None or isinstance(code, int)):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code or 0)
