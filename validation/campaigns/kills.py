"""SIGKILL at random moments of `run`, `sweep` and `reproduce`; then the same command, to the end.

    python -m validation.campaigns.kills [--count 50] [--seed 1] [--minutes 60] [--write]

After every kill each file that is there must be a whole one; once the command has ended, the result
must have the bits of an undisturbed one. ``count`` kills of each, in as many runs as that takes.
"""

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from boltzwall.errors import InputError
from boltzwall.io import read_dataset
from tests.cli.test_sweep_command import STUDY
from validation.campaigns.drawing import as_toml
from validation.campaigns.table import Tally, finish, options
from validation.campaigns.wires import drawn

_RUNS = (
    "Zhang and Li", "Zhang and Li, explicit", "noise, moving window", "moving window",
    "published, held", "two streams, held, pumping",
)  # fmt: skip
_LONGER = 200  # times as many saved states as in the campaign of runs


@dataclass(frozen=True)
class Command:
    """A command that can be called again until it is done, and the files that it makes."""

    name: str
    arguments: tuple[str, ...]
    results: str


def commands(folder: Path, seed: int) -> Iterator[Command]:
    """Runs of all steppers, a sweep and a reproduction, their inputs written to ``folder``."""
    for number, kind in enumerate(_RUNS):
        tables = drawn(kind, seed)
        dynamics = tables["dynamics"]
        tables["dynamics"] = {**dynamics, "end_time": _LONGER * dynamics["save_interval"]}
        (folder / f"{number}.toml").write_text(as_toml(tables), encoding="utf-8")
        resumed = ("run", f"{number}.toml", "--resume", "-q", "-o", f"{number}.nc")
        yield Command(f"run, {kind}", resumed, f"{number}.nc")
    (folder / "study.toml").write_text(STUDY, encoding="utf-8")
    yield Command("sweep", ("sweep", "study.toml", "-q"), "study.nc")
    small = ["wire.cells=12", "transport.momentum_nodes=8", "dynamics.end_time=20 ps"]
    settings = [part for text in small for part in ("--set", text)]
    reproduced = ("reproduce", "wang2022", "-q", "--figure", "3", "-o", "paper", *settings)
    yield Command("reproduce", reproduced, "paper/runs/*/*.nc")


def start(command: Command, folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "boltzwall", *command.arguments],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={"BOLTZWALL_CACHE": str(folder.parent / "cache"), **os.environ},
    )


def killed(command: Command, folder: Path, moment: float) -> bool:
    """Whether the command was killed after ``moment`` s; False if it had ended by then."""
    process = start(command, folder)
    try:
        process.communicate(timeout=moment)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return True
    return False


def finished(command: Command, folder: Path) -> str:
    """Let it end; what it said if it failed, "" if not."""
    process = start(command, folder)
    said = process.communicate()[1].decode(errors="replace")
    return said[-300:] if process.returncode else ""


def torn(folder: Path, command: Command) -> str:
    """A file that is there but not whole; "" if there is none."""
    for file in sorted(folder.glob(command.results)):
        try:
            read_dataset(file)
        except InputError as error:
            return str(error)
    return ""


def differing(folder: Path, undisturbed: Path, command: Command) -> str:
    """A variable whose bits differ from those of the undisturbed command; "" if none does."""
    for file in sorted(undisturbed.glob(command.results)):
        one = read_dataset(folder / file.relative_to(undisturbed))
        for name, variable in read_dataset(file).variables.items():
            a, b = one[name].values, variable.values
            if not np.array_equal(a, b, equal_nan=a.dtype.kind == "f"):
                return f"`{name}` of {file.name} differs"
    return ""


@contextmanager
def _folders() -> Iterator[tuple[Path, Path]]:
    with tempfile.TemporaryDirectory() as name:
        pair = Path(name) / "killed", Path(name) / "whole"
        for folder in pair:
            folder.mkdir()
        yield pair


def campaign(count: int, seed: int, minutes: float) -> tuple[Tally, int]:
    """(the tally of kills and comparisons, how many commands were compared to the end)."""
    tally, ended, begun = Tally(), 0, time.monotonic()
    chance = random.Random(seed)
    with _folders() as (folder, undisturbed):
        list(commands(undisturbed, seed))
        for command in commands(folder, seed):
            finished(command, undisturbed)  # compiles, so that the second one tells the time
            for file in undisturbed.glob(command.results):
                file.unlink()
            begin = time.monotonic()
            trouble = finished(command, undisturbed)
            lasts = time.monotonic() - begin
            kills = 0
            while kills < count and time.monotonic() - begun < 60.0 * minutes and not trouble:
                if not killed(command, folder, chance.uniform(0.2, 1.1) * lasts):
                    trouble = differing(folder, undisturbed, command)
                    for file in folder.glob(command.results):
                        file.unlink()
                    continue
                kills += 1
                trouble = torn(folder, command)
                tally.failed(command.name, trouble) if trouble else tally.passed()
            trouble = trouble or finished(command, folder)
            trouble = trouble or differing(folder, undisturbed, command)
            ended += 1
            if trouble:
                tally.failed(f"{command.name}, at its end", trouble)
            print(f"{command.name}: killed {kills} times {trouble}", flush=True)
            if time.monotonic() - begun > 60.0 * minutes:
                break
    return tally, ended


def main() -> None:
    given = options("kills of run, sweep and reproduce", count=50, minutes=60)
    tally, ended = campaign(given.count, given.seed, given.minutes)
    how = (
        f"SIGKILL at random moments of {ended} commands (`run` with each stepper, noise, moving "
        "window, held torque; `sweep`; `reproduce`): no torn file, in the end the undisturbed bits"
    )
    finish("kills", tally, how, given.write)


if __name__ == "__main__":
    main()
