"""What of Ubermag our scripts use, recorded instead of built, and computed as OOMMF does.

A script runs with two stand-ins for discretisedfield and micromagneticmodel that know the
constructors and the arguments of micromagneticmodel 0.65 and nothing else.

Sources: micromagneticmodel 0.65; oommfc 0.66, scripts/{energy,evolver,driver,util}.py; OOMMF's
Oxs_Exchange6Ngbr, Oxs_UniaxialAnisotropy, Oxs_CubicAnisotropy, Oxs_DMI_Cnv_z, Oxs_DMI_T and
Anv_SpinTEvolve.
"""

import ast
import sys
from itertools import pairwise
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any
from unittest import mock

import numpy as np

from boltzwall.io.ovf import read_ovf

MU0 = 1.25663706212e-6
ALLOWED = {
    "Exchange": {"A"},
    "UniaxialAnisotropy": {"K", "u", "name"},
    "CubicAnisotropy": {"K", "u1", "u2", "name"},
    "DMI": {"D", "crystalclass", "name"},
    "Zeeman": {"H", "func", "dt", "name"},
    "Demag": set(),
    "Precession": {"gamma0"},
    "Damping": {"alpha"},
    "ZhangLi": {"u", "beta", "func", "dt"},
    "Slonczewski": {"J", "mp", "P", "Lambda", "func", "dt"},
    "System": {"name"},
}


class Term:
    """A constructor call; terms add up."""

    def __init__(self, kind: str, values: dict[str, Any]) -> None:
        unknown = set(values) - ALLOWED[kind]
        assert not unknown, f"{kind} has no {unknown}"
        assert ("func" in values) == ("dt" in values)
        self.kind, self.values = kind, values
        self.parts = [self]

    def __add__(self, other: "Term") -> "Term":
        both = Term.__new__(Term)
        both.parts = self.parts + other.parts
        names = [(part.kind, part.values.get("name")) for part in both.parts]
        assert len(set(names)) == len(names), "two terms of one name"
        return both


class Field:
    """A field from an OVF file."""

    def __init__(self, path: str | Path) -> None:
        ovf = read_ovf(path)
        self.values = ovf.values[:, 0, 0, :]
        low, cells = np.array(ovf.origin), np.array(ovf.values.shape[:3])
        region = SimpleNamespace(pmin=low, pmax=low + cells * np.array(ovf.step))
        self.mesh = SimpleNamespace(region=region, cell=np.array(ovf.step), subregions={})

    @classmethod
    def from_file(cls, path: str | Path) -> "Field":
        return cls(path)


class Ubermag:
    """A script that was run.

    Attributes:
        system: with energy, dynamics, m and T.
    """

    def __init__(self, path: Path) -> None:
        fields, model = ModuleType("discretisedfield"), ModuleType("micromagneticmodel")
        fields.Field = Field  # type: ignore[attr-defined]
        fields.Region = lambda p1, p2: (np.array(p1), np.array(p2))  # type: ignore[attr-defined]
        for kind in ALLOWED:
            maker = self._system if kind == "System" else self._maker(kind)
            setattr(model, kind, maker)
        modules = {"discretisedfield": fields, "micromagneticmodel": model}
        text = path.read_text(encoding="utf-8")
        self.tree = ast.parse(text)
        space: dict[str, Any] = {"__name__": "script", "__file__": str(path)}
        with mock.patch.dict(sys.modules, modules):
            exec(compile(self.tree, str(path), "exec"), space)
        self.system = space["system"]
        self.mesh = self.system.m.mesh
        self.saturation = np.linalg.norm(self.system.m.values, axis=1)
        self.dx = float(self.mesh.cell[0])

    @staticmethod
    def _system(name: str) -> SimpleNamespace:
        return SimpleNamespace(name=name, T=0.0, energy=None, dynamics=None, m=None)

    @staticmethod
    def _maker(kind: str) -> Any:
        return lambda **values: Term(kind, values)

    def term(self, kind: str, name: str | None = None) -> Term | None:
        """The term of this kind (and name) of the energy or the dynamics."""
        both = self.system.energy.parts + self.system.dynamics.parts
        found = [part for part in both
                 if part.kind == kind and name in (None, part.values.get("name"))]  # fmt: skip
        assert len(found) <= 1
        return found[0] if found else None

    def cells(self, value: Any) -> np.ndarray:
        """A number, a vector, a field or a dict of subregions in every cell."""
        count = len(self.saturation)
        if isinstance(value, Field):
            return value.values
        if not isinstance(value, dict):
            return np.broadcast_to(np.asarray(value, dtype=float), (count, *np.shape(value)))
        found = np.full((count, *np.shape(next(iter(value.values())))), np.nan)
        x = self.mesh.region.pmin[0] + (np.arange(count) + 0.5) * self.dx
        for name, (low, high) in self.mesh.subregions.items():
            found[(x > low[0]) & (x < high[0])] = value[name]
        assert np.all(np.isfinite(found)), "subregions leave cells without a value"
        return found

    def faces(self, value: Any) -> np.ndarray:
        """A constant between neighbouring cells; 0 between subregions of which none is given."""
        if not isinstance(value, dict):
            return np.full(len(self.saturation) - 1, value)
        index = self.cells({name: i for i, name in enumerate(self.mesh.subregions)}).astype(int)
        names = list(self.mesh.subregions)
        pairs = [(names[a], names[b]) for a, b in pairwise(index)]
        return np.array([value[a] if a == b else value.get(f"{a}:{b}", 0.0) for a, b in pairs])

    def field(self, m: np.ndarray, t: float) -> np.ndarray:
        """H in A/m without the demagnetising field."""
        return sum((self._field(part, m, t) for part in self.system.energy.parts), 0.0 * m)

    def _field(self, part: Term, m: np.ndarray, t: float) -> np.ndarray:
        values, ms = part.values, self.saturation[:, None]
        if part.kind == "Exchange":
            return self._neighbours(2.0 * self.faces(values["A"]) / self.dx**2, m) / (MU0 * ms)
        if part.kind == "UniaxialAnisotropy":
            axis, k = self.cells(values["u"]), self.cells(values["K"])[:, None]
            return 2.0 * k / (MU0 * ms) * np.sum(m * axis, axis=1, keepdims=True) * axis
        if part.kind == "CubicAnisotropy":
            first, second = self.cells(values["u1"]), self.cells(values["u2"])
            axes = np.stack([first, second, np.cross(first, second)], axis=1)
            c = np.sum(axes * m[:, None], axis=2)
            others = np.sum(c**2, axis=1, keepdims=True) - c**2
            k = self.cells(values["K"])[:, None]
            return -2.0 * k / (MU0 * ms) * np.sum((c * others)[:, :, None] * axes, axis=1)
        if part.kind == "DMI":
            # Cnv_z: (z × u_ij) × m_j, T: u_ij × m_j, with u_ij = ±x, over the neighbours j.
            turn = {"Cnv_z": [0.0, 1.0, 0.0], "T": [1.0, 0.0, 0.0]}[values["crystalclass"]]
            found, d = np.zeros_like(m), self.faces(values["D"])[:, None] / self.dx
            found[:-1] += 0.5 * d * np.cross(turn, m[1:])
            found[1:] -= 0.5 * d * np.cross(turn, m[:-1])
            return -2.0 / (MU0 * ms) * found
        if part.kind == "Zeeman":
            factor = values["func"](t) if "func" in values else 1.0
            return factor * self.cells(values["H"])
        assert part.kind == "Demag"
        return np.zeros_like(m)

    @staticmethod
    def _neighbours(coupling: np.ndarray, m: np.ndarray) -> np.ndarray:
        steps = coupling[:, None] * np.diff(m, axis=0)
        found = np.zeros_like(m)
        found[:-1] += steps
        found[1:] -= steps
        return found

    def rate(self, m: np.ndarray, t: float) -> np.ndarray:
        """dm/dt in 1/s."""
        precession, damping = self.term("Precession"), self.term("Damping")
        assert precession is not None
        assert damping is not None
        alpha = self.cells(damping.values["alpha"])[:, None]
        mxh = np.cross(m, self.field(m, t))
        rate = -precession.values["gamma0"] * (mxh + alpha * np.cross(m, mxh)) / (1.0 + alpha**2)
        other = self.term("Slonczewski")
        if other is not None:
            rate = rate + self._slonczewski(other, precession.values["gamma0"], alpha, m, t)
        torque = self.term("ZhangLi")
        if torque is None:
            return rate
        factor = torque.values["func"](t) if "func" in torque.values else 1.0
        u, beta = factor * self.cells(torque.values["u"])[:, None], torque.values["beta"]
        padded = np.concatenate([m[:1], m, m[-1:]])
        slope = (padded[2:] - padded[:-2]) / (2.0 * self.dx)
        slope = slope - np.sum(slope * m, axis=1, keepdims=True) * m
        moved = -(1.0 + alpha * beta) * u * slope + (beta - alpha) * u * np.cross(m, slope)
        return rate + moved / (1.0 + alpha**2)

    def _slonczewski(
        self, term: Term, gamma: float, alpha: np.ndarray, m: np.ndarray, t: float
    ) -> np.ndarray:
        """γβε/(1 + α²) [m×(p×m) + α m×p], β = ħJ/(µ0 e t Ms), ε = PΛ²/(…): ½P for Λ = 1."""
        values = term.values
        assert values["Lambda"] == 1
        factor = values["func"](t) if "func" in values else 1.0
        thickness = self.mesh.cell[2]
        beta = 1.054571817e-34 / (MU0 * 1.602176634e-19) * factor * self.cells(values["J"])
        strength = gamma * (0.5 * values["P"] * beta / (thickness * self.saturation))[:, None]
        p = self.cells(values["mp"])
        mxp = np.cross(m, p)
        return strength * (-np.cross(m, mxp) + alpha * mxp) / (1.0 + alpha**2)
