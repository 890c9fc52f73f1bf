"""The command `reproduce`: a publication's figures and numbers."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from boltzwall.cli.interrupts import InterruptedRunError
from boltzwall.config.closures import CLOSURES
from boltzwall.errors import InputError
from boltzwall.progress import progress

PUBLICATIONS = ("wang2022",)
MODELS = ("published", "consistent")
FIGURES = range(2, 8)


@dataclass(frozen=True)
class Reproduction:
    """What of a publication is computed, and how."""

    figures: Sequence[int] | None
    closure: str | None
    model: str
    overrides: Sequence[str] = ()


def reproduce(name: str, what: Reproduction, folder: Path, quiet: bool) -> None:
    """Compute a publication's figures into ``folder``; prints the files."""
    _check_choice("NAME", name, PUBLICATIONS)
    _check_choice("--model", what.model, MODELS)
    if what.closure is not None:
        _check_choice("--closure", what.closure, tuple(CLOSURES))
    for figure in what.figures or ():
        _check_choice("--figure", figure, FIGURES)
    with progress(f"Reproducing {name}", quiet) as report:
        from boltzwall.reproduce import reproduce_wang2022

        try:
            paths = reproduce_wang2022(
                folder,
                figures=what.figures or None,
                closure=what.closure,
                model=what.model,
                overrides=what.overrides,
                progress=report,
            )
        except KeyboardInterrupt:
            raise InterruptedRunError(
                f"Interrupted. What was computed until then is in {folder}; the same command "
                "goes on from it."
            ) from None
    for path in paths:
        print(path)


def _check_choice(argument: str, given: object, allowed: Sequence[object]) -> None:
    if given not in allowed:
        listed = ", ".join(json.dumps(choice) for choice in allowed)
        raise InputError(f"Argument {argument} must be one of {listed}, but {given!r} was given.")
