"""Print the oldest releases that pyproject.toml admits, as constraints for pip.

python scripts/lower_bounds.py > lowest.txt
pip install --constraint lowest.txt --editable '.[dev]'

An environment made so is what the declared bounds promise; CONTRIBUTING.md says when it is tried.
"""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

PROJECT = Path(__file__).parents[1] / "pyproject.toml"
EXTRAS = ("dev", "dask")  # what the tests need; the others are tried where they are used


def lower_bounds(project: Mapping[str, Any]) -> Iterator[str]:
    """One line ``name==oldest`` for each dependency of the package and of its tests.

    Raises:
        ValueError: a dependency has no lower bound, or more than one.
    """
    extras = project["optional-dependencies"]
    declared = [*project["dependencies"], *(line for name in EXTRAS for line in extras[name])]
    for requirement in sorted({Requirement(line) for line in declared}, key=lambda r: r.name):
        oldest = [part.version for part in requirement.specifier if part.operator == ">="]
        if len(oldest) != 1:
            raise ValueError(
                f"Dependency `{requirement.name}` must have one lower bound, but it has "
                f"{len(oldest)}. Write `{requirement.name}>=VERSION` in pyproject.toml."
            )
        yield f"{requirement.name}=={oldest[0]}"


if __name__ == "__main__":
    print(*lower_bounds(tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]), sep="\n")
