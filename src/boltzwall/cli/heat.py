"""The command `heat`: T(x, t) of a wire for itself, its balance, and a picture."""

from collections.abc import Sequence
from pathlib import Path

from boltzwall.cli.interrupts import uninterrupted
from boltzwall.cli.outputs import Target, beside, new_file
from boltzwall.cli.sources import load_one
from boltzwall.cli.text import summary
from boltzwall.progress import progress

_ENDING = "-heat.nc"


def heat(source: Path | None, overrides: Sequence[str], target: Target) -> None:
    """Warm the wire; write the result and, beside it, its picture."""
    config = load_one(source, overrides)
    run = config.output.path
    path = target.output or beside(source if run is None else run, _ENDING)
    new_file(path, target.overwrite)
    new_file(path.with_suffix(".png"), target.overwrite)
    with progress("Warming", target.quiet) as report:
        from boltzwall.simulation import heat_wire

        dataset = heat_wire(config, progress=None)
        if report:
            report(1.0, 1.0, "done")
    from boltzwall.io import write_dataset
    from boltzwall.plot.heat import heat_figure
    from boltzwall.plot.theme import save_figure

    with uninterrupted():
        write_dataset(dataset, path, overwrite=True)
        save_figure(heat_figure(dataset), path.parent, path.stem)
    print(summary(dataset, path))
