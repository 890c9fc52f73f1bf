"""Random small runs of every model, each held to what is promised of all runs.

    python -m validation.campaigns.runs [--count 500] [--seed 1] [--minutes 60] [--write]

Every run: |M| = 1, its end time, continuity, each number finite or its absence explained. Every
second also one of: the same in a batch, in a sweep, resumed after an interruption, turned by 90°
about x where the physics allows it, and nearer to the finest of three meshes with each doubling.
"""

import tempfile
import time
import traceback
import warnings
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from boltzwall.errors import NumericsError
from boltzwall.simulation import simulate, simulate_batch
from boltzwall.sweeps import sweep
from boltzwall.transport.consistent.wall_element import WALL_ELEMENT
from boltzwall.variables import WALL_NAMES
from validation.campaigns.table import Tally, finish, options
from validation.campaigns.wires import ABOUT_X, KINDS, TURNING, drawn, turned

Tables = dict[str, Any]
_EXPLAINED = {  # variables that may be nan, and what says why
    "effective_velocity": "u of a texture that does not turn",
    "effective_beta": "β of a texture that does not turn",
}
# What may be left of the continuity of spin, relative to its largest term: with the 8 momenta of
# these wires ∂p of the published model leaves 1e-6, with 16 of them 3e-9, with 64 rounding.
_CONTINUITY = {"published": 1e-4}
_OTHERWISE = 1e-6


class BrokenError(AssertionError):
    """A run does not keep what is promised."""


def demand(held: object, what: str) -> None:
    """Raise BrokenError unless it holds."""
    if not held:
        raise BrokenError(what)


def invariants(run: xr.Dataset, tables: Tables) -> None:
    """What is promised of every run."""
    off = np.abs(np.linalg.norm(run["magnetisation"].values, axis=-1) - 1.0).max()
    demand(off < 1e-9, f"|M| is off by {off:.2g}")
    end = tables["dynamics"]["end_time"]
    demand(abs(float(run["time"][-1]) - end) <= 1e-12 * end, "it ends elsewhere")
    demand(run.attrs["stopped_because"] == "end_time", f"stopped: {run.attrs['stopped_because']}")
    demand(np.all(np.diff(run["time"].values) > 0.0), "its times do not increase")
    left = run.attrs.get("residual_spin_relative", 0.0)
    in_time = tables["transport"].get("time_dependent")
    most = _CONTINUITY.get(tables["transport"]["model"], _OTHERWISE)
    demand(in_time or left < most, f"continuity of spin: {left:.2g}")
    for name, variable in run.variables.items():
        if variable.dtype.kind == "f" and not np.all(np.isfinite(variable.values)):
            why = "wall_element_note" if name in WALL_ELEMENT else f"{name}_note"
            explained = name in WALL_NAMES or name in _EXPLAINED or run.attrs.get(why)
            demand(explained, f"`{name}` is not finite, and nothing says why")
    for name, value in run.attrs.items():
        if isinstance(value, float) and not np.isfinite(value):
            demand(run.attrs.get(f"{name}_note"), f"attribute `{name}` is {value}, without a note")


def in_batch(run: xr.Dataset, tables: Tables, folder: Path) -> None:
    """Beside another member, it is what it is alone."""
    other = {**tables, "material": {**tables.get("material", {}), "damping": 0.3}}
    together = simulate_batch([tables, other], progress=False)[0]
    same(together, run, _rounding(tables))


def in_sweep(run: xr.Dataset, tables: Tables, folder: Path) -> None:
    """As a point of a sweep, its last state is that of the run alone."""
    alpha = float(tables.get("material", {}).get("damping", 0.2))
    tables = {**tables, "material": {**tables.get("material", {}), "damping": alpha}}
    points = {"material.damping": [alpha, 1.5 * alpha]}
    found = sweep(tables, points, keep="final", progress=False)
    demand(np.all(found["status"] == "done"), f"failed: {found['reason'].values.tolist()}")
    alone = simulate(tables, progress=False)["magnetisation"].values[-1]
    off = np.abs(found["magnetisation"].values[0] - alone).max()
    demand(off <= _rounding(tables), f"in a sweep M differs by {off:.2g}")


def interrupted(run: xr.Dataset, tables: Tables, folder: Path) -> None:
    """Interrupted at a checkpoint and resumed, it has the bits of the undisturbed run."""
    kept: list[xr.Dataset] = []

    def stop(dataset: xr.Dataset) -> None:
        kept.append(dataset)
        if len(kept) == 1:
            raise KeyboardInterrupt

    try:
        simulate(tables, progress=False, checkpoint=stop)
    except KeyboardInterrupt:
        same(simulate(tables, progress=False, resume=kept[0]), run, 0.0)
    else:
        demand(tables["transport"].get("time_dependent"), "it was not interrupted")


def turned_round(run: xr.Dataset, tables: Tables, folder: Path) -> None:
    """With M and all axes turned by 90° about x, it is the same run, turned."""
    start = run["magnetisation"].values[0]
    plain, other = (
        simulate(turned(tables, start, folder, quarter), progress=False)["magnetisation"].values
        for quarter in (False, True)
    )
    off = np.abs(other - plain @ ABOUT_X.T).max()
    demand(off < 1e-6, f"turned by 90° it differs by {off:.2g}")


def refined(run: xr.Dataset, tables: Tables, folder: Path) -> None:
    """Each doubling of the cells brings M nearer: at least by half."""
    states = [run["magnetisation"].values[-1]]
    for cells in (48, 96):
        finer = {**tables, "wire": {**tables["wire"], "cells": cells}}
        state = simulate(finer, progress=False)["magnetisation"].values[-1]
        states.append(state.reshape(24, -1, 3).mean(axis=1))
    first, second = (np.abs(b - a).max() for a, b in pairwise(states))
    demand(second < 0.6 * first + 1e-6, f"cells doubled: {first:.2g}, then {second:.2g}")


CHECKS = {
    "batch": in_batch, "sweep": in_sweep, "resumed": interrupted, "turned": turned_round,
    "refined": refined,
}  # fmt: skip


def same(one: xr.Dataset, other: xr.Dataset, tolerance: float) -> None:
    """Every variable the same, relative to its largest value."""
    for name, variable in other.variables.items():
        if variable.dtype.kind not in "fi":
            continue
        a, b = one[name].values.astype(float), variable.values.astype(float)
        demand(a.shape == b.shape, f"`{name}` has another shape")
        demand(np.array_equal(np.isnan(a), np.isnan(b)), f"`{name}` is nan elsewhere")
        if name in WALL_NAMES and tolerance:
            continue  # numbers of a wall at the edge of being one
        size = np.nanmax(np.abs(b), initial=0.0)
        off = np.nanmax(np.abs(a - b), initial=0.0)
        demand(off <= tolerance * max(size, 1e-300), f"`{name}` differs by {off:.2g} of {size:.2g}")


def applies(check: str, kind: str) -> bool:
    """Whether a comparison has a meaning for a kind of wire."""
    in_time, noisy = "in time" in kind, "noise" in kind
    if check == "turned":
        return kind in TURNING
    if check == "refined":
        return not (noisy or in_time or "window" in kind or kind.startswith("published"))
    return not in_time


def _rounding(tables: Tables) -> float:
    """What another order of sums may change: the held torque follows from small errors."""
    return 1e-3 if "update" in tables["transport"] else 1e-7


def one(kind: str, seed: int, check: str, folder: Path) -> str:
    """What is wrong with a run, "" if nothing is."""
    tables = drawn(kind, seed)
    try:
        run = simulate(tables, progress=False)
        invariants(run, tables)
        if check:
            CHECKS[check](run, tables, folder)
    except BrokenError as broken:
        return f"{check}: {broken}"
    except NumericsError as error:
        return f"{check}: refused to go on: {error}"
    except Exception:
        return f"{check}: {traceback.format_exc()[-500:]}"
    return ""


def campaign(count: int, seed: int, minutes: float) -> tuple[Tally, Counter[str]]:
    """Runs of all kinds in turn, until ``count`` or the time is spent; (tally, how often what)."""
    tally, done, begun = Tally(), Counter[str](), time.monotonic()
    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory() as name:
        for number in range(count):
            if time.monotonic() - begun > 60.0 * minutes:
                break
            kind = list(KINDS)[number % len(KINDS)]
            turn = number // len(KINDS)
            check = ["", *CHECKS][(turn + number) % (len(CHECKS) + 1)]
            check = check if check and applies(check, kind) else ""
            why = one(kind, seed * 10_000 + turn, check, Path(name))
            done.update({f"kind: {kind}": 1, f"check: {check or 'invariants alone'}": 1})
            case = f"{kind}, seed {seed * 10_000 + turn}"
            tally.failed(case, why) if why else tally.passed()
            if number % 20 == 19:
                spent = time.monotonic() - begun
                print(
                    f"{number + 1} tried, {len(tally.failures)} failed, {spent:.0f} s", flush=True
                )
    return tally, done


def main() -> None:
    given = options("random runs", count=500, minutes=60)
    tally, done = campaign(given.count, given.seed, given.minutes)
    for key, number in sorted(done.items()):
        print(f"{number:5d}  {key}")
    compared = ", ".join(f"{done[f'check: {check}']} {check}" for check in CHECKS)
    how = f"random runs of {len(KINDS)} kinds of wire, of which also compared: {compared}"
    finish("runs", tally, how, given.write)


if __name__ == "__main__":
    main()
