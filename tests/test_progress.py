"""Bars of calls from Python: where they are seen, after a second, one at a time."""

import os
import pty
import subprocess
import sys
import time
import types

import pytest

import boltzwall.progress as module
from boltzwall.progress import reporting

SLOW = """
import time
from boltzwall.progress import reporting
with reporting("Simulating", {wanted}) as report:
    begun = time.monotonic()
    while time.monotonic() - begun < {seconds}:
        time.sleep(0.05)
        if report:
            report(0.25, 1.0, "t = 3 ps")
        with reporting("Inner", True) as inner:
            assert inner is None
print("end")
"""


def on_a_terminal(code):
    """What a terminal gets to see of a script."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=slave, stderr=slave, stdin=slave,
        env={k: v for k, v in os.environ.items() if k != "PYTEST_CURRENT_TEST"} | {"TERM": "xterm"},
    )  # fmt: skip
    os.close(slave)
    seen = b""
    while True:
        try:
            part = os.read(master, 4096)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        seen += part
    os.close(master)
    assert process.wait() == 0
    return seen.decode()


@pytest.mark.parametrize(
    ("wanted", "seconds", "shown"), [(True, 1.6, True), (True, 0.3, False), (False, 1.6, False)]
)
def test_a_terminal_shows_a_bar_after_a_second(wanted, seconds, shown):
    seen = on_a_terminal(SLOW.format(wanted=wanted, seconds=seconds))
    assert ("Simulating" in seen) is shown
    assert ("t = 3 ps" in seen) is shown
    assert "Inner" not in seen
    assert seen.rstrip().endswith("end")


def test_a_log_file_and_pytest_see_nothing(capfd):
    done = subprocess.run(
        [sys.executable, "-c", SLOW.format(wanted=True, seconds=1.2)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert (done.stdout, done.stderr) == ("end\n", "")
    with reporting("Simulating", True) as report:
        assert report is None
    assert capfd.readouterr() == ("", "")


def test_a_function_is_called_as_it_is():
    told = []
    with reporting("Simulating", lambda *what: told.append(what)) as report:
        assert report is not None
        report(1.0, 2.0, "half")
    assert told == [(1.0, 2.0, "half")]


@pytest.mark.parametrize("wanted", [None, False])
def test_nothing_is_nothing(wanted):
    with reporting("Simulating", wanted) as report:
        assert report is None


def test_a_notebook_shows_a_bar_below_the_cell_and_takes_it_away(monkeypatch):
    texts = []

    class Area:
        def update(self, what):
            texts.append(what)

    display = types.ModuleType("IPython.display")
    display.HTML = str  # type: ignore[attr-defined]
    display.display = lambda what, display_id: Area()  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "IPython", types.ModuleType("IPython"))
    monkeypatch.setitem(sys.modules, "IPython.display", display)
    monkeypatch.setitem(sys.modules, "ipykernel", types.ModuleType("ipykernel"))
    monkeypatch.delenv("PYTEST_CURRENT_TEST")
    monkeypatch.setattr(module, "_PATIENCE", 0.01)
    with reporting("Simulating <1>", True) as report:
        assert report is not None
        report(1e-12, 4e-12, "t = 1 ps & on")
        begun = time.monotonic()
        while not texts and time.monotonic() - begun < 10.0:
            time.sleep(0.01)
    assert texts[0].startswith('<div>Simulating &lt;1&gt; <progress max="1" value="0.2500">')
    assert "t = 1 ps &amp; on" in texts[0]
    assert texts[-1] == ""
