"""Progress of a computation: a bar in a terminal or a notebook, lines in a log file."""

import contextlib
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

Report = Callable[[float, float, str], None]
FIRST = "preparing (the first time, code is compiled)"
_LINE_INTERVAL = 10.0  # s, between two lines where stderr is no terminal


@contextlib.contextmanager
def progress(title: str, quiet: bool) -> Iterator[Report | None]:
    """Yield what a computation calls with (done, total, message); None if ``quiet``.

    A terminal gets a bar with the elapsed and the remaining time, a log file a line now and then.
    """
    if quiet:
        yield None
        return
    from rich.console import Console

    console = Console(stderr=True)
    if not (console.is_terminal or console.is_jupyter):
        yield _lines(title, console)
        return
    with _bar(title, console) as report:
        yield report


@contextlib.contextmanager
def _bar(title: str, console: "Console") -> Iterator[Report]:
    from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn
    from rich.text import Text

    class Clock(ProgressColumn):
        """Time gone by and, once it can be told, time left."""

        def render(self, task: Task) -> Text:
            gone, left = task.elapsed or 0.0, task.time_remaining
            known = left is not None and not task.finished
            return Text(_duration(gone) + (f", {_duration(left or 0.0)} left" if known else ""))

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=30),
        TextColumn("{task.percentage:3.0f} %"),
        Clock(),
        TextColumn("{task.fields[message]}", markup=False),
    )
    with Progress(*columns, console=console) as bar:
        task = bar.add_task(title, total=None, message=FIRST)

        def report(done: float, total: float, message: str) -> None:
            # Relative, because rich takes its speed from differences, and a time in seconds of a
            # simulation is so small that they would vanish.
            bar.update(task, completed=done / total if total else 0.0, total=1.0, message=message)

        yield report


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"


def _lines(title: str, console: "Console") -> Report:
    started = printed = time.monotonic()
    first: float | None = None  # what an earlier process did took none of this one's time

    def report(done: float, total: float, message: str) -> None:
        nonlocal printed, first
        now = time.monotonic()
        if first is None and total:
            first = done / total
        if now - printed >= _LINE_INTERVAL:
            printed = now
            share = done / total if total else 0.0
            own = share - (first or 0.0)
            left = f", {(now - started) * (1.0 - share) / own:.0f} s left" if own > 0.0 else ""
            text = f"{title}: {share:.0%} after {now - started:.0f} s{left}. {message}"
            console.print(text, markup=False, highlight=False, soft_wrap=True)

    return report
