"""The command within the test's own process: as `boltzwall` answers, without starting Python."""

import signal
import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from boltzwall.cli import call


@dataclass(frozen=True)
class Answer:
    """Exit status, standard output, standard error."""

    status: object
    out: str
    err: str

    def __iter__(self):
        return iter((self.status, self.out, self.err))


@pytest.fixture
def command(monkeypatch, capsys) -> Callable[..., Answer]:
    """Calls the command line in this process, from the working directory of the test."""

    def answer(*arguments: object) -> Answer:
        monkeypatch.setattr(sys, "argv", ["boltzwall", *map(str, arguments)])
        before = signal.getsignal(signal.SIGTERM)
        status: object = 0
        with warnings.catch_warnings():
            try:
                call()
            except SystemExit as leaving:
                status = leaving.code or 0
            finally:
                signal.signal(signal.SIGTERM, before)
        return Answer(status, *capsys.readouterr())

    return answer
