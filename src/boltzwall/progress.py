"""Progress of a computation: a bar in a terminal or a notebook, lines in a log file.

`progress` is that of a command, whose bar stays; `reporting` that of a call from Python, whose bar
goes when the call returns. What takes less than a second shows none.
"""

import contextlib
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

Report = Callable[[float, float, str], None]
"""Told (done, total, a few words)."""

FIRST = "preparing (the first time, code is compiled)"
_PATIENCE = 1.0  # s, before anything is shown
_LINE_INTERVAL = 10.0  # s, between two lines where stderr is no terminal
_shown = threading.Lock()  # a call within another, or beside it, shows no second bar


@contextlib.contextmanager
def progress(title: str, quiet: bool) -> Iterator[Report | None]:
    """Yield what a command calls with (done, total, message); None if ``quiet``.

    A terminal gets a bar with the elapsed and the remaining time, a log file a line now and then.
    """
    if quiet:
        yield None
        return
    from rich.console import Console

    console = Console(stderr=True)
    with _alone():
        if console.is_terminal:
            with _bar(title, console) as report:
                yield report
        else:
            yield _lines(title, console)


@contextlib.contextmanager
def reporting(title: str, wanted: Report | bool | None) -> Iterator[Report | None]:
    """Yield what a call from Python reports to, None if that is nobody.

    Arguments:
        wanted: the caller's own function of (done, total, message); True: a bar in a terminal or a
            notebook, and nothing elsewhere or under pytest; False or None: nothing.
    """
    if callable(wanted):
        yield wanted
        return
    screen = _screen() if wanted else None
    with _alone() as alone:
        if screen is None or not alone:
            yield None
            return
        with screen(title) as report:
            yield report


@contextlib.contextmanager
def _alone() -> Iterator[bool]:
    """Whether no other progress is shown; none other is while this lasts."""
    alone = _shown.acquire(blocking=False)
    try:
        yield alone
    finally:
        if alone:
            _shown.release()


def _screen() -> Callable[[str], contextlib.AbstractContextManager[Report]] | None:
    """How this process can show a bar; None where nobody would see it."""
    if "PYTEST_CURRENT_TEST" in os.environ:
        return None
    if "ipykernel" in sys.modules or "google.colab" in sys.modules:
        return _notebook
    if sys.stderr is None or not sys.stderr.isatty():
        return None
    from rich.console import Console

    return lambda title: _bar(title, Console(stderr=True), stays=False)


class _Later:
    """Calls a function every ``interval`` seconds, first after ``_PATIENCE``, until it is ended."""

    def __init__(self, function: Callable[[], None], interval: float | None) -> None:
        self._function, self._interval = function, interval
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        wait: float | None = _PATIENCE
        while wait is not None and not self._over.wait(wait):
            self._function()
            wait = self._interval

    def end(self) -> None:
        self._over.set()
        self._thread.join()


@contextlib.contextmanager
def _bar(title: str, console: "Console", stays: bool = True) -> Iterator[Report]:
    bar = _columns(console, stays)
    task = bar.add_task(title, total=None, message=FIRST)

    def report(done: float, total: float, message: str) -> None:
        # Relative, because rich takes its speed from differences, and a time in seconds of a
        # simulation is so small that they would vanish.
        bar.update(task, completed=done / total if total else 0.0, total=1.0, message=message)

    later = _Later(bar.start, None)
    try:
        yield report
    finally:
        later.end()
        bar.stop()


def _columns(console: "Console", stays: bool) -> "Progress":
    """Title, bar, share, time gone and left, and the message."""
    from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn
    from rich.text import Text

    class Clock(ProgressColumn):
        """Time gone by and, once it can be told, time left."""

        def render(self, task: Task) -> Text:
            gone, left = task.elapsed or 0.0, task.time_remaining
            known = left is not None and not task.finished
            return Text(_duration(gone) + (f", {_duration(left or 0.0)} left" if known else ""))

    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=30),
        TextColumn("{task.percentage:3.0f} %"),
        Clock(),
        TextColumn("{task.fields[message]}", markup=False),
        console=console,
        transient=not stays,
    )


@contextlib.contextmanager
def _notebook(title: str) -> Iterator[Report]:
    """A bar below the cell, without widgets: they need not be installed."""
    from IPython.display import HTML, display

    begun = time.monotonic()
    now: dict[str, Any] = {"share": None, "message": FIRST}
    area = display(HTML(""), display_id=True)  # in the thread of the cell, which so gets the bar

    def show() -> None:
        area.update(HTML(_html(title, now["share"], now["message"], time.monotonic() - begun)))

    def report(done: float, total: float, message: str) -> None:
        now.update(share=done / total if total else 0.0, message=message)

    later = _Later(show, _PATIENCE)
    try:
        yield report
    finally:
        later.end()
        area.update(HTML(""))


def _html(title: str, share: float | None, message: str, gone: float) -> str:
    from html import escape

    value = "" if share is None else f' value="{share:.4f}"'
    left = "" if not share or share >= 1.0 else f", {_duration(gone * (1.0 / share - 1.0))} left"
    percent = "" if share is None else f" {share:.0%},"
    text = f"{percent} {_duration(gone)}{left}. {escape(message)}"
    return f'<div>{escape(title)} <progress max="1"{value}></progress>{text}</div>'


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
