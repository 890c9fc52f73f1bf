"""One batch of points: computed together where their shapes allow it, each with its own fate."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import xarray as xr

from boltzwall.build.problem import Problem
from boltzwall.config import Config, load_config
from boltzwall.errors import InputError, NumericsError
from boltzwall.simulation import simulate, simulate_batch, solve_transport
from boltzwall.simulation.batch_structure import structure
from boltzwall.sweeps.axes import Value
from boltzwall.sweeps.kept_points import reduced, stacked
from boltzwall.sweeps.store import Store
from boltzwall.sweeps.study import with_overrides

PointsDone = Callable[[float], None]
"""Told how many points are done, parts of points counted."""

Kept = dict[str, xr.Variable]


@dataclass(frozen=True)
class Task:
    """What a worker needs to compute a batch; plain data, so that it can be sent anywhere.

    Attributes:
        name: of the batch in the store.
        given: the configuration that the points share.
        overrides: the swept keys of each point.
        digests: the name of each point.
        size: of a full batch; the compiled code of the others serves a smaller one too.
    """

    store: str
    name: str
    given: dict[str, Any]
    overrides: tuple[dict[str, Value], ...]
    digests: tuple[str, ...]
    kind: str
    keep: str
    size: int


def work(task: Task, progress: PointsDone | None = None) -> tuple[int, int]:
    """Compute a batch and keep it; (points, how many of them failed).

    A batch that the store holds by now, from another process, is left as it is.
    """
    store = Store(task.store)
    if store.holds(task.name):
        return len(task.digests), 0
    kept, reasons = compute(task, progress)
    store.write(task.name, task.digests, stacked(kept), reasons)
    return len(task.digests), len(reasons)


def compute(
    task: Task, progress: PointsDone | None = None
) -> tuple[list[Kept | None], dict[str, str]]:
    """(what is kept of each point, why points failed by their names)."""
    results: dict[int, Kept | str] = {}
    configs: dict[int, Config] = {}
    for number, overrides in enumerate(task.overrides):
        try:
            configs[number] = load_config(with_overrides(task.given, overrides))
        except InputError as error:
            results[number] = str(error)
    first = next(iter(configs.values()), None)
    alone = task.kind == "transport" or (first is not None and first.transport.goes_alone)
    for group in [[n] for n in configs] if alone else _alike(configs, results):
        share = len(results) / len(task.overrides)
        part = _part(progress, share, len(group) / len(task.overrides))
        found = (
            [_single(configs[n], task, part) for n in group]
            if alone
            else _together([configs[n] for n in group], task, part)
        )
        results |= dict(zip(group, found, strict=True))
    kept = [
        results[n] if isinstance(results[n], dict) else None for n in range(len(task.overrides))
    ]
    reasons = {digest: str(results[n]) for n, digest in enumerate(task.digests) if kept[n] is None}
    return kept, reasons  # type: ignore[return-value]


def _single(config: Config, task: Task, progress: Any) -> Kept | str:
    try:
        if task.kind == "transport":
            return reduced(solve_transport(config), task.keep)
        if config.transport.time_dependent:
            return reduced(simulate(config, progress=progress), task.keep)
        return _together([config], task, progress)[0]
    except (InputError, NumericsError) as error:
        return str(error)


def _together(configs: Sequence[Config], task: Task, progress: Any) -> list[Kept | str]:
    """Points of one structure in one compiled call.

    Half a batch and more is filled up to a whole one, less up to a power of two: compiling for
    one more size takes longer than most runs.
    """
    size = 1
    while size < len(configs):
        size *= 2
    if 2 * len(configs) >= task.size:
        size = task.size
    size = max(min(size, task.size), len(configs)) if len(configs) > 1 else 1
    filled = [*configs, *[configs[-1]] * (size - len(configs))]
    try:
        found = simulate_batch(
            filled, progress=progress, failures="return", last_only=task.keep != "all"
        )
    except (InputError, NumericsError) as error:
        if len(configs) == 1:
            return [str(error)]
        return [_together([config], task, progress)[0] for config in configs]
    return [
        str(result) if isinstance(result, NumericsError) else reduced(result, task.keep)
        for result in found[: len(configs)]
    ]


def _alike(configs: Mapping[int, Config], results: dict[int, Kept | str]) -> list[list[int]]:
    """Points by the structure of their models; those whose model cannot be built have failed."""
    groups: dict[Any, list[int]] = {}
    for number, config in configs.items():
        try:
            problem = Problem.of(config)
            shape = structure(problem, problem.coupled())
        except (InputError, NumericsError) as error:
            results[number] = str(error)
            continue
        groups.setdefault(shape, []).append(number)
    return list(groups.values())


def _part(progress: PointsDone | None, start: float, share: float) -> Any:
    if progress is None:
        return None

    def report(done: float, total: float, message: str) -> None:
        progress(start + share * (done / total if total else 0.0))

    return report
