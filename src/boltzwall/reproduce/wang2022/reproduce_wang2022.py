"""The paper of Wang et al. from its equations to its figures: ``reproduce_wang2022``."""

from collections.abc import Sequence
from pathlib import Path

from boltzwall.errors import InputError
from boltzwall.io import make_folder
from boltzwall.progress import Report, reporting
from boltzwall.reproduce.wang2022.published.published_reproduction import PublishedReproduction
from boltzwall.reproduce.wang2022.shared.cases import BOTH_SERIES
from boltzwall.reproduce.wang2022.shared.reproduction import PaperReproduction
from boltzwall.reproduce.wang2022.shared.treatments import (
    CLOSURE_NAMES,
    DEFAULT_CLOSURE,
    Overrides,
)
from boltzwall.reproduce.wang2022.side_by_side.paired_reproduction import PairedReproduction

MODELS: dict[str, type[PaperReproduction]] = {
    "published": PublishedReproduction,
    "consistent": PairedReproduction,
}


def reproduce_wang2022(
    folder: str | Path,
    *,
    figures: Sequence[int] | None = None,
    closure: str | None = None,
    model: str = "published",
    overrides: Sequence[str] = (),
    progress: Report | bool | None = True,
) -> list[Path]:
    """Compute Figs 2 to 7, S1, S2, the table of numbers and the report.

    Runs that an earlier call left in ``folder`` are used again, so that an interrupted call goes
    on where it stopped.

    Arguments:
        folder: where everything is written; made if it does not exist.
        figures: only these figures, without animations, table and report.
        closure: a named closure for the figures; without it, `activated`.
        model: "published", or "consistent" for both models side by side: the consistent one and
            the published one with the closure.
        overrides: what the runs have in other ways than the paper's wires, as
            "section.key=value" texts like those of ``load_config``; "published." or "consistent."
            before the section means the runs of that model alone.
        progress: whether a bar is shown, in a terminal or a notebook; or what to call with (done,
            total, message).

    Returns:
        The files that were written or used again.

    Raises:
        InputError: for an unknown figure, closure or model, for an override that no run can have,
            or for a folder that cannot be written.
    """
    closure = closure or DEFAULT_CLOSURE
    _check(figures, closure, model)
    task = MODELS[model](Path(folder), closure, Overrides.of(overrides))
    for treatment in task.drawn:
        treatment.config(BOTH_SERIES[0])  # raises now, before anything is written
    make_folder(folder)
    with reporting("Reproducing wang2022", progress) as report:
        return task.some(figures, report) if figures else task.everything(report)


def _check(figures: Sequence[int] | None, closure: str, model: str) -> None:
    if model not in MODELS:
        raise InputError(
            f'Argument `model` must be "published" or "consistent", but "{model}" was given.'
        )
    if closure not in CLOSURE_NAMES:
        raise InputError(
            f"Argument `closure` must be one of {', '.join(CLOSURE_NAMES)}, "
            f'but "{closure}" was given.'
        )
    figures_of = MODELS[model].figures
    for number in figures or ():
        if number not in figures_of:
            raise InputError(
                f"Argument `figures` must hold numbers from {min(figures_of)} to "
                f"{max(figures_of)}, but {number} was given."
            )
