"""What a command is given: a configuration, or a study of many; and the command `check`."""

from collections.abc import Sequence
from pathlib import Path

from boltzwall.config import Config, load_config
from boltzwall.errors import InputError


def load_one(source: Path | None, overrides: Sequence[str]) -> Config:
    """The configuration of a command that computes one run.

    Raises:
        InputError: the file is a study, or no configuration.
    """
    if is_study(source):
        raise InputError(
            f"The file {source} is a study of many runs, for it has a table [sweep], but one "
            f"configuration is wanted here. Compute the study with: boltzwall sweep {source}"
        )
    return load_config(source, overrides)


def is_study(source: Path | None) -> bool:
    """Whether the file has a table [sweep]; what is wrong with a file is said when it is loaded."""
    from boltzwall.config.toml import read_toml

    try:
        return source is not None and "sweep" in read_toml(source)
    except InputError:
        return False


def check(source: Path | None, overrides: Sequence[str]) -> str:
    """The answer of `check`: scales, warnings, and what is assumed; nothing is computed."""
    from boltzwall.cli.text import report
    from boltzwall.config.load import given_tables
    from boltzwall.config.notes import notes

    if is_study(source):
        assert source is not None
        return _check_study(source, overrides)
    config = load_config(source, overrides)
    found = notes(config, given_tables(source, overrides))
    return report(config, f"The configuration is valid: {source or 'the default'}", found)


def _check_study(source: Path, overrides: Sequence[str]) -> str:
    """The first point, and what the last one adds to its warnings."""
    from boltzwall.cli.text import report
    from boltzwall.config.scales import derived_scales
    from boltzwall.sweeps.study import load_study

    study = load_study(source, overrides)
    axes = " × ".join(f"{len(axis)} {axis.dimension}" for axis in study.axes)
    head = f"The study is valid: {source}\n{study.size} points, {axes}; here the first of them."
    first, last = study.config(0), study.config(study.size - 1)
    more = set(derived_scales(last).warnings) - set(derived_scales(first).warnings)
    return "\n\n".join(
        [report(first, head), *(f"Warning, at the last point: {text}" for text in sorted(more))]
    )
