"""The command `sweep`."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from boltzwall.cli.interrupts import InterruptedRunError, uninterrupted
from boltzwall.cli.outputs import beside, new_file
from boltzwall.cli.text import sweep_summary
from boltzwall.progress import progress

if TYPE_CHECKING:
    import xarray as xr

    from boltzwall.sweeps.study import Study

_REASONS = 5  # that are shown


@dataclass(frozen=True)
class Where:
    """Where a sweep is kept, and who computes it."""

    output: Path | None
    store: str | None
    workers: int | None
    scheduler: str | None
    quiet: bool


@dataclass(frozen=True)
class Ask:
    """What is wanted of a sweep beside its result."""

    status: bool
    retry_failed: bool
    dry_run: bool


def sweep(source: Path, overrides: Sequence[str], where: Where, ask: Ask) -> None:
    """Compute what the store lacks and write the whole as one Dataset."""
    from boltzwall.sweeps.study import load_study

    study = load_study(source, overrides)
    address = where.store or str(beside(source, ".zarr"))
    if ask.status:
        print(_status(study, address))
    elif ask.dry_run:
        print(_forecast(study, address, where))
    else:
        path = where.output or study.base.output.path or beside(source, ".nc")
        _compute(study, address, path, where, ask)


def _compute(study: "Study", address: str, path: Path, where: Where, ask: Ask) -> None:
    from boltzwall.io import write_dataset

    _check_output(path)
    with progress("Sweeping", where.quiet) as report:
        from boltzwall.sweeps import Workforce, run_study

        try:
            dataset = run_study(
                study, address, Workforce(where.workers, where.scheduler), report, ask.retry_failed
            )
        except KeyboardInterrupt:
            raise InterruptedRunError(
                f"Interrupted. What was computed until then is in {address}; the same command "
                "goes on from it."
            ) from None
    with uninterrupted():
        write_dataset(dataset, path, overwrite=True)
    print(_summary(dataset, path, address))


def _check_output(path: Path) -> None:
    """A former result of a sweep is replaced: the store holds all of it. Nothing else is."""
    from boltzwall.io import read_dataset

    former = path.is_file() and read_dataset(path).attrs.get("kind") == "sweep"
    new_file(path, overwrite=former)


def _summary(dataset: "xr.Dataset", path: Path, address: str) -> str:
    total = dataset["status"].size
    failed = int(dataset.attrs["points_failed"])
    lines = [f"{total - failed} of {total} points done: {path}, kept in {address}"]
    walls = sweep_summary(dataset)
    if walls:
        lines += ["", walls]
    if failed:
        reasons = Counter(str(reason) for reason in dataset["reason"].values.flat if reason)
        lines += ["", f"{failed} failed; --retry-failed tries them again:", *_reasons(reasons)]
    return "\n".join(lines)


def _reasons(reasons: Counter[str]) -> list[str]:
    lines = [f"  {count} ×  {reason}" for reason, count in reasons.most_common(_REASONS)]
    more = len(reasons) - _REASONS
    return lines + ([f"  … and {more} other reasons"] if more > 0 else [])


def _status(study: "Study", address: str) -> str:
    from boltzwall.sweeps.run_study import absolute
    from boltzwall.sweeps.store import Store

    store = Store(absolute(address))
    if not store.exists():
        return f"{study.size} points, none computed: {address} does not exist yet."
    store.check()
    index = store.index()
    entries = [index.get(study.digest(point)) for point in range(study.size)]
    reasons = Counter(entry.reason for entry in entries if entry and entry.reason)
    failed = sum(reasons.values())
    done = sum(entry is not None for entry in entries) - failed
    lines = [
        f"points   {study.size}: " + " × ".join(f"{len(a)} {a.dimension}" for a in study.axes),
        f"done     {done} ({done / study.size:.1%})",
        f"failed   {failed}",
        f"missing  {study.size - done - failed}",
    ]
    return "\n".join(lines + _reasons(reasons))


def _forecast(study: "Study", address: str, where: Where) -> str:
    from boltzwall.sweeps import Workforce, estimate
    from boltzwall.sweeps.plan import Plan
    from boltzwall.sweeps.run_study import absolute
    from boltzwall.sweeps.store import Store

    store = Store(absolute(address))
    index = {}
    if store.exists():
        store.check()
        index = store.index()
    plan = Plan(study, address, index)
    workforce = Workforce(where.workers, where.scheduler)
    found = estimate(study, workforce, plan.points)
    return "\n".join(
        [
            f"points        {found.points}: "
            + " × ".join(f"{len(a)} {a.dimension}" for a in study.axes),
            f"to compute    {plan.points}, in {len(plan)} batches of at most {found.batch_size}",
            f"memory        {_bytes(found.bytes_working)} beside the 0.6 GB of each process",
            f"store         {_bytes(found.bytes_kept)} at most",
            f"a point       {found.seconds_per_point:.3g} s of one worker, if it runs to its end",
            f"time          {_duration(found.seconds)} with {workforce.count} workers, and "
            "compilation",
        ]
    )


def _bytes(count: float) -> str:
    for unit in ("B", "kB", "MB", "GB"):
        if count < 1000.0:
            return f"{count:.3g} {unit}"
        count /= 1000.0
    return f"{count:.3g} TB"


def _duration(seconds: float) -> str:
    for size, unit in ((86400.0, "days"), (3600.0, "h"), (60.0, "min")):
        if seconds >= 2.0 * size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds:.3g} s"
