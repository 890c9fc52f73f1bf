"""The tables of docs/what-is-promised.md: a campaign replaces its own row, and no other."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "what-is-promised.md"


@dataclass
class Tally:
    """What a campaign has tried so far, and what failed, each told at once."""

    tried: int = 0
    failures: list[str] = field(default_factory=list)

    def passed(self) -> None:
        """One more case, without a fault."""
        self.tried += 1

    def failed(self, case: str, why: str) -> None:
        """One more case, with a fault."""
        self.tried += 1
        self.failures.append(f"{case}: {why}")
        print(f"FAILED {case}: {why}", flush=True)


def with_row(page: str, name: str, cells: Sequence[str]) -> str:
    """The page with another row for ``name``, the first cell.

    Raises:
        ValueError: no row of the page, or more than one, has that name.
    """
    lines = page.splitlines()
    places = [n for n, line in enumerate(lines) if line.startswith(f"| {name} |")]
    if len(places) != 1:
        raise ValueError(f"The page must have one row `{name}`, but it has {len(places)}.")
    lines[places[0]] = "| " + " | ".join([name, *cells]) + " |"
    return "\n".join(lines) + "\n"


def options(description: str, **counts: int) -> argparse.Namespace:
    """The command line of a campaign: a seed, its counts, and whether the docs get its row."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true", help="put the row into the docs")
    for name, count in counts.items():
        parser.add_argument(f"--{name}", type=int, default=count)
    return parser.parse_args()


def finish(name: str, tally: Tally, how: str, write: bool) -> None:
    """Print the row of a campaign, write it if so, and leave with 1 if anything failed."""
    cells = (how, f"{tally.tried}", f"{len(tally.failures)}")
    print("| " + " | ".join((name, *cells)) + " |", flush=True)
    if write:
        PAGE.write_text(with_row(PAGE.read_text(encoding="utf-8"), name, cells), encoding="utf-8")
    if tally.failures:
        sys.exit(1)
