"""Tables of the momentum times τ_±(ε) or of the conductivities σ_±(ε), [C10], from files.

The InputErrors raised here go on from the name of a key: "must be …, but …".
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from boltzwall.config.kinds import CONDUCTIVITY, ENERGY, TIME
from boltzwall.config.table_columns import Column
from boltzwall.config.tables import check_columns, read_table
from boltzwall.config.units import RefusedError
from boltzwall.constants import ELEMENTARY_CHARGE, REDUCED_PLANCK
from boltzwall.errors import InputError
from boltzwall.io.text_table import read_text_table
from boltzwall.values import Values

WINDOW = 20.0  # k_BT from µ within which a law must be known: −∂f/∂ε is 2e-9 of its largest beyond

_SPINS = {
    "majority": ("majority", "maj", "up", "↑"),
    "minority": ("minority", "min", "down", "dn", "dw", "↓"),
}
_KINDS = {
    "sigma": (("sigma", "σ", "conductivity"), "σ(ε)", CONDUCTIVITY),
    "tau": (("tau", "τ", "momentum_time", "relaxation_time", "time"), "τ(ε)", TIME),
}
_ENERGY_NAMES = ("energy", "E", "ε", "epsilon", "E E_F", "E Ef", "E EF", "mu", "µ")
_NETCDF = (".nc", ".nc4", ".cdf")
_BOLTZWANN_WIDTH = 19  # energy, then xx, xy, yy, xz, yz, zz of all, of spin up and of spin down
_BOLTZWANN_SI = ELEMENTARY_CHARGE**3 / REDUCED_PLANCK**2 * 1e-5  # eV fs/Å /ħ² → S/m


def _columns() -> tuple[Column, ...]:
    found = [Column("energy", "the energy ε", _ENERGY_NAMES, ENERGY)]
    for kind, (stems, meaning, unit) in _KINDS.items():
        for spin, words in _SPINS.items():
            names = [f"{stem}{gap}{word}" for stem in stems for word in words for gap in "_ "]
            key = f"{kind}_{spin}"
            found.append(
                Column(key, f"{meaning} of the {spin}", tuple(names), unit, required=False)
            )
    return tuple(found)


COLUMNS = _columns()


class Spins(NamedTuple):
    """A quantity of the majority and of the minority."""

    majority: Any
    minority: Any


@dataclass(frozen=True)
class ScatteringTable:
    """τ_±(ε) in s, or σ_±(ε) in S/m, at increasing energies in J from µ."""

    energy: Values
    values: Spins
    of_conductivity: bool

    def at(self, energy: Any) -> Spins:
        """Straight lines between the rows, constant beyond."""
        return Spins(*(np.interp(energy, self.energy, part) for part in self.values))

    def within(self, reach: float) -> "ScatteringTable":
        """The part with |ε| up to ``reach`` in J.

        Raises:
            InputError: the table does not go so far, or a value there is not above 0.
        """
        low, high = self.energy[0], self.energy[-1]
        if low > -reach or high < reach:
            raise InputError(
                f"must cover the window of −∂f/∂ε at the hottest place, {WINDOW:g} k_BT or "
                f"{_in_ev(reach)} on both sides of µ, but it covers {_in_ev(low)} to "
                f"{_in_ev(high)}. Compute it for more energies, or set `material.scattering_zero` "
                "if its energies do not count from µ."
            )
        inner = self.energy[np.abs(self.energy) < reach]
        energy = np.concatenate([[-reach], inner, [reach]])
        cut = ScatteringTable(energy, self.at(energy), self.of_conductivity)
        lowest = min(float(part.min()) for part in cut.values)
        if not lowest > 0.0:
            raise InputError(
                f"must hold values greater than 0 within {_in_ev(reach)} of µ, but it has "
                f"{lowest:.6g} there."
            )
        return cut


def read_scattering(path: Path, zero: float = 0.0) -> ScatteringTable:
    """The table of a file.

    A text file names its columns: energy, with its unit, and sigma_majority, sigma_minority or
    tau_majority, tau_minority; a netCDF file has variables of these names. The file `…_tdf.dat`
    that BoltzWann writes with spin_decomp is known by what it says of itself; of its tensors xx is
    taken, since the wire lies along x, and its spin up is the majority.

    Arguments:
        zero: the energy of the file at µ, in J.

    Raises:
        InputError: the file cannot be read; lacks the energy, its unit or a spin; energies do not
            increase; a value is not finite or negative.
    """
    columns = _from_netcdf(path) if path.suffix in _NETCDF else _from_text(path)
    kinds = [kind for kind in _KINDS if any(key.startswith(kind) for key in columns)]
    if len(kinds) != 1:
        raise InputError(
            "must have either sigma_majority and sigma_minority or tau_majority and tau_minority, "
            f"but {path} has {'both' if kinds else 'neither'}."
        )
    kind = kinds[0]
    for spin in _SPINS:
        if f"{kind}_{spin}" not in columns:
            raise InputError(
                f"must have a column of each spin, but {path} has no {kind}_{spin}. Times that do "
                "not depend on the spin stand in both."
            )
        lowest = columns[f"{kind}_{spin}"].min()
        if lowest < 0.0:
            raise InputError(
                f"must have {kind}_{spin} greater than 0, but {path} has {lowest:.6g}."
            )
    values = Spins(columns[f"{kind}_majority"], columns[f"{kind}_minority"])
    return ScatteringTable(columns["energy"] - zero, values, kind == "sigma")


def in_words(path: Path) -> str:
    """How a table was read."""
    table = read_scattering(path)
    kind = "σ_±" if table.of_conductivity else "τ_±"
    low, high = _in_ev(float(table.energy[0])), _in_ev(float(table.energy[-1]))
    return f"{table.energy.size} rows of {kind} at energies from {low} to {high}"


def _from_text(path: Path) -> dict[str, Values]:
    plain = read_text_table(path)
    if any("boltzwann" in comment.casefold() for comment in plain.comments):
        return _from_boltzwann(plain.values, path)
    table = read_table(path, COLUMNS)
    _demand_unit(table.units["energy"], path)
    return table.columns


def _from_boltzwann(rows: Values, path: Path) -> dict[str, Values]:
    if rows.shape[1] != _BOLTZWANN_WIDTH:
        raise InputError(
            f"must be a transport distribution of both spins, of {_BOLTZWANN_WIDTH} columns, but "
            f"{path} has {rows.shape[1]}. Run BoltzWann with spin_decomp = true."
        )
    if not np.all(np.diff(rows[:, 0]) > 0.0) or not np.all(np.isfinite(rows)):
        raise InputError(f"must have increasing energies and finite numbers, but {path} has not.")
    spin = rows[:, [7, 13]] * _BOLTZWANN_SI
    energy = rows[:, 0] * ELEMENTARY_CHARGE
    return {"energy": energy, "sigma_majority": spin[:, 0], "sigma_minority": spin[:, 1]}


def _from_netcdf(path: Path) -> dict[str, Values]:
    from boltzwall.io.netcdf import numbers_in, variables_of

    with variables_of(path) as variables:
        found = {
            name: (numbers_in(one, path), str(getattr(one, "units", "")))
            for name, one in variables.items()
            if one.ndim == 1
        }
    columns: dict[str, Values] = {}
    for column in COLUMNS:
        name = next((name for name in column.names if name in found), None)
        if name is None:
            continue
        values, unit = found[name]
        if column.key == "energy":
            _demand_unit(unit, path)
        try:
            columns[column.key] = column.converted(values, unit)
        except RefusedError as error:
            raise InputError(f"must hold {column.in_words}, but {path} does not: {error}") from None
    if "energy" not in columns:
        raise InputError(f"must have a variable `energy`, but {path} has {', '.join(found)}.")
    if len({values.size for values in columns.values()}) != 1:
        raise InputError(f"must have variables of one length, but {path} has not.")
    check_columns(columns, COLUMNS[0], path)
    return columns


def _demand_unit(unit: str, path: Path) -> None:
    if not unit:
        raise InputError(
            f"must give the unit of its energies, such as `energy (eV)`, but {path} does not."
        )


def _in_ev(energy: float) -> str:
    return f"{energy / ELEMENTARY_CHARGE:.4g} eV"
