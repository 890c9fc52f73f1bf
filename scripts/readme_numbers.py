"""Every number of README.md's results, made again and written there.

python scripts/readme_numbers.py                        the commands' output
python scripts/readme_numbers.py --reproduction FOLDER  also the paper's numbers, from the folder
                                                        that `boltzwall reproduce wang2022` wrote
python scripts/readme_numbers.py --check                write nothing, exit 1 if a number differs
"""

import argparse
import csv
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

README = Path(__file__).parents[1] / "README.md"
_SENTENCE = """\
paper says: {activated[gentle]} ns at 0.5 K/nm and {activated[steep]} ns at 6 K/nm, \
where the paper has {paper[gentle]} and {paper[steep]}. The
paper's factor of {paper[ratio]} between them is not reproduced by any closure: ours are \
{as_printed[ratio]} (`as-printed`),
{repaired[ratio]} (`repaired-signs`) and {activated[ratio]} (`activated`)."""
_PLACE = re.compile(r"paper says: .*?\(`activated`\)\.", re.S)


def commands(readme: str) -> list[list[str]]:
    """The two commands that the README calls a result in thirty seconds."""
    found = re.search(r"```bash\n(boltzwall init consistent.*?)```", readme, re.S)
    assert found is not None
    return [shlex.split(line)[1:] for line in found[1].splitlines()]


def said(arguments: Sequence[Sequence[str]]) -> str:
    """What the last of the commands prints of the torque."""
    with tempfile.TemporaryDirectory() as folder:
        for command in arguments:
            done = subprocess.run(
                [sys.executable, "-m", "boltzwall", *command],
                cwd=folder, capture_output=True, text=True, check=True,
            )  # fmt: skip
    return done.stdout[done.stdout.index("circuit ") : done.stdout.index("continuity ")]


def with_output(readme: str, output: str) -> str:
    """The README with this output below its commands."""
    return re.sub(
        r"(?<=```text\n)circuit .*?(?=```)", output.replace("\\", r"\\"), readme, flags=re.S
    )


def paper_numbers(rows: Sequence[Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """By source, t_s in the gentlest and steepest gradient and their ratio, as in the README."""
    keys = {
        "gentle": "t_s at κ = 0.5 K/nm", "steep": "t_s at κ = 6 K/nm",
        "ratio": "t_s(κ = 0.5)/t_s(κ = 6",
    }  # fmt: skip
    names = {"paper": "paper", "as_printed": "as-printed", "repaired": "repaired-signs",
             "activated": "activated"}  # fmt: skip
    found: dict[str, dict[str, str]] = {name: {} for name in names}
    for key, begin in keys.items():
        (row,) = (row for row in rows if row["quantity"].startswith(begin))
        for name, column in names.items():
            digits = 2 if name == "paper" else 4 if key == "ratio" else 3
            found[name][key] = f"{float(row[column]):.{digits}g}"
    return found


def with_paper(readme: str, rows: Sequence[Mapping[str, str]]) -> str:
    """The README with the sentence on the paper's settling times."""
    return _PLACE.sub(_SENTENCE.format(**paper_numbers(rows)), readme)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write or compare; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--reproduction", type=Path, metavar="FOLDER")
    parser.add_argument("--check", action="store_true", help="write nothing, compare")
    given = parser.parse_args(arguments)
    before = README.read_text(encoding="utf-8")
    after = with_output(before, said(commands(before)))
    if given.reproduction:
        with (given.reproduction / "numbers.csv").open(encoding="utf-8") as file:
            after = with_paper(after, list(csv.DictReader(file)))
    if not given.check:
        README.write_text(after, encoding="utf-8")
    elif before != after:
        print("README.md holds other numbers: run scripts/readme_numbers.py", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
