"""Who computes the batches: threads of this process, or workers of a Dask cluster."""

import contextlib
import itertools
import os
import random
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Any

from boltzwall.errors import InputError, NumericsError
from boltzwall.sweeps.compute_batch import PointsDone, Task, work
from boltzwall.sweeps.plan import Plan

_LOSSES = 10  # workers that may die over one batch before that batch is to blame
_SUBMITTED = 2000  # batches that a scheduler knows at once: enough for as many cores
_ONE_CORE = {"NPROC": "1", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
_WAIT = 0.2  # s between two looks at the threads


@dataclass(frozen=True)
class Workforce:
    """Threads here, or workers there.

    Attributes:
        workers: threads, or processes of a local cluster; None: one for each core.
        scheduler: None, "local" for a Dask cluster on this machine, or a scheduler's address.
    """

    workers: int | None = None
    scheduler: str | None = None

    @property
    def count(self) -> int:
        return self.workers or len(os.sched_getaffinity(0))


class Engine:
    """Runs the tasks; tells how many points are done, parts of points counted."""

    def __init__(self, workforce: Workforce) -> None:
        self.workforce = workforce

    def run(self, plan: Plan, report: PointsDone | None) -> int:
        """Compute all tasks and return the number of points that failed.

        Interrupted, it forgets the batches in flight; those that are done are in the store.

        Raises:
            InputError: the store or the scheduler cannot be used.
            NumericsError: a batch killed every worker that tried it.
        """
        if not len(plan):
            return 0
        if self.workforce.scheduler is None:
            return _run_threads(plan, self.workforce.count, report)
        with _client(self.workforce) as client:
            return _run_dask(plan, client, report)


def _run_threads(plan: Plan, count: int, report: PointsDone | None) -> int:
    stop, lock = threading.Event(), threading.Lock()
    done: dict[str, float] = {}

    def one(task: Task) -> int:
        def progress(share: float) -> None:
            if stop.is_set():
                raise KeyboardInterrupt
            with lock:
                done[task.name] = share * len(task.digests)

        progress(0.0)
        points, failed = work(task, progress)
        with lock:
            done[task.name] = float(points)
        return failed

    failed = 0
    with ThreadPoolExecutor(count) as pool:
        waiting: set[Future[int]] = set()
        # Another process on this store begins elsewhere, so that the two share the work.
        first = random.Random(os.getpid()).randrange(len(plan))
        try:
            for task in plan.starting_at(first):
                waiting.add(pool.submit(one, task))
                # No more in the pool than it can work on: a million tasks cost no memory.
                while len(waiting) >= count + 1:
                    waiting, failed = _collect(waiting, failed, report, done, lock)
            while waiting:
                waiting, failed = _collect(waiting, failed, report, done, lock)
        except BaseException:
            stop.set()
            for future in waiting:
                future.cancel()
            raise
    return failed


def _collect(
    waiting: set[Future[int]],
    failed: int,
    report: PointsDone | None,
    done: dict[str, float],
    lock: Any,
) -> tuple[set[Future[int]], int]:
    finished, waiting = wait(waiting, timeout=_WAIT, return_when=FIRST_COMPLETED)
    failed += sum(future.result() for future in finished)
    if report:
        with lock:
            points = sum(done.values())
        report(points)
    return waiting, failed


@contextlib.contextmanager
def _client(workforce: Workforce) -> Iterator[Any]:
    try:
        import dask
        from distributed import Client, LocalCluster
    except ImportError:
        raise InputError(
            "A scheduler needs Dask, but it is not installed. In a clone of the repository, "
            "install it with: pip install '.[dask]'"
        ) from None
    if workforce.scheduler == "local":
        settings = {"distributed.scheduler.allowed-failures": _LOSSES}
        with (
            dask.config.set(settings),
            LocalCluster(
                n_workers=workforce.count,
                threads_per_worker=1,
                dashboard_address=None,
                env=_ONE_CORE,
            ) as cluster,
            Client(cluster) as client,
        ):
            yield client
        return
    try:
        client = Client(workforce.scheduler, timeout=10)
    except (OSError, ValueError, TimeoutError) as error:
        raise InputError(
            "The scheduler must be the address of a Dask scheduler that runs, but "
            f"{workforce.scheduler!r} does not answer: {str(error) or type(error).__name__}."
        ) from None
    with client:
        yield client


def _run_dask(plan: Plan, client: Any, report: PointsDone | None) -> int:
    from distributed import KilledWorker, as_completed

    failed, points = 0, 0
    waiting: dict[str, Task] = {}
    lost: Counter[str] = Counter()
    futures = as_completed()
    rest = plan.starting_at(0)

    def submit(task: Task) -> None:
        key = f"boltzwall-{task.name}-{lost[task.name]}"
        waiting[key] = task
        futures.add(client.submit(work, task, key=key, pure=False))

    try:
        for task in itertools.islice(rest, _SUBMITTED):
            submit(task)
        for future in futures:
            task = waiting.pop(future.key)
            try:
                done, bad = future.result()
            except KilledWorker:
                lost[task.name] += 1
                if lost[task.name] > _LOSSES:
                    raise NumericsError(
                        f"The batch {task.name} killed every worker that tried it, more than "
                        f"{_LOSSES} times: it may need more memory. Take a smaller `sweep.batch`."
                    ) from None
                submit(task)
                continue
            failed, points = failed + bad, points + done
            if report:
                report(float(points))
            for another in itertools.islice(rest, 1):
                submit(another)
    except BaseException:
        client.cancel(list(futures.futures))
        raise
    return failed
