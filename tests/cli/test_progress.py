"""Progress on stderr: lines where it is no terminal, nothing when quiet; interrupts held back."""

import os
import signal

import pytest

import boltzwall.progress as module
from boltzwall.cli.interrupts import uninterrupted
from boltzwall.progress import progress


def test_quiet_yields_nothing(capsys):
    with progress("Running", quiet=True) as report:
        assert report is None
    assert capsys.readouterr() == ("", "")


def test_lines_come_now_and_then_and_keep_brackets(capsys, monkeypatch):
    clock = iter([0.0, 1.0, 20.0, 21.0])
    monkeypatch.setattr(module.time, "monotonic", lambda: next(clock))
    with progress("Running", quiet=False) as report:
        assert report is not None
        for done in (1e-12, 5e-12, 6e-12):
            report(done, 2e-11, "t = [5] ps")
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "Running: 25% after 20 s, 75 s left. t = [5] ps\n"


def test_what_was_there_at_the_start_took_none_of_the_time(capsys, monkeypatch):
    clock = iter([0.0, 0.0, 20.0])
    monkeypatch.setattr(module.time, "monotonic", lambda: next(clock))
    with progress("Sweeping", quiet=False) as report:
        assert report is not None
        report(80.0, 100.0, "80 of 100")
        report(85.0, 100.0, "85 of 100")
    assert "60 s left" in capsys.readouterr().err


def test_an_interrupt_waits_for_the_end_of_the_block():
    reached = []
    with pytest.raises(KeyboardInterrupt), uninterrupted():  # noqa: PT012 # the order is the test
        os.kill(os.getpid(), signal.SIGINT)
        reached.append("end")
    assert reached == ["end"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
