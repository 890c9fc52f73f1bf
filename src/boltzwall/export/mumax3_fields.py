"""The field terms in MuMax3's language; each takes over energy and field of its class."""

from functools import singledispatch

import numpy as np

from boltzwall.config.units import brief
from boltzwall.constants import VACUUM_PERMEABILITY
from boltzwall.export.mumax3_sheet import Parameter, Sheet
from boltzwall.export.snapshot import Snapshot
from boltzwall.export.time_factors import mumax3_factor
from boltzwall.physics import field_terms as terms
from boltzwall.values import Values


def write_fields(problem: Snapshot, sheet: Sheet, stem: str) -> None:
    """All field terms; ``stem`` begins the names of files with fields."""
    for name, term in problem.magnet.terms.items():
        try:
            write_term(term, problem, sheet, stem)
        except NotImplementedError:
            sheet.left_out.append(f"field.{name}: no such term of MuMax3 is known here")


@singledispatch
def write_term(term: terms.FieldTerm, problem: Snapshot, sheet: Sheet, stem: str) -> None:
    """Add the statements of one term."""
    raise NotImplementedError


@write_term.register
def _(term: terms.Exchange, problem: Snapshot, sheet: Sheet, stem: str) -> None:
    sheet.parameter("Aex", _array(term.stiffness) * problem.area, "J/m")


@write_term.register
def _(term: terms.UniaxialAnisotropy, problem: Snapshot, sheet: Sheet, stem: str) -> None:
    sheet.parameter("Ku1", _array(term.constant) * problem.area, "J/m3")
    sheet.line(f"anisU = vector({components(term.axis)})")


@write_term.register
def _(term: terms.CubicAnisotropy, problem: Snapshot, sheet: Sheet, stem: str) -> None:
    sheet.parameter("Kc1", _array(term.constant) * problem.area, "J/m3")
    for index in (0, 1):
        sheet.line(f"anisC{index + 1} = vector({components(term.axes[index])})")


@write_term.register
def _(term: terms.InterfacialDMI, problem: Snapshot, sheet: Sheet, stem: str) -> None:
    sheet.parameter("Dind", _array(term.constant) * problem.area, "J/m2")


@write_term.register
def _(term: terms.BulkDMI, problem: Snapshot, sheet: Sheet, stem: str) -> None:
    if "interfacial_dmi" in problem.magnet.terms:
        sheet.left_out.append("field.bulk_dmi: MuMax3 takes one DMI, here the interfacial one")
        return
    sheet.parameter("Dbulk", _array(term.constant) * problem.area, "J/m2")


@write_term.register
def _(term: terms.HardAxisAnisotropy, problem: Snapshot, sheet: Sheet, stem: str) -> None:
    saturation = _array(term.cells.magnetisation)
    sheet.line("", "// Hard axis: energy density K (m.e)^2, field B = -2 K/Msat (m.e) e")
    scale = sheet.quantity(-2.0 * _array(term.constant) / saturation, "-2 K/Msat")
    sheet.line(
        f"hardAxis := ConstVector({components(term.axis)})",
        f"hardField := Mul({scale}, Mul(Dot(hardAxis, m), hardAxis))",
        *_with_energy("hardField"),
    )


@write_term.register
def _(term: terms.LocalDemagnetising, problem: Snapshot, sheet: Sheet, stem: str) -> None:
    factors = _array(term.factors)
    sheet.line("", "// Demagnetising field of a long wire: B = -mu0 Ms (Nx mx, Ny my, Nz mz)")
    strength = -VACUUM_PERMEABILITY * _array(term.cells.magnetisation)
    scale = sheet.quantity(strength, "-mu0 Ms")
    rows = (np.eye(3) * factors).tolist()
    vectors = ", ".join(f"ConstVector({components(row)})" for row in rows)
    sheet.line(
        f"shapeField := Mul({scale}, MulMV({vectors}, m))",
        *_with_energy("shapeField"),
    )


@write_term.register
def _(term: terms.FullDemagnetising, problem: Snapshot, sheet: Sheet, stem: str) -> None:
    sheet.line("EnableDemag = true")
    if term.tails is None:
        return
    tails = _array(term.tails)
    first, last = (problem.saturation[i] * problem.state.directions[i] for i in (0, -1))
    field = -VACUUM_PERMEABILITY * (tails * first + tails[::-1] * last)
    file = f"{stem}-ends.ovf"
    sheet.fields[file] = field
    sheet.line(
        "// The wire goes on beyond the window; the field of what lies there, held as it is now:",
        f"B_ext.Add(LoadFile({quoted(file)}), 1)",
    )
    sheet.left_out.append(
        "changes of M in the first and last cell, for the field of what is beyond"
    )


@write_term.register
def _(term: terms.InitialStateField, problem: Snapshot, sheet: Sheet, stem: str) -> None:
    strength = VACUUM_PERMEABILITY * float(term.ratio) * _array(term.cells.magnetisation)
    file = f"{stem}-initial.ovf"
    sheet.fields[file] = strength[:, None] * _array(term.initial)
    sheet.line("// mu0 c Ms M(x, 0)", f"B_ext.Add(LoadFile({quoted(file)}), 1)")


@write_term.register
def _(term: terms.StaticField, problem: Snapshot, sheet: Sheet, stem: str) -> None:
    file = f"{stem}-static.ovf"
    sheet.fields[file] = VACUUM_PERMEABILITY * _array(term.strength)
    sheet.line("// mu0 H(x) of the surroundings", f"B_ext.Add(LoadFile({quoted(file)}), 1)")
    if problem.config.dynamics.moving_window:
        sheet.left_out.append(
            "drive.magnetic_field_file: the field stands still in the laboratory here, in MuMax3 "
            "it moves with the window"
        )


@write_term.register
def _(term: terms.Zeeman, problem: Snapshot, sheet: Sheet, stem: str) -> None:
    field = VACUUM_PERMEABILITY * _array(term.profile)[:, None] * _array(term.external)
    if np.any(field):
        sheet.line("// mu0 H")
        sheet.entries.append(Parameter("B_ext", field, "T", mumax3_factor(term.waveform)))
        sheet.line("TableAdd(B_ext)")


@write_term.register
def _(term: terms.SpinOrbitTorque, problem: Snapshot, sheet: Sheet, stem: str) -> None:
    factor = mumax3_factor(term.waveform)
    x, y, z = _array(term.axis).tolist()
    sheet.line("", "// Spin-orbit torque: B_DL m x s, and B_FL s")
    strength = VACUUM_PERMEABILITY * _array(term.damping_like)
    scale = sheet.quantity(strength, "B_DL", factor)
    rows = ", ".join(
        f"ConstVector({components(row)})" for row in ((0, z, -y), (-z, 0, x), (y, -x, 0))
    )
    sheet.line(f"dampingLike := Mul({scale}, MulMV({rows}, m))", "AddFieldTerm(dampingLike)")
    if np.any(term.field_like):
        scale = sheet.quantity(VACUUM_PERMEABILITY * _array(term.field_like), "B_FL", factor)
        sheet.line(f"fieldLike := Mul({scale}, ConstVector({components(term.axis)}))")
        sheet.line(*_with_zeeman_energy("fieldLike"))


@write_term.register
def _(term: terms.OerstedField, problem: Snapshot, sheet: Sheet, stem: str) -> None:
    factor = mumax3_factor(term.waveform)
    along = VACUUM_PERMEABILITY * _array(term.strength)[:, 1]
    sheet.line("", "// Oersted field of the heavy metal, along y")
    scale = sheet.quantity(along, "mu0 H_Oe", factor)
    sheet.line(f"oersted := Mul({scale}, ConstVector(0, 1, 0))", *_with_zeeman_energy("oersted"))


def quoted(name: str) -> str:
    """A string of MuMax3's language, which knows no escapes inside the quotes."""
    return f"`{name}`" if '"' in name or "\\" in name else f'"{name}"'


def components(vector: object) -> str:
    return ", ".join(brief(float(part) + 0.0) for part in np.asarray(vector))


def _with_energy(field: str) -> tuple[str, str]:
    """A field that is linear in m, with its energy density."""
    energy = f"Mul(Const(-0.5), Mul(Msat, Dot({field}, m)))"
    return f"AddFieldTerm({field})", f"AddEdensTerm({energy})"


def _with_zeeman_energy(field: str) -> tuple[str, str]:
    """A field that does not depend on m, with its energy density."""
    energy = f"Mul(Const(-1), Mul(Msat, Dot({field}, m)))"
    return f"AddFieldTerm({field})", f"AddEdensTerm({energy})"


def _array(values: object) -> Values:
    return np.asarray(values, dtype=float)
