"""Random configurations through `boltzwall check`: valid, nearly valid, garbage.

    python -m validation.campaigns.check [--count 10000] [--seed 1] [--write]

No case may end in anything but 0 or 2, print a traceback, take 5 s of the processor, or let the
process grow beyond 1 GB; a case that is refused must say why in one message.
"""

import contextlib
import io
import os
import resource
import signal
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from pathlib import Path

from boltzwall.cli import call
from validation.campaigns.drawing import Draw, as_toml
from validation.campaigns.table import Tally, finish, options

CASES = Path(__file__).parents[2] / "tests" / "cases"
_SECONDS, _KILOBYTES = 5.0, 1_000_000
KINDS = ("valid", "nearly valid", "garbage", "bytes")


def text_of(kind: str, draw: Draw) -> bytes:
    """A configuration file of a kind."""
    if kind == "valid":
        return as_toml(draw.valid()).encode()
    if kind == "nearly valid":
        return as_toml(draw.nearly_valid()).encode()
    if kind == "garbage":
        drawn = draw.garbage()
        return as_toml(drawn if isinstance(drawn, dict) else {"wire": drawn}).encode()
    whole = bytearray(as_toml(draw.plausible()).encode())
    for _ in range(draw.chance.randint(1, 4)):
        if whole:
            whole[draw.chance.randrange(len(whole))] = draw.chance.randrange(256)
    return bytes(whole[: draw.chance.randint(0, 2 * len(whole))])


def answer(file: Path) -> tuple[object, str, str]:
    """(exit status, stdout, stderr) of `boltzwall check` in this process."""
    out, err = io.StringIO(), io.StringIO()
    before, arguments = signal.getsignal(signal.SIGTERM), sys.argv
    sys.argv = ["boltzwall", "check", str(file)]
    status: object = 0
    with (
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        warnings.catch_warnings(),
    ):
        try:
            call()
        except SystemExit as leaving:
            status = leaving.code or 0
        except BaseException:
            status = "traceback: " + traceback.format_exc()[-600:]
        finally:
            sys.argv = arguments
            signal.signal(signal.SIGTERM, before)
    return status, out.getvalue(), err.getvalue()


def fault(status: object, out: str, err: str, seconds: float) -> str:
    """What is wrong with an answer; "" if nothing is."""
    if status not in (0, 2):
        return f"status {status}"
    if "Traceback" in err or "Traceback" in out:
        return "a traceback"
    if status == 2 and (not err.startswith("Error: ") or out):
        return f"no message: {err[:200]!r}"
    if status == 0 and "nan" in out.split("Assumed")[0].lower().split():
        return "a number that is none"
    return f"took {seconds:.1f} s" if seconds > _SECONDS else ""


def campaign(count: int, seed: int) -> tuple[Tally, Counter[str], float]:
    """(the tally, cases by kind and status, the longest time)."""
    tally, found, longest = Tally(), Counter[str](), 0.0
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "case.toml"
        for number in range(count):
            kind = KINDS[number % len(KINDS)]
            case = f"seed {seed * 1_000_000 + number} ({kind})"
            draw = Draw(seed * 1_000_000 + number, sorted(CASES.iterdir()))
            file.write_bytes(text_of(kind, draw))
            begin = time.process_time()
            status, out, err = answer(file)
            seconds = time.process_time() - begin
            longest = max(longest, seconds)
            found[f"{kind}: {status}"[:40]] += 1
            why = fault(status, out, err, seconds)
            if kind == "valid" and status == 2:
                why = f"load_config takes it, check does not: {err[:200]}"
            tally.failed(case, why) if why else tally.passed()
            if number % 1000 == 999:
                print(f"{number + 1} tried, {len(tally.failures)} failed", flush=True)
    if peak() > _KILOBYTES:
        tally.failed("memory", f"{peak() / 1e3:.0f} MB")
    return tally, found, longest


def peak() -> int:
    """The largest memory of this process so far, kB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main() -> None:
    given = options("random configurations through check", count=10_000)
    os.environ.setdefault("NO_COLOR", "1")
    tally, found, longest = campaign(given.count, given.seed)
    for key, number in sorted(found.items()):
        print(f"{number:6d}  {key}")
    valid = sum(found[f"{kind}: 0"] for kind in KINDS)
    how = (
        f"random configurations through `check`, {valid} of them valid: no traceback, the longest "
        f"{longest:.1f} s, the process never above {peak() / 1e3:.0f} MB"
    )
    finish("check", tally, how, given.write)


if __name__ == "__main__":
    main()
