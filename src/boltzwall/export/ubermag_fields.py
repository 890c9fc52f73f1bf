"""The field terms as Ubermag's energy terms."""

from dataclasses import dataclass, field
from functools import singledispatch

import numpy as np

from boltzwall.constants import VACUUM_PERMEABILITY
from boltzwall.export.snapshot import Snapshot
from boltzwall.export.ubermag_values import CellValues
from boltzwall.physics import field_terms as terms
from boltzwall.physics.waveforms import AlwaysOn, Waveform
from boltzwall.values import Values

_AXES = ((1, 0, 0), (0, 1, 0), (0, 0, 1))


@dataclass
class Energies:
    """Energy terms while they are gathered.

    Attributes:
        terms: constructor calls.
        fields: names of OVF files to lie beside the script, each with H in A/m, (cells, 3).
        left_out: what they do not carry.
    """

    problem: Snapshot
    cells: CellValues
    stem: str
    terms: list[str] = field(default_factory=list)
    fields: dict[str, Values] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)


def energies_of(problem: Snapshot, cells: CellValues, stem: str) -> Energies:
    """All energy terms; a field of zero where there are none, without which OOMMF does not run."""
    found = Energies(problem, cells, stem)
    for name, term in problem.magnet.terms.items():
        try:
            add_term(term, found)
        except NotImplementedError:
            found.left_out.append(f"field.{name}: no such term of Ubermag is known here")
    if not found.terms:
        found.terms.append("mm.Zeeman(H=(0, 0, 0))")
    return found


@singledispatch
def add_term(term: terms.FieldTerm, found: Energies) -> None:
    """Add one term."""
    raise NotImplementedError


@add_term.register
def _(term: terms.Exchange, found: Energies) -> None:
    value = found.cells.value(_array(term.stiffness) * found.problem.area, coupled=True)
    found.terms.append(f"mm.Exchange(A={value})")


@add_term.register
def _(term: terms.UniaxialAnisotropy, found: Energies) -> None:
    found.terms.append(_uniaxial(found, _array(term.constant), term.axis, "easyaxis"))


@add_term.register
def _(term: terms.HardAxisAnisotropy, found: Energies) -> None:
    # Ubermag's energy density is −K (m·u)², so that a hard axis has K < 0.
    found.terms.append(_uniaxial(found, -_array(term.constant), term.axis, "hardaxis"))


@add_term.register
def _(term: terms.LocalDemagnetising, found: Energies) -> None:
    # ½µ0 Ms² N_k m_k² for each axis k.
    strength = -0.5 * VACUUM_PERMEABILITY * _array(term.cells.magnetisation) ** 2
    for factor, axis, letter in zip(_array(term.factors), _AXES, "xyz", strict=True):
        if factor:
            found.terms.append(_uniaxial(found, factor * strength, axis, f"shape{letter}"))


@add_term.register
def _(term: terms.FullDemagnetising, found: Energies) -> None:
    found.terms.append("mm.Demag()")


@add_term.register
def _(term: terms.CubicAnisotropy, found: Energies) -> None:
    value = found.cells.value(_array(term.constant) * found.problem.area)
    axes = ", ".join(
        f"u{index + 1}={found.cells.value(_array(term.axes[index])[None])}" for index in (0, 1)
    )
    found.terms.append(f"mm.CubicAnisotropy(K={value}, {axes})")


@add_term.register
def _(term: terms.InterfacialDMI, found: Energies) -> None:
    value = found.cells.value(-_array(term.constant) * found.problem.area, coupled=True)
    found.terms.append(f'mm.DMI(D={value}, crystalclass="Cnv_z", name="interfacialdmi")')


@add_term.register
def _(term: terms.BulkDMI, found: Energies) -> None:
    value = found.cells.value(_array(term.constant) * found.problem.area, coupled=True)
    found.terms.append(f'mm.DMI(D={value}, crystalclass="T", name="bulkdmi")')


@add_term.register
def _(term: terms.InitialStateField, found: Energies) -> None:
    strength = float(term.ratio) * _array(term.cells.magnetisation)
    found.terms.append(
        _from_file(found, strength[:, None] * _array(term.initial), "initial", "initialstate")
    )


@add_term.register
def _(term: terms.StaticField, found: Energies) -> None:
    found.terms.append(_from_file(found, _array(term.strength), "static", "staticfield"))


@add_term.register
def _(term: terms.Zeeman, found: Energies) -> None:
    applied = _array(term.profile)[:, None] * _array(term.external)
    if not np.any(applied):
        return
    text = f"H={found.cells.value(applied)}"
    if not isinstance(term.waveform, AlwaysOn):
        step = found.cells.step(term.waveform, found.problem.duration)
        text = f"{text}, func=magnetic, dt={step}"
    found.terms.append(f"mm.Zeeman({text})")


@add_term.register
def _(term: terms.SpinOrbitTorque, found: Energies) -> None:
    """The field-like part; the other is a term of the dynamics."""
    field_like = _array(term.field_like)[:, None] * _array(term.axis)
    if np.any(field_like):
        found.terms.append(_driven_field(found, field_like, term.waveform, "fieldlike"))
    if np.any(term.damping_like) and found.problem.torque is not None:
        found.left_out.append(
            "the damping-like spin-orbit torque: OOMMF's evolvers take the torque of a current in "
            "the wire or this one, not both"
        )


@add_term.register
def _(term: terms.OerstedField, found: Energies) -> None:
    found.terms.append(_driven_field(found, _array(term.strength), term.waveform, "oersted"))


def _from_file(found: Energies, applied: Values, ending: str, name: str) -> str:
    file = f"{found.stem}-{ending}.ovf"
    found.fields[file] = applied
    return f'mm.Zeeman(H=df.Field.from_file(Path(__file__).with_name({file!r})), name="{name}")'


def _driven_field(found: Energies, applied: Values, waveform: Waveform, name: str) -> str:
    text = f"H={found.cells.value(applied)}"
    if not isinstance(waveform, AlwaysOn):
        step = found.cells.step(waveform, found.problem.duration)
        text = f"{text}, func=electric, dt={step}"
    return f'mm.Zeeman({text}, name="{name}")'


def _uniaxial(found: Energies, constant: Values, axis: object, name: str) -> str:
    value = found.cells.value(constant * found.problem.area)
    direction = found.cells.value(_array(axis)[None])
    return f'mm.UniaxialAnisotropy(K={value}, u={direction}, name="{name}")'


def _array(values: object) -> Values:
    return np.asarray(values, dtype=float)
