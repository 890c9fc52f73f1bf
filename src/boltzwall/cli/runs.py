"""The commands that compute: `run`, `transport` and `reproduce`."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from boltzwall.cli.progress import InterruptedRunError, progress, uninterrupted
from boltzwall.cli.text import summary
from boltzwall.config import Config, load_config
from boltzwall.config.closures import CLOSURES
from boltzwall.errors import InputError, NumericsError

if TYPE_CHECKING:
    import xarray as xr

PUBLICATIONS = ("wang2022",)
MODELS = ("published", "consistent")
FIGURES = range(2, 8)
# A resumed run may differ in these from the run that it goes on from.
_FREE = {"output": None, "dynamics": ("end_time", "stop", "steady_rate", "checkpoint_interval")}


@dataclass(frozen=True)
class Target:
    """Where the result goes, and whether progress is shown."""

    output: Path | None
    overwrite: bool
    quiet: bool


@dataclass(frozen=True)
class Reproduction:
    """What of a publication is computed, and how."""

    figures: Sequence[int] | None
    closure: str | None
    model: str


class _Keeper:
    """Writes what was computed so far, whole files only, even while interrupted."""

    def __init__(self, path: Path, resumable: bool) -> None:
        self.path = path
        self.resumable = resumable
        self.written = False

    def __call__(self, dataset: "xr.Dataset") -> None:
        from boltzwall.io import write_dataset

        with uninterrupted():
            write_dataset(dataset, self.path, overwrite=True)
            self.written = True

    def where(self) -> str:
        if not self.written:
            return "Nothing was written."
        further = "; --resume goes on from it" if self.resumable else ""
        return f"What was computed until then is in {self.path}{further}."


def run(source: Path | None, overrides: Sequence[str], target: Target, resume: bool) -> None:
    """Check everything, simulate, write; what was computed is kept whatever happens."""
    from boltzwall.io import check_writable
    from boltzwall.io.files import remove_partial

    earlier = _earlier(source, overrides, target) if resume else None
    config = load_config(_stored(earlier) if _alone(source, earlier) else source, overrides)
    path = target.output or config.output.path
    if resume and config.transport.time_dependent:
        raise InputError(
            "Option --resume must not be given with `transport.time_dependent` = true, but it was: "
            "the distributions at the end of such a run are not kept. Start it again, with "
            "--overwrite."
        )
    if earlier is not None:
        _check_same(config, _stored(earlier), path)
    check_writable(path, target.overwrite or earlier is not None)
    remove_partial(path)
    keep = _Keeper(path, not config.transport.time_dependent)
    with progress("Running", target.quiet) as report:
        try:
            from boltzwall.simulation import simulate

            dataset = simulate(config, progress=report, checkpoint=keep, resume=earlier)
        except KeyboardInterrupt:
            raise InterruptedRunError(f"Interrupted. {keep.where()}") from None
        except NumericsError as error:
            raise NumericsError(f"{error} {keep.where()}") from None
        keep(dataset)
    print(summary(dataset, path))


def transport(
    source: Path | None, overrides: Sequence[str], target: Target, magnetisation: Path | None
) -> None:
    """Solve the transport for one magnetisation and write it."""
    from boltzwall.config.files import read_magnetisation
    from boltzwall.io import check_writable, write_dataset

    config = load_config(source, overrides)
    default = config.output.path.with_name(f"{config.output.path.stem}-transport.nc")
    path = target.output or default
    try:
        given = magnetisation and read_magnetisation(magnetisation, config.wire.cells)
    except InputError as error:
        raise InputError(f"Option `--magnetisation` {error}") from None
    check_writable(path, target.overwrite)
    with progress("Solving the transport", target.quiet) as report:
        from boltzwall.simulation import solve_transport

        dataset = solve_transport(config, given)
        if report:
            report(1.0, 1.0, "done")
    with uninterrupted():
        write_dataset(dataset, path, overwrite=True)
    print(summary(dataset, path))


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


def _earlier(source: Path | None, overrides: Sequence[str], target: Target) -> "xr.Dataset | None":
    """The run to go on from; None if there is none yet, so that --resume can always be given."""
    from boltzwall.io import read_dataset

    path = target.output
    if path is None:
        path = load_config(source, overrides).output.path
    return read_dataset(path) if path.exists() else None


def _alone(source: Path | None, earlier: "xr.Dataset | None") -> bool:
    return source is None and earlier is not None


def _stored(earlier: "xr.Dataset | None") -> dict[str, Any]:
    text = "" if earlier is None else earlier.attrs.get("configuration", "")
    try:
        stored = json.loads(text)
    except ValueError:
        raise InputError(
            "The output holds no configuration, so that no run can go on from it."
        ) from None
    return dict(stored)


def _check_same(config: Config, stored: Mapping[str, Any], path: Path) -> None:
    now = json.loads(config.to_json())
    changed = [
        f"{section}.{key} ({_value(stored, section, key)} → {value})"
        for section, keys in now.items()
        for key, value in keys.items()
        if not _is_free(section, key) and _value(stored, section, key) != value
    ]
    if changed:
        raise InputError(
            f"A resumed run must have the configuration of {path}, but these keys differ: "
            f"{', '.join(changed)}. Leave out --resume, or use another output."
        )


def _is_free(section: str, key: str) -> bool:
    return section in _FREE and (_FREE[section] is None or key in (_FREE[section] or ()))


def _value(stored: Mapping[str, Any], section: str, key: str) -> Any:
    return stored.get(section, {}).get(key)
