"""The part of MuMax3's script language that our scripts may use, read and computed in NumPy.

A script is held to the names, the numbers of arguments and the types below, as MuMax3's own
interpreter holds it (script/*.go); what it says is then computed with the formulas of MuMax3's
kernels. Names are not case-sensitive. Expressions are a subset of Go's that Python reads alike.

Source: MuMax3 3.10, script/{stdlib,call,typeconv,assignstmt}.go, engine/{anisotropy,customfield,
demag,exchange,excitation,regions,shape,shift,table,temperature,torque,ext_centerwall}.go and
cuda/{exchange,dmi,dmibulk,uniaxialanisotropy2,cubicanisotropy2,lltorque2,zhangli2}.cu.
"""

import ast
import math
import re
from collections.abc import Callable
from typing import Any

import numpy as np

SCALARS = {
    "msat", "aex", "ku1", "kc1", "dind", "dbulk", "alpha", "xi", "pol", "temp",
    "epsilonprime", "lambda", "freelayerthickness",
}  # fmt: skip
VECTORS = {"anisu", "anisc1", "anisc2"}
EXCITATIONS = {"b_ext", "j"}
SETTINGS = {"gammall": float, "enabledemag": bool, "fixdt": float, "t": float}
SHIFTS = {"shiftmagl", "shiftmagr"}
OUTPUTS = {"e_total", "ext_dwpos", "ext_dwspeed"}
MATHS: dict[str, tuple[int, Callable[..., float]]] = {
    "sin": (1, math.sin), "pow": (2, math.pow), "min": (2, min), "max": (2, max),
    "heaviside": (1, lambda x: 0.5 if x == 0.0 else float(x > 0.0)),
}  # fmt: skip
# Functions: (types of the arguments, type of the answer). n: number, v: vector, q: quantity,
# s: text, f: file, x: shape.
FUNCTIONS = {
    "setgridsize": ("nnn", ""), "setcellsize": ("nnn", ""), "vector": ("nnn", "v"),
    "const": ("n", "q"), "constvector": ("nnn", "q"), "mul": ("qq", "q"), "dot": ("qq", "q"),
    "cross": ("qq", "q"), "mulmv": ("qqqq", "q"), "addfieldterm": ("q", ""),
    "addedensterm": ("q", ""), "defregion": ("nx", ""), "xrange": ("nn", "x"),
    "loadfile": ("s", "f"), "tableadd": ("q", ""), "tableaddvar": ("nss", ""),
    "tableautosave": ("n", ""), "autosave": ("qn", ""), "run": ("n", ""),
    "ext_centerwall": ("n", ""), "thermseed": ("n", ""), "setsolver": ("n", ""),
}  # fmt: skip
MAGNETON, CHARGE, FIXED_GAMMA = 9.2740091523e-24, 1.60217646e-19, 1.7595e11


class MuMax3:
    """A script that was read, and what MuMax3 would compute from it.

    Attributes:
        numbers: scalar parameters and settings as functions of time.
        table: names of the columns that the script adds.
        ran: the time that it runs, s.
    """

    def __init__(self, script: str, files: dict[str, np.ndarray]) -> None:
        self.files, self.ran = files, math.nan
        self.table: list[str] = []
        self.own: dict[str, ast.expr] = {}
        self.given: dict[tuple[str, int | None], ast.expr] = {}
        self.settings: dict[str, Any] = {"t": 0.0, "gammall": FIXED_GAMMA, "enabledemag": True}
        self.fields: list[ast.expr] = []
        self.densities: list[ast.expr] = []
        self.masks: list[np.ndarray] = []
        self.columns: dict[str, ast.expr] = {}
        self.cells, self.edges = 0, (0.0, 0.0, 0.0)
        self.regions = np.zeros(0, dtype=int)
        self.m = np.zeros((0, 3))
        for number, line in enumerate(script.splitlines(), start=1):
            try:
                self._statement(_without_comment(line).strip())
            except Exception as error:
                raise AssertionError(f"line {number}, {line!r}: {error}") from error
        assert self.ran == self.ran, "the script does not run"

    def _statement(self, text: str) -> None:
        if not text:
            return
        defines = ":=" in text
        (statement,) = ast.parse(re.sub("`([^`]*)`", r"'\1'", text.replace(":=", "="))).body
        if isinstance(statement, ast.Assign):
            (target,) = statement.targets
            assert isinstance(target, ast.Name), "only a name can be assigned to"
            self._assign(target.id.lower(), statement.value, defines)
        else:
            assert isinstance(statement, ast.Expr), "not allowed"
            assert isinstance(statement.value, ast.Call), "has no effect"
            self._call(statement.value)

    def _assign(self, name: str, value: ast.expr, defines: bool) -> None:
        known = name in SCALARS | VECTORS | EXCITATIONS | SHIFTS | set(SETTINGS) | set(self.own)
        known = known or name in {"m", "pi", "inf", "true", "false", *MATHS, *FUNCTIONS, *OUTPUTS}
        assert known is not defines, f"{name} is {'already' if known else 'not'} defined"
        kind = self._kind(value)
        if defines:
            assert kind
            self.own[name] = value
            return
        if name in SETTINGS:
            plain = self._number(value, 0.0) if kind == "n" else value.id == "true"  # type: ignore[attr-defined]
            assert (kind == "b") == (SETTINGS[name] is bool)
            self.settings[name] = plain
            return
        assert kind == ("n" if name in SCALARS else "v"), f"{name} is no {kind}"
        self.given = {key: old for key, old in self.given.items() if key[0] != name}
        self.given[name, None] = value

    def _call(self, call: ast.Call) -> None:
        if isinstance(call.func, ast.Attribute):
            self._method(call)
            return
        assert isinstance(call.func, ast.Name)
        name = call.func.id.lower()
        assert self._kind(call) == "", f"{name} answers something that is not used"
        if name == "addfieldterm":
            self.fields.append(call.args[0])
        elif name == "addedensterm":
            self.densities.append(call.args[0])
        elif name == "tableadd":
            column = call.args[0]
            assert isinstance(column, ast.Name)
            self.table.append(column.id)
        elif name == "tableaddvar":
            self.columns[ast.literal_eval(call.args[1])] = call.args[0]
            self.table.append(ast.literal_eval(call.args[1]))
        elif name == "defregion":
            self._region(call)
        else:
            self._number_call(name, [self._plain(argument) for argument in call.args])

    def _number_call(self, name: str, values: list[Any]) -> None:
        if name == "setgridsize":
            assert values[1:] == [1, 1]
            self.cells = int(values[0])
            self.regions = np.zeros(self.cells, dtype=int)
        elif name == "setcellsize":
            self.edges = (values[0], values[1], values[2])
        elif name == "run":
            self.ran = values[0]
        else:
            self.settings[name] = values[0]

    def _method(self, call: ast.Call) -> None:
        assert isinstance(call.func, ast.Attribute)
        assert isinstance(call.func.value, ast.Name)
        name, method = call.func.value.id.lower(), call.func.attr.lower()
        if (name, method) == ("m", "loadfile"):
            m = self.files[ast.literal_eval(call.args[0])]
            self.m = m / np.linalg.norm(m, axis=1, keepdims=True)
        elif method == "setregion":
            region, value = call.args
            assert 0 <= ast.literal_eval(region) < 256
            assert name in SCALARS | EXCITATIONS
            assert self._kind(value) == ("n" if name in SCALARS else "v")
            self.given[name, ast.literal_eval(region)] = value
        else:
            assert (name, method) == ("b_ext", "add"), f"{name} has no method {method}"
            assert [self._kind(argument) for argument in call.args] == ["f", "n"]
            mask = call.args[0]
            assert isinstance(mask, ast.Call)
            factor = self._number(call.args[1], 0.0)
            self.masks.append(factor * self.files[ast.literal_eval(mask.args[0])])

    def _region(self, call: ast.Call) -> None:
        region, shape = call.args
        assert isinstance(shape, ast.Call)
        first, last = (self._number(bound, 0.0) for bound in shape.args)
        x = self.edges[0] * (np.arange(self.cells) - 0.5 * (self.cells - 1))
        self.regions[(x >= first) & (x < last)] = ast.literal_eval(region)

    def _kind(self, node: ast.expr) -> str:
        """The type of an expression; "" for none."""
        if isinstance(node, ast.Constant):
            return "s" if isinstance(node.value, str) else "n"
        if isinstance(node, ast.Name):
            return self._kind_of_name(node.id.lower())
        if isinstance(node, ast.UnaryOp):
            assert isinstance(node.op, ast.USub)
            return self._need(node.operand, "n")
        if isinstance(node, ast.BinOp):
            assert isinstance(node.op, ast.Add | ast.Sub | ast.Mult | ast.Div), "no such operator"
            self._need(node.left, "n")
            return self._need(node.right, "n")
        assert isinstance(node, ast.Call), "not allowed"
        if isinstance(node.func, ast.Attribute):  # m.comp(c).average()
            assert re.fullmatch(r"m\.comp\([012]\)\.average\(\)", ast.unparse(node).lower())
            return "n"
        assert isinstance(node.func, ast.Name)
        name = node.func.id.lower()
        if name in MATHS:
            assert len(node.args) == MATHS[name][0]
            return self._all(node.args, "n" * len(node.args), "n")
        assert name in FUNCTIONS, f"undefined: {name}"
        wanted, answer = FUNCTIONS[name]
        assert len(node.args) == len(wanted), f"{name} needs {len(wanted)} arguments"
        return self._all(node.args, wanted, answer)

    def _kind_of_name(self, name: str) -> str:
        if name in self.own:
            return self._kind(self.own[name])
        if name in ("true", "false"):
            return "b"
        if name in ("pi", "inf", "t"):
            return "n"
        quantities = SCALARS | VECTORS | EXCITATIONS | OUTPUTS | {"m"}
        assert name in quantities, f"undefined: {name}"
        return "q"

    def _all(self, arguments: list[ast.expr], wanted: str, answer: str) -> str:
        for argument, kind in zip(arguments, wanted, strict=True):
            self._need(argument, kind)
        return answer

    def _need(self, node: ast.expr, kind: str) -> str:
        found = self._kind(node)
        as_number = kind == "n" and isinstance(node, ast.Name) and node.id.lower() in OUTPUTS
        assert found == kind or as_number, f"{ast.unparse(node)} is no {kind}"
        return kind

    def _plain(self, node: ast.expr) -> Any:
        if isinstance(node, ast.Name) and node.id.lower() in SCALARS | EXCITATIONS | {"m"}:
            return node.id
        return ast.literal_eval(node) if self._kind(node) == "s" else self._number(node, 0.0)

    def _number(self, node: ast.expr, t: float, m: np.ndarray | None = None) -> float:
        if isinstance(node, ast.Constant):
            return float(node.value)  # type: ignore[arg-type]
        if isinstance(node, ast.UnaryOp):
            return -self._number(node.operand, t, m)
        if isinstance(node, ast.BinOp):
            left, right = self._number(node.left, t, m), self._number(node.right, t, m)
            operations = {"Add": left + right, "Sub": left - right, "Mult": left * right}
            kind = type(node.op).__name__
            return left / right if kind == "Div" else operations[kind]
        if isinstance(node, ast.Name):
            name = node.id.lower()
            if name in self.own:
                return self._number(self.own[name], t, m)
            return {"t": t, "pi": math.pi, "inf": math.inf, "ext_dwpos": 0.0}[name]
        assert isinstance(node, ast.Call)
        if isinstance(node.func, ast.Attribute):
            assert m is not None
            component = int(re.findall(r"comp\((\d)\)", ast.unparse(node).lower())[0])
            return float(m[:, component].mean())
        assert isinstance(node.func, ast.Name)
        function = MATHS[node.func.id.lower()][1]
        return float(function(*(self._number(argument, t, m) for argument in node.args)))

    def column(self, name: str, m: np.ndarray) -> float:
        """A column of the table that the script defines, before the window has moved."""
        return self._number(self.columns[name], 0.0, m)

    def value(self, name: str, t: float = 0.0) -> np.ndarray:
        """A parameter in every cell: (cells,) or (cells, 3)."""
        name = name.lower()
        vector = name in VECTORS | EXCITATIONS
        default = {"pol": 1.0, "lambda": 1.0}.get(name, 0.0)
        found = np.full((self.cells, 3) if vector else (self.cells,), default)
        for (own, region), node in self.given.items():
            if own == name:
                where = slice(None) if region is None else self.regions == region
                found[where] = self._vector(node, t) if vector else self._number(node, t)
        return found

    def _vector(self, node: ast.expr, t: float) -> np.ndarray:
        assert isinstance(node, ast.Call)
        return np.array([self._number(part, t) for part in node.args])

    def quantity(self, node: ast.expr, t: float, m: np.ndarray) -> np.ndarray:
        """A quantity in every cell: (cells, 1) or (cells, 3)."""
        if isinstance(node, ast.Name):
            name = node.id.lower()
            if name in self.own:
                return self.quantity(self.own[name], t, m)
            return m if name == "m" else self.value(name, t).reshape(self.cells, -1)
        assert isinstance(node, ast.Call)
        assert isinstance(node.func, ast.Name)
        name = node.func.id.lower()
        if name in ("const", "constvector"):
            row = [self._number(part, t) for part in node.args]
            return np.broadcast_to(row, (self.cells, len(row)))
        parts = [self.quantity(part, t, m) for part in node.args]
        if name == "mul":
            return parts[0] * parts[1]
        if name == "dot":
            return np.sum(parts[0] * parts[1], axis=1, keepdims=True)
        if name == "cross":
            return np.cross(parts[0], parts[1])
        assert name == "mulmv"
        return np.stack([np.sum(row * parts[3], axis=1) for row in parts[:3]], axis=1)

    def field(self, m: np.ndarray, t: float) -> np.ndarray:
        """B_eff in T without the demagnetising field."""
        saturation = self.value("Msat", t)[:, None]
        found = self._exchange(m, t) / saturation
        axis = self.value("anisU", t)
        ku = self.value("Ku1", t)[:, None]
        found = found + 2.0 * ku / saturation * np.sum(m * axis, axis=1, keepdims=True) * axis
        if np.any(self.value("Kc1", t)):
            found = found + self._cubic(m, t) / saturation
        found = found + self.value("B_ext", t) + sum(self.masks, np.zeros_like(m))
        for node in self.fields:
            found = found + self.quantity(node, t, m)
        return found

    def _cubic(self, m: np.ndarray, t: float) -> np.ndarray:
        first, second = self.value("anisC1", t), self.value("anisC2", t)
        axes = np.stack([first, second, np.cross(first, second)], axis=1)
        c = np.sum(axes * m[:, None], axis=2)
        others = np.sum(c**2, axis=1, keepdims=True) - c**2
        strength = -2.0 * self.value("Kc1", t)[:, None]
        return strength * np.sum((c * others)[:, :, None] * axes, axis=1)

    def _exchange(self, m: np.ndarray, t: float) -> np.ndarray:
        """Exchange and DMI times Msat; right but for the two end cells with DMI."""
        a, dind, dbulk = (self._between(name, t)[:, None] for name in ("Aex", "Dind", "Dbulk"))
        assert not (np.any(dind) and np.any(dbulk)), "MuMax3 takes one DMI"
        dx = self.edges[0]
        found = np.zeros_like(m)
        found[:-1] += 2.0 * a / dx**2 * (m[1:] - m[:-1])
        found[1:] += 2.0 * a / dx**2 * (m[:-1] - m[1:])
        for strength, turn in ((dind, (2, 0)), (dbulk, (2, 1))):
            z, other = turn
            for sign, here, there in ((1.0, slice(None, -1), slice(1, None)),
                                      (-1.0, slice(1, None), slice(None, -1))):  # fmt: skip
                found[here, other] += sign * strength[:, 0] / dx * m[there, z]
                found[here, z] -= sign * strength[:, 0] / dx * m[there, other]
        return found

    def _between(self, name: str, t: float) -> np.ndarray:
        """The harmonic mean between neighbouring cells."""
        value = self.value(name, t)
        both = value[:-1] + value[1:]
        return 2.0 * value[:-1] * value[1:] / np.where(both == 0.0, 1.0, both)

    def energy_density(self, m: np.ndarray, t: float) -> np.ndarray:
        """Of the custom fields, J/m³, (cells,)."""
        parts = [self.quantity(node, t, m)[:, 0] for node in self.densities]
        return sum(parts, np.zeros(self.cells))

    def rate(self, m: np.ndarray, t: float, demagnetising: np.ndarray | None = None) -> np.ndarray:
        """dm/dt in 1/s: Landau and Lifshitz's torque and Zhang and Li's, times GammaLL."""
        alpha = self.value("alpha", t)[:, None]
        field = self.field(m, t)
        if demagnetising is not None:
            field = field + demagnetising
        mxb = np.cross(m, field)
        torque = -(mxb + alpha * np.cross(m, mxb)) / (1.0 + alpha**2)
        xi, pol = self.value("xi", t)[:, None], self.value("Pol", t)[:, None]
        scale = MAGNETON / (2.0 * CHARGE * FIXED_GAMMA * self.value("Msat", t)[:, None])
        padded = np.concatenate([m[:1], m, m[-1:]])
        current = pol * self.value("J", t)[:, :1]
        h = scale * current / (self.edges[0] * (1.0 + xi**2)) * (padded[2:] - padded[:-2])
        mxh = np.cross(m, h)
        torque -= ((1.0 + xi * alpha) * np.cross(m, mxh) + (xi - alpha) * mxh) / (1.0 + alpha**2)
        return self.settings["gammall"] * torque


def _without_comment(line: str) -> str:
    """The line up to // outside of a text."""
    found = re.match(r"""(?:[^"`/]|"[^"]*"|`[^`]*`|/(?!/))*""", line)
    assert found
    return found[0]
