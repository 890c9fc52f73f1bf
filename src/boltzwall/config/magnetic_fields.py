"""Static magnetic fields from files: H(x) along the wire.

The InputErrors raised here go on from the name of a key: "must …, but …".
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from boltzwall.config.files import check_file
from boltzwall.config.kinds import FIELD
from boltzwall.config.table_columns import MAGNETIC_FIELD
from boltzwall.config.tables import read_table
from boltzwall.config.units import RefusedError
from boltzwall.errors import InputError
from boltzwall.io.cross_sections import CrossSection, cross_section
from boltzwall.io.ovf import Ovf, read_ovf
from boltzwall.values import Values

_NM = 1e9
_SHIFTED = 1e-6  # of a cell: what lies nearer to x = 0 begins there
_SAME = 1e-3  # relative difference of lengths that are meant to be the same


@dataclass(frozen=True)
class MagneticField:
    """H(x) of a file.

    Attributes:
        x: places in m, from the left end of the wire.
        strength: H in A/m, (places, 3).
        ends: from where to where the file says what H is, m.
        remarks: how the file was read.
    """

    x: Values
    strength: Values
    ends: tuple[float, float]
    remarks: tuple[str, ...]

    def at(self, x: Values) -> Values:
        """H in A/m at places in m, (places, 3): straight lines between, beyond as at the ends."""
        columns = [np.interp(x, self.x, column) for column in self.strength.T]
        return np.stack(columns, axis=-1)

    def in_words(self) -> tuple[str, ...]:
        """How the file was read, and how strong its field is."""
        size = np.linalg.norm(self.strength, axis=-1)
        span = f"|H| from {size.min():.6g} to {size.max():.6g} A/m"
        return (*self.remarks, span)


def read_magnetic_field(
    path: Path, section: CrossSection = "average", length: float | None = None
) -> MagneticField:
    """H(x) of an OVF file (`.ohf`, `.ovf`), or of a table of x, Hx, Hy, Hz.

    Arguments:
        section: of a mesh with several cells across, their mean or one row.
        length: of the wire in m, which the file must cover.

    Raises:
        InputError: the file is missing, of no kind that is known, damaged, too short for the wire,
            or holds something else than a field.
    """
    check_file(path)
    with path.open("rb") as file:
        start = file.read(64).lstrip(b"\xef\xbb\xbf# \t").upper()
    if start.startswith(b"OOMMF") or path.suffix.lower() in (".ohf", ".ovf"):
        found = _from_ovf(path, section)
    else:
        found = _from_table(path, length)
    if length is not None:
        slack = _SAME * length
        if found.ends[0] > slack or found.ends[1] < length - slack:
            raise InputError(
                f"must cover the wire from 0 to {length * _NM:.6g} nm, but {path} covers "
                f"{found.ends[0] * _NM:.6g} to {found.ends[1] * _NM:.6g} nm."
            )
    return found


def _from_ovf(path: Path, section: CrossSection) -> MagneticField:
    try:
        ovf = read_ovf(path)
    except InputError as error:
        raise InputError(str(error).removeprefix(f"The file `{path}` ")) from None
    cells, components = ovf.values.shape[0], ovf.values.shape[3]
    if components != 3:
        raise InputError(
            f"must hold a field of 3 components, but {path} has values of {components}."
        )
    if not np.all(np.isfinite(ovf.values)):
        raise InputError(f"must hold finite numbers, but {path} holds NaN or infinity.")
    try:
        rows, across = cross_section(ovf.values, section)
    except InputError as error:
        raise InputError(f"{error} (The file is {path}.)") from None
    strength = _in_si(rows.mean(axis=1), ovf, path)
    step = ovf.step[0]
    remarks = [f"{cells} cells of {step * _NM:.6g} nm, H in {ovf.units}"]
    if section != "average":
        remarks.append(f"the row {section} of {across[0]}×{across[1]} cells across")
    elif rows.shape[1] > 1:
        remarks.append(f"the mean of {across[0]}×{across[1]} cells across")
    if abs(ovf.origin[0]) > _SHIFTED * step:
        remarks.append(f"what is at x = {ovf.origin[0] * _NM:.6g} nm there is at x = 0 here")
    x = np.asarray((np.arange(cells) + 0.5) * step, dtype=np.float64)
    return MagneticField(x, strength, (0.0, cells * step), tuple(remarks))


def _in_si(values: Values, ovf: Ovf, path: Path) -> Values:
    """H in A/m from the unit that the file gives."""
    cure = "Write it into the file's `valueunits`, such as A/m or T."
    if ovf.units == "1":
        raise InputError(
            f"must hold a magnetic field, but {path} gives no unit. If it is one: {cure} A "
            "magnetisation goes to `texture.path`."
        )
    try:
        return np.asarray(FIELD.in_si(values, ovf.units), dtype=np.float64)
    except RefusedError as error:
        raise InputError(f"must hold a magnetic field, but {path} does not: {error}") from None


def _from_table(path: Path, length: float | None) -> MagneticField:
    try:
        table = read_table(path, MAGNETIC_FIELD, scale=length)
    except InputError as error:
        raise InputError(
            "must name an OVF file (`.ohf`, `.ovf`) or a table of x, Hx, Hy, Hz, but "
            f"{path} cannot be read as either. As a table, it {error}"
        ) from None
    strength = np.stack([table[f"H{axis}"] for axis in "xyz"], axis=-1)
    ends = (float(table["x"][0]), float(table["x"][-1]))
    return MagneticField(table["x"], strength, ends, (table.in_words(),))
