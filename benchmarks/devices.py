"""The same work on the processor and, where there is one, on a graphics card.

    python -m benchmarks.devices

Each kind of device in a process of its own, one after the other; after compilation.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

from benchmarks.machine import best_time, describe

_KINDS = {"cpu": "processor", "cuda": "graphics card"}
_SECONDS = 1200


def _published_lanes(members: int) -> Callable[[], Any]:
    """Solves of the published model, 100 cells × 64 momenta, at several drives side by side."""
    import equinox as eqx
    import jax
    import jax.numpy as jnp

    from benchmarks.transport import prepared

    model, m, ends = prepared(100, 64)
    tilts = jnp.linspace(0.0, 1.0, members)
    cosines, sines = jnp.cos(tilts), jnp.sin(tilts)

    @eqx.filter_jit
    def together(model: Any) -> Any:
        def turned(vectors: Any, c: Any, s: Any) -> Any:
            x, y, z = vectors.T
            return jnp.stack([c * x - s * y, s * x + c * y, z], axis=1)

        def one(c: Any, s: Any) -> Any:
            return model.moments(turned(m, c, s), turned(ends, c, s)).spin

        return jax.vmap(one)(cosines, sines)

    return lambda: jax.block_until_ready(together(model))


def _consistent(streams: int) -> Callable[[], Any]:
    """Both drives of the consistent model, 1000 cells × 32 momenta."""
    import jax

    from benchmarks.consistent import prepared, respond

    problem = prepared(streams=streams)
    return lambda: jax.block_until_ready(respond(*problem))


def _runs(members: int) -> Callable[[], Any]:
    """A batch of runs of the published model, 100 cells × 64 momenta, 20 ps."""
    from boltzwall.simulation import simulate_batch

    configs = [
        {
            "wire": {"cells": 100},
            "transport": {"momentum_nodes": 64},
            "temperature": {"gradient": 1e9 * (1.0 + k / members)},
            "dynamics": {"end_time": 2e-11, "stop": "end"},
        }
        for k in range(members)
    ]
    return lambda: simulate_batch(configs)


_CASES: dict[str, Callable[[], Callable[[], Any]]] = {
    "published, 1 solve": lambda: _published_lanes(1),
    "published, 16 solves side by side": lambda: _published_lanes(16),
    "published, 256 solves side by side": lambda: _published_lanes(256),
    "consistent, 2 streams": lambda: _consistent(2),
    "consistent, 8 streams": lambda: _consistent(8),
    "published, a batch of 16 runs": lambda: _runs(16),
    "published, a batch of 128 runs": lambda: _runs(128),
}


def measure() -> dict[str, float]:
    """Seconds of each case on the device of this process."""
    found = {}
    for name, make in _CASES.items():
        call = make()
        call()
        found[name] = best_time(call, 3)
    return found


def on(kind: str) -> dict[str, float] | None:
    """The same in a process that sees this kind of device alone; None where there is none."""
    environment = {**os.environ, "JAX_PLATFORMS": kind}
    probe = [sys.executable, "-c", "import jax; jax.devices()"]
    if subprocess.run(probe, env=environment, capture_output=True, check=False).returncode:
        return None
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.devices", "--measure"],
        env=environment, stdout=subprocess.PIPE, text=True, check=True, timeout=_SECONDS,
    )  # fmt: skip
    return dict(json.loads(done.stdout.splitlines()[-1]))


def main() -> None:
    if "--measure" in sys.argv:
        print(json.dumps(measure()))
        return
    columns = {kind: on(kind) for kind in _KINDS}
    print(describe())
    for kind, times in columns.items():
        if times is None:
            print(f"No {_KINDS[kind]} is here that JAX can use: its column is left out.")
    here = {kind: times for kind, times in columns.items() if times is not None}
    print("\n| s |" + "".join(f" {_KINDS[kind]} |" for kind in here))
    print("|---|" + "---|" * len(here))
    for case in _CASES:
        print(f"| {case} |" + "".join(f" {times[case]:.4g} |" for times in here.values()))


if __name__ == "__main__":
    main()
