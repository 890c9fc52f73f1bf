"""A study: the configuration that all points share, the axes, and each point's name."""

import copy
import hashlib
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from boltzwall.config import Config, load_config
from boltzwall.config.files import file_digests
from boltzwall.config.keys import put
from boltzwall.config.load import read_tables
from boltzwall.config.messages import from_validation
from boltzwall.config.sections.sweep import StudyTables, Sweep
from boltzwall.config.units import shown
from boltzwall.errors import InputError
from boltzwall.sweeps.axes import Axis, Value, build_axes
from boltzwall.version import __version__

_LARGEST_BATCH = 16
_BATCH_BYTES = 2.5e8
_VALUES_PER_CELL = 60  # what a saved state keeps while it runs, about
_SHAPES = frozenset(
    {
        "wire.cells", "transport.momentum_nodes", "transport.streams",
        "dynamics.checkpoint_interval",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Study:
    """What is to be computed; points are counted with the last axis the fastest."""

    base: Config
    settings: Sweep
    axes: tuple[Axis, ...]

    @property
    def shape(self) -> tuple[int, ...]:
        return tuple(len(axis) for axis in self.axes)

    @property
    def size(self) -> int:
        """Number of points."""
        return math.prod(self.shape)

    def overrides(self, point: int) -> dict[str, Value]:
        """The swept keys of a point, in SI units."""
        found: dict[str, Value] = {}
        for axis in reversed(self.axes):
            point, position = divmod(point, len(axis))
            found |= {key.name: v for key, v in zip(axis.keys, axis.rows[position], strict=True)}
        return found

    def config(self, point: int) -> Config:
        """The configuration of a point; raises InputError if its keys do not go together."""
        return load_config(with_overrides(self.given, self.overrides(point)))

    @cached_property
    def given(self) -> dict[str, Any]:
        """The shared configuration, as it was given."""
        given = self.base.given()
        given.pop("output", None)
        for section in {key.name.partition(".")[0] for axis in self.axes for key in axis.keys}:
            kind = getattr(getattr(self.base, section), "kind", None)
            if kind is not None:  # the same point then has one name, however its keys are given
                given.setdefault(section, {}).setdefault("kind", kind)
        return given

    @property
    def tables(self) -> dict[str, Any]:
        """The study as `load_study` takes it."""
        return self.given | {"sweep": self.settings.model_dump(exclude_none=True)}

    @cached_property
    def _files(self) -> dict[str, str]:
        """Digests of the files that the configuration names: they belong to a point's name."""
        return file_digests(self.base)

    def digest(self, point: int) -> str:
        """The name of a point: of its whole configuration, the version, and what is kept."""
        data = {
            "configuration": with_overrides(self.given, self.overrides(point)),
            "files": self._files,
            "version": __version__,
            "kind": self.settings.kind,
            "keep": self.settings.keep,
        }
        text = json.dumps(data, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()[:32]

    @property
    def batch_size(self) -> int:
        """Points that are computed together, so that they fit the memory and fill the cores."""
        if self.settings.batch:
            return self.settings.batch
        if self.base.transport.goes_alone:
            return 1 if self.settings.kind == "run" else 8
        states = min(self.saved_states, 1e6)
        held = 8.0 * _VALUES_PER_CELL * self.base.wire.cells * states
        share = -(-self.size // 8)
        return max(1, min(_LARGEST_BATCH, share, int(_BATCH_BYTES / held)))

    @property
    def saved_states(self) -> float:
        """States that one run saves at most."""
        dynamics = self.base.dynamics
        return (
            1.0 if self.settings.kind == "transport" else dynamics.end_time / dynamics.save_interval
        )

    @property
    def has_equal_points(self) -> bool:
        """Whether an axis has a value twice."""
        return any(len(set(axis.rows)) < len(axis) for axis in self.axes)

    def batches(self) -> Iterator[Sequence[int]]:
        """Points that are computed together: neighbours whose arrays have equal shapes."""
        shaping = [
            k for k, axis in enumerate(self.axes) if _SHAPES & {key.name for key in axis.keys}
        ]
        if not shaping:
            for first in range(0, self.size, self.batch_size):
                yield range(first, min(first + self.batch_size, self.size))
            return
        groups: dict[tuple[Value, ...], list[int]] = {}
        for point in range(self.size):
            found = self.overrides(point)
            shape = tuple(found[name] for name in sorted(_SHAPES & found.keys()))
            groups.setdefault(shape, []).append(point)
        for members in groups.values():
            for first in range(0, len(members), self.batch_size):
                yield tuple(members[first : first + self.batch_size])


def with_overrides(given: Mapping[str, Any], overrides: Mapping[str, Value]) -> dict[str, Any]:
    """A configuration with some keys replaced."""
    changed = {section: dict(keys) for section, keys in given.items()}
    for name, value in overrides.items():
        put(changed, name, value)
    return changed


def load_study(source: Any, overrides: Sequence[str] = ()) -> Study:
    """Read a study: a TOML file with a table [sweep], or a mapping of the same shape.

    Raises:
        InputError: one message about what is wrong, with the configuration or with the sweep.
    """
    data = read_study(source)
    settings = data.pop("sweep", None)
    if not isinstance(settings, Mapping):
        raise InputError(
            "A study must have a table [sweep] with [[sweep.axes]], but it has none. "
            "`boltzwall init sweep` writes an example."
        )
    base = load_config(data, overrides)
    try:
        checked = StudyTables.model_validate({"sweep": settings}).sweep
    except ValidationError as error:
        raise InputError(from_validation(error, StudyTables, {"sweep": settings})) from None
    study = Study(base, checked, build_axes(checked, base))
    _check_some_point(study)
    return study


def _check_some_point(study: Study) -> None:
    """Refuse a study of which neither the first nor the last point can be used."""
    try:
        study.config(0)
    except InputError:
        study.config(study.size - 1)


def read_study(source: Any) -> dict[str, Any]:
    """The tables of a study; relative paths in a file start from its folder."""
    if isinstance(source, Mapping):
        return copy.deepcopy(dict(source))
    if not isinstance(source, str | Path):
        raise InputError(
            f"Argument `source` must be a path or a mapping, but {shown(source)} was given."
        )
    return read_tables(Path(source), "study")
