"""The axes of a study: values in SI units, crossed, zipped or sampled."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from pydantic.fields import FieldInfo

from boltzwall.config import Config
from boltzwall.config.keys import numbers_of, place
from boltzwall.config.kinds import Whole, declared
from boltzwall.config.sections import Section
from boltzwall.config.sections.sweep import Sweep, SweptKey
from boltzwall.config.units import RefusedError, Unit
from boltzwall.errors import InputError

Value = int | float
_DIGITS = 15  # so that values reached by different roundings are the same point


@dataclass(frozen=True)
class Key:
    """A numeric key of the configuration: what parses it, and what it means."""

    name: str
    parser: Unit | Whole
    meaning: str

    @property
    def units(self) -> str:
        return self.parser.si if isinstance(self.parser, Unit) else ""

    def parse(self, value: object) -> Value:
        """The value in SI units; raises InputError with the name of the key."""
        try:
            return self.parser.parse(value)
        except RefusedError as error:
            raise InputError(f"Key `{self.name}`, swept by `sweep.axes`, {error}") from None

    def tidy(self, value: float) -> Value:
        """A computed value as it enters the configuration."""
        whole = isinstance(self.parser, Whole)
        return self.parse(round(value) if whole else float(f"{value:.{_DIGITS}g}"))


@dataclass(frozen=True)
class Axis:
    """One dimension of the study.

    Attributes:
        dimension: its name in the Dataset.
        keys: those that vary along it.
        rows: for each point along it, the value of each key.
    """

    dimension: str
    keys: tuple[Key, ...]
    rows: tuple[tuple[Value, ...], ...]

    def __len__(self) -> int:
        return len(self.rows)


def build_axes(settings: Sweep, base: Config) -> tuple[Axis, ...]:
    """The axes in the order given; raises InputError for keys and values that cannot be used."""
    _check_distinct(settings.axes)
    keys = [find_key(base, axis.key) for axis in settings.axes]
    sampled = [k for k, axis in enumerate(settings.axes) if axis.values is None and not axis.count]
    if sampled and settings.samples is None:
        first = settings.axes[sampled[0]].key
        raise InputError(
            f"Key `sweep.axes` must give `values` or a `count` for `{first}`, but has neither. "
            "Add one, or `samples` under [sweep] to draw from its bounds."
        )
    groups: dict[str, list[int]] = {}
    for number, axis in enumerate(settings.axes):
        own = axis.zip and f"zip {axis.zip}"
        groups.setdefault("sample" if number in sampled else own or axis.key, []).append(number)
    axes = []
    for name, members in groups.items():
        chosen = tuple(keys[k] for k in members)
        if name == "sample":
            rows = _samples(settings, [settings.axes[k] for k in members], chosen)
            axes.append(Axis("sample", chosen, rows))
            continue
        columns = [_values(settings.axes[k], keys[k]) for k in members]
        lengths = {len(column) for column in columns}
        if len(lengths) > 1:
            raise InputError(
                f"Keys of one `zip` must have equally many values, but {name[4:]!r} has "
                f"{sorted(lengths)}. Make the lists equally long."
            )
        axes.append(Axis(chosen[0].name, chosen, tuple(zip(*columns, strict=True))))
    return tuple(axes)


def find_key(base: Config, name: str) -> Key:
    """The numeric key called ``name``: "wire.length", "drive.magnetic_field.z"."""
    section_name, _, key = name.partition(".")
    key, _, part = key.partition(".")
    section = getattr(base, section_name, None) if section_name in Config.model_fields else None
    field = None if section is None else type(section).model_fields.get(key)
    if section is None or field is None:
        known = ", ".join(Config.model_fields) if section is None else _numeric(section)
        raise InputError(
            f"Key `sweep.axes` must name a key of the configuration, but `{name}` is none. "
            f"{'Sections' if section is None else f'Numeric keys of {section_name}'}: {known}."
        )
    parser = _part_parser(section, key, name) if part else _parser(field)
    if parser is None:
        raise InputError(
            f"Key `sweep.axes` must name a key that is a number, but `{name}` is not one. "
            f"Numeric keys of {section_name}: {_numeric(section)}."
        )
    meaning = field.description or name
    return Key(name, parser, f"{part} of {meaning}" if part else meaning)


def _numeric(section: Section) -> str:
    """The names of what can be swept of a section."""
    found = []
    for key, info in type(section).model_fields.items():
        numbers = numbers_of(info)
        if numbers is not None:
            found += [f"{key}.{part}" for part in numbers.parts]
        elif _parser(info) is not None:
            found.append(key)
    return ", ".join(found)


def _part_parser(section: Section, key: str, name: str) -> Unit | None:
    numbers, value = numbers_of(type(section).model_fields[key]), getattr(section, key)
    if numbers is None:
        return None
    if not isinstance(value, tuple):
        raise InputError(
            f"Key `{name.rpartition('.')[0]}` must be given as a list for its numbers to be swept, "
            f"such as {numbers.example}, but it is not."
        )
    place(numbers, name, len(value))
    return numbers.unit


def _parser(info: FieldInfo) -> Unit | Whole | None:
    found = (entry for entry in declared(info) if isinstance(entry, Unit | Whole))
    return next(found, None)


def _check_distinct(axes: Sequence[SweptKey]) -> None:
    names = [axis.key for axis in axes]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise InputError(
            f"Key `sweep.axes` must name each key once, but `{twice[0]}` is there "
            f"{names.count(twice[0])} times. Put all its values on one axis."
        )


def _bounds(axis: SweptKey, key: Key) -> tuple[Value, Value]:
    if axis.start is None or axis.stop is None:
        raise InputError(
            f"Key `sweep.axes` must give `values`, or `start` and `stop`, for `{axis.key}`, but "
            "it does not."
        )
    start, stop = key.parse(axis.start), key.parse(axis.stop)
    if axis.spacing == "log" and not start * stop > 0.0:
        raise InputError(
            f"Bounds of `{axis.key}` must be both positive or both negative with `spacing` = "
            f'"log", but {start:g} and {stop:g} were given. Take "linear".'
        )
    return start, stop


def _values(axis: SweptKey, key: Key) -> list[Value]:
    if axis.values is not None:
        if axis.start is not None or axis.stop is not None or axis.count is not None:
            raise InputError(
                f"Key `sweep.axes` must give either `values` or `start`, `stop` and `count` for "
                f"`{axis.key}`, but it gives both."
            )
        return [key.parse(value) for value in axis.values]
    start, stop = _bounds(axis, key)
    spaced = np.geomspace if axis.spacing == "log" else np.linspace
    return [key.tidy(value) for value in spaced(start, stop, axis.count or 1)]


def _samples(
    settings: Sweep, axes: Sequence[SweptKey], keys: Sequence[Key]
) -> tuple[tuple[Value, ...], ...]:
    """Rows of samples; a Latin hypercube has one in each of n equal parts of every key."""
    count = settings.samples or 1
    generator = np.random.default_rng(settings.seed)
    shares = generator.random((len(axes), count))
    if settings.sampling == "latin-hypercube":
        parts = np.stack([generator.permutation(count) for _ in axes])
        shares = (parts + shares) / count
    columns = []
    for axis, key, share in zip(axes, keys, shares, strict=True):
        start, stop = _bounds(axis, key)
        if axis.spacing == "log":
            drawn = np.sign(start) * np.abs(start) ** (1.0 - share) * np.abs(stop) ** share
        else:
            drawn = start + (stop - start) * share
        columns.append([key.tidy(value) for value in drawn])
    return tuple(zip(*columns, strict=True))
