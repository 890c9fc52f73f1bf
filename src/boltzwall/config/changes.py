"""Changes of single keys, and what goes with the former value of a key that others depend on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from boltzwall import materials
from boltzwall.config.closures import CLOSURES
from boltzwall.config.config import DEFAULT_KINDS, Config
from boltzwall.config.keys import put
from boltzwall.config.messages import listed, section_models
from boltzwall.config.sections import Material, Transport
from boltzwall.config.sections.material import implied_scattering
from boltzwall.config.sections.transport import models_of
from boltzwall.config.units import shown

Tables = dict[str, Any]
# Of each group one key drives, so that a new one takes the place of the others.
_ALTERNATIVES = (
    ("drive", ("electric_field", "current_density", "circuit")),
    ("transport", ("u", "polarisation")),
)

# Of each law of the momentum times the keys of [material] that belong to it alone.
_OF_LAW = {
    "power": ("scattering_exponent_majority", "scattering_exponent_minority"),
    "table": ("scattering_file", "scattering_zero"),
}
_SCATTERING_KEYS = ("scattering", "scattering_file", *_OF_LAW["power"])


@dataclass(frozen=True)
class Change:
    """A key, or one number of a list, and its new value; None: the default of the key."""

    section: str
    key: str
    value: Any

    @property
    def name(self) -> str:
        return f"{self.section}.{self.key}"


def changed(tables: Mapping[str, Any], changes: Sequence[Change]) -> tuple[Tables, list[str]]:
    """The tables with the changes, and a sentence on each thing that was left out for their sake.

    A new kind, model or alternative drops the keys of the former one, and a new preset or closure
    the values that the former one gave; what is itself among the changes stays. Whether the result
    is a configuration is judged elsewhere.
    """
    found = {name: dict(t) if isinstance(t, Mapping) else t for name, t in tables.items()}
    kept = {(change.section, change.key) for change in changes}
    notes: list[str] = []
    for change in changes:
        table = found.setdefault(change.section, {})
        if not isinstance(table, dict):
            continue
        for section, keys, reason in _displaced(found, change):
            own = found.get(section)
            going = [k for k in keys if isinstance(own, dict) and k in own]
            going = [key for key in going if (section, key) not in kept]
            for key in going:
                del found[section][key]
            if going and reason:
                names = listed([f"{section}.{key}" for key in going], "`")
                notes.append(f"Left out {names}: {reason}")
        if change.value is None:
            table.pop(change.key, None)
        else:
            put(found, change.name, change.value)
    return found, notes


def _displaced(tables: Tables, change: Change) -> Iterator[tuple[str, list[str], str]]:
    """(section, keys, why) of what the change leaves without a meaning; no reason: say nothing."""
    section, table, value = change.section, tables[change.section], change.value
    if section in DEFAULT_KINDS and change.key == "kind":
        former = table.get("kind", DEFAULT_KINDS[section])
        reason = f"`{change.name}` is now {shown(value)}, no longer {shown(former)}."
        yield section, _keys_of_other_kinds(section, value), reason
    if (section, change.key) == ("transport", "model"):
        former = table.get("model", Transport.model_fields["model"].default)
        foreign = [key for key in Transport.model_fields if not _knows(value, key)]
        reason = f"`{change.name}` is now {shown(value)}, no longer {shown(former)}."
        yield section, foreign, reason
    if section == "material" and change.key in _SCATTERING_KEYS and value is not None:
        yield section, _of_other_laws(table, change), f"`{change.name}` takes its place."
    for where, group in _ALTERNATIVES:
        if section == where and change.key in group and value not in (None, "closed"):
            others = [k for k in group if k != change.key and table.get(k) != "closed"]
            yield section, others, f"`{change.name}` takes its place."
    for where, values in _filled_in_by_the_former(table, change).items():
        own = tables.get(where)
        given = own if isinstance(own, dict) else {}
        yield where, [k for k, v in values.items() if k in given and given[k] == v], ""


def _of_other_laws(table: Mapping[str, Any], change: Change) -> list[str]:
    """The keys of [material] about momentum times that do not belong to the law of the new key."""
    own = (law for law, keys in _OF_LAW.items() if change.key in keys)
    law = next(own, change.value)
    foreign = [key for other, keys in _OF_LAW.items() if other != law for key in keys]
    return foreign if table.get("scattering") == law else ["scattering", *foreign]


def _keys_of_other_kinds(section: str, kind: object) -> list[str]:
    """The keys of the section that this kind has not; none if there is no such kind."""
    models = section_models(Config)[section]
    mine = [m for m in models if kind in get_args(m.model_fields["kind"].annotation)]
    if not mine:
        return []
    every = {key for model in models for key in model.model_fields}
    return sorted(every - mine[0].model_fields.keys())


def _knows(model: object, key: str) -> bool:
    return model == "none" or not models_of(key) or model in models_of(key)


def _filled_in_by_the_former(
    table: Mapping[str, Any], change: Change
) -> dict[str, Mapping[str, Any]]:
    """What the former preset or closure gave: a result's own configuration spells it all out."""
    former = table.get("preset", Material.model_fields["preset"].default)
    if change.name in ("material.preset", "material.scattering") and former in materials.names():
        law = implied_scattering(table)
        metal = materials.get(former)
        metal = metal if law is None else metal.with_scattering(law)
        constants: dict[str, Any] = dict(metal.values())
        if change.name == "material.preset":
            every = dict.fromkeys(Material.model_fields.keys() - {"preset"})
            constants = every | constants | {"scattering": metal.scattering}
        return {"material": constants, "transport": metal.transport_values()}
    if change.name == "transport.closure" and table.get("closure") in CLOSURES:
        return {"transport": CLOSURES[table["closure"]].settings}
    return {}
