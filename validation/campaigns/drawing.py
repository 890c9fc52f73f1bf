"""Random configurations, drawn from the declarations of the keys themselves.

A key that is added to a section is drawn from then on, with its own unit, range and choices.
"""

import json
import math
import random
import types
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from boltzwall import materials
from boltzwall.config import Config, load_config
from boltzwall.config.kinds import AxisNumbers, Increasing, Numbers, Whole, declared
from boltzwall.config.messages import section_models
from boltzwall.config.sections.transport import models_of
from boltzwall.config.units import RefusedError, Unit
from boltzwall.errors import InputError

Tables = dict[str, Any]
_LARGEST_COUNT = 400  # of cells, nodes and other whole numbers in a configuration meant to be valid
_TRIES = 8
_ODD: tuple[Any, ...] = (
    None, True, "", " ", "nan", "inf", math.nan, math.inf, -math.inf, 0, -1, 1, 1e308, -1e308,
    5e-324, 10**30, -(2**63), 2**64, "5", "5 nm", "5 parsec", "1e400 m", "-0 K", "5 nm nm", "µ",
    "\u200b", "\n", "a" * 5000, "../..", "/", "[]", "1 K/nm/s^-3", "1__0 m", "٣ m", "1e-4 V/m",
    "0x10", [], {}, [[]], [1, 2, 3], [1e9] * 40, {"x": 1}, [None], ["5 nm", 3], {"kind": "none"},
    "drop table", "<script>", "%s%n", "{}", "\\", '"', "'", "\x7f", "true", "3+4j",
)  # fmt: skip


class Draw:
    """Draws configurations; the same seed draws the same ones."""

    def __init__(self, seed: int, files: Sequence[Path] = ()) -> None:
        self.chance = random.Random(seed)
        self.files = [str(file) for file in files] or ["missing.txt"]
        self._sections = section_models(Config)

    def valid(self, accepts: Callable[[Any], object] = load_config) -> Tables:
        """Tables that ``accepts`` does not refuse; keys are left out until it does not."""
        tables = self.plausible()
        for _ in range(_TRIES):
            try:
                accepts(tables)
            except InputError:
                tables = self._thinned(tables)
            else:
                return tables
        return {}

    def nearly_valid(self) -> Tables:
        """Tables of which one to three values, keys or sections are wrong."""
        tables = self.plausible()
        for _ in range(self.chance.randint(1, 3)):
            self._spoil(tables)
        return tables

    def garbage(self, depth: int = 3) -> Any:
        """Any nest of tables, lists and values, some under names that exist."""
        kind = self.chance.random()
        if depth == 0 or kind < 0.35:
            return self._odd()
        if kind < 0.5:
            return [self.garbage(depth - 1) for _ in range(self.chance.randint(0, 4))]
        names = [*self._sections, *(self._any_key() for _ in range(6)), "", "é", "a.b", "sweep"]
        count = self.chance.randint(0, 6)
        return {self.chance.choice(names): self.garbage(depth - 1) for _ in range(count)}

    def plausible(self) -> Tables:
        """Tables whose values are each allowed; whether they go together is another matter."""
        tables: Tables = {}
        for name, members in self._sections.items():
            if self.chance.random() < 0.55:
                tables[name] = self._section(self.chance.choice(members))
        return tables

    def value(self, info: FieldInfo) -> Any:
        """A value that a key declares to take; None where it is better left out."""
        parser = next((p for p in declared(info) if isinstance(p, Unit | Whole | Numbers)), None)
        if isinstance(parser, Unit):
            return self.number(parser, info.default)
        if isinstance(parser, Whole):
            return self._whole(parser)
        if isinstance(parser, Numbers):
            return self._numbers(parser)
        return self._of_type(info.annotation)

    def number(self, unit: Unit, default: Any = None) -> float:
        """A number in range: near the default or the example, now and then far from it."""
        base = default if isinstance(default, int | float) and default else None
        base = unit.parse(_example(unit)) if base is None else float(base)
        for _ in range(50):
            decades = self.chance.gauss(0.0, 0.4 if self.chance.random() < 0.9 else 6.0)
            found = base * 10.0**decades * self.chance.choice((1.0, 1.0, -1.0))
            try:
                return unit.parse(found)
            except RefusedError:
                continue
        return base

    def _section(self, model: type[BaseModel]) -> Tables:
        fields = model.model_fields
        kind = fields.get("kind")
        table: Tables = {} if kind is None else {"kind": self._of_type(kind.annotation)}
        if model.__name__ == "Transport":
            table["model"] = self._of_type(fields["model"].annotation)
        for key, info in fields.items():
            chosen = table.get("model")
            foreign = chosen and models_of(key) and chosen not in models_of(key)
            wanted = info.default is PydanticUndefined and model.__name__ != "Material"
            if key in table or foreign or not (wanted or self.chance.random() < 0.3):
                continue
            value = self.value(info)
            if value is not None:
                table[key] = value
        return table

    def _whole(self, whole: Whole) -> int:
        most = min(whole.most, max(_LARGEST_COUNT, whole.least))
        found = round(math.exp(self.chance.uniform(math.log(whole.least + 1), math.log(most + 1))))
        found = min(max(found - 1, whole.least), most)
        return found + found % 2 * whole.even

    def _numbers(self, numbers: Numbers) -> list[float]:
        found = [self.number(numbers.unit, None) for _ in range(numbers.count)]
        if isinstance(numbers, Increasing):
            return sorted({abs(x) for x in found})
        if isinstance(numbers, AxisNumbers):
            return [self.chance.gauss(0.0, 1.0) for _ in found]
        return [x * self.chance.choice((0.0, 1.0)) for x in found] if numbers.count == 3 else found

    def _of_type(self, annotation: Any) -> Any:
        if get_origin(annotation) is Literal:
            return self.chance.choice(get_args(annotation))
        if get_origin(annotation) in (Union, types.UnionType):
            members = [part for part in get_args(annotation) if part is not type(None)]
            return self._of_type(self.chance.choice(members))
        if get_origin(annotation) is tuple:
            return [self.chance.randint(0, 2) for _ in get_args(annotation)]
        if isinstance(annotation, type) and issubclass(annotation, Path):
            return self.chance.choice(self.files)
        choices = {
            bool: (True, False),
            float: (1e-4, 1e-3, 1e-2),
            str: materials.names(),
        }
        parts = get_args(annotation)
        if annotation not in choices and parts:  # Annotated
            return self._of_type(parts[0])
        return self.chance.choice(choices.get(annotation, (None,)))

    def _spoil(self, tables: Tables) -> None:
        name = self.chance.choice(list(self._sections))
        way = self.chance.randint(0, 6)
        if way == 0:
            tables[name] = self._odd()
        elif way == 1:
            tables[self._misspelt(name)] = {}
        elif isinstance(tables.get(name, {}), dict):
            table = tables.setdefault(name, {})
            key = self._any_key() if way < 4 else self._key_of(name)
            table[self._misspelt(key) if way == 2 else key] = self._odd()

    def _odd(self) -> Any:
        if self.chance.random() < 0.2:
            return self.chance.uniform(-1, 1) * 10.0 ** self.chance.randint(-320, 308)
        if self.chance.random() < 0.2:
            return "".join(
                chr(self.chance.randint(1, 0x2FF)) for _ in range(self.chance.randint(0, 9))
            )
        return self.chance.choice(_ODD)

    def _any_key(self) -> str:
        return self._key_of(self.chance.choice(list(self._sections)))

    def _key_of(self, section: str) -> str:
        return self.chance.choice(list(self.chance.choice(self._sections[section]).model_fields))

    def _misspelt(self, name: str) -> str:
        place = self.chance.randrange(len(name))
        return name[:place] + self.chance.choice("xyz_é ") + name[place + 1 :]

    def _thinned(self, tables: Tables) -> Tables:
        """Fewer sections and keys; what a kind needs stays."""
        kept: Tables = {}
        for section, table in tables.items():
            needed = {"kind", "model", *_required(self._sections[section], table)}
            left = {k: v for k, v in table.items() if k in needed or self.chance.random() < 0.7}
            if self.chance.random() < 0.85:
                kept[section] = left
        return kept


def _required(models: Sequence[type[BaseModel]], table: Tables) -> set[str]:
    """The keys without a default of the kind of a section."""
    found: set[str] = set()
    for model in models:
        kind = model.model_fields.get("kind")
        if kind is not None and table.get("kind") in get_args(kind.annotation):
            fields = model.model_fields.items()
            found |= {key for key, info in fields if info.default is PydanticUndefined}
    return found


def _example(unit: Unit) -> Any:
    try:
        return json.loads(unit.example)
    except ValueError:
        return unit.example


def as_toml(tables: Tables) -> str:
    """A mapping as TOML, whatever it holds; None, for which TOML has no word, as an empty text."""
    plain = {name: value for name, value in tables.items() if not isinstance(value, dict)}
    text = _lines(plain)
    for name, table in tables.items():
        if isinstance(table, dict):
            text += f"[{_quoted(name)}]\n{_lines(table)}"
    return text


def _lines(table: Tables) -> str:
    return "".join(f"{_quoted(key)} = {_literal(value)}\n" for key, value in table.items())


def _literal(value: Any) -> str:
    if isinstance(value, dict):
        inner = ", ".join(f"{_quoted(k)} = {_literal(v)}" for k, v in value.items())
        return f"{{{inner}}}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_literal(entry) for entry in value) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return repr(value)
    return _quoted("" if value is None else str(value))


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=True).replace("\x7f", "\\u007f")
