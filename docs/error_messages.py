"""The page of errors: what the program says when it refuses, and what to do then.

The mistakes below are made, and the page shows what is answered today; the tables after them are read
from the sources, with … for what differs from case to case.
"""

import ast
import tempfile
from collections.abc import Iterator
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path

import boltzwall

SOURCE = Path(boltzwall.__file__).parent

HEAD = """\
# Errors and their cures

Every message names the key or argument, the value, what is allowed and, where there is one, the cure. On the command
line an error is one message and an exit status: **2** what was given cannot be used (`InputError`), nothing was
computed; **3** the numerics failed (`NumericsError`), what was computed so far is kept; **130** interrupted, and
`--resume` goes on. In Python both are `boltzwall.BoltzwallError`.

The mistakes below are made whenever this page is built, by `docs/error_messages.py`, and the answers are those
of the program.
"""


@dataclass(frozen=True)
class Mistake:
    """One mistake: its title, the program that makes it, and what to do."""

    title: str
    program: str
    cure: str


def _loads(sections: str) -> str:
    return f"boltzwall.load_config({{{sections}}})"


MISTAKES = (
    Mistake(
        "A key is misspelt",
        _loads('"temperature": {"gradiant": "2 K/nm"}'),
        "All keys are on [Configuration](configuration.md); `boltzwall init` writes a file with every one.",
    ),
    Mistake(
        "A section is misspelt",
        _loads('"wires": {"cells": 80}'),
        "A section in TOML is a word in square brackets, such as `[wire]`.",
    ),
    Mistake(
        "A unit is of another kind",
        _loads('"wire": {"length": "5 K"}'),
        "Any unit of the same kind is read, `5 nm` or `50 angstrom`; a bare number is in SI units.",
    ),
    Mistake(
        "A unit is unknown",
        _loads('"drive": {"electric_field": "-8e3 V/metr"}'),
        "The unit column of [Configuration](configuration.md) has one that works.",
    ),
    Mistake(
        "A number lies outside its range",
        _loads('"material": {"damping": -0.02}'),
        "The range stands in the message and in the column *allowed* of [Configuration](configuration.md).",
    ),
    Mistake(
        "A word is none of those allowed",
        _loads('"transport": {"model": "zhang"}'),
        "[Which model do I want?](which-model.md) says what each of them is for.",
    ),
    Mistake(
        "A key belongs to another model",
        _loads('"transport": {"model": "consistent", "closure": "activated"}'),
        "Take the key out, or choose the model that has it.",
    ),
    Mistake(
        "A key belongs to another kind of texture",
        _loads('"texture": {"kind": "uniform", "width": "5 nm"}'),
        "Each kind of texture and temperature has keys of its own: [Configuration](configuration.md).",
    ),
    Mistake(
        "Field and current are given both",
        _loads(
            '"drive": {"electric_field": "1 kV/m", "current_density": "1e10 A/m²"}, '
            '"transport": {"model": "consistent"}'
        ),
        "In a given wire one follows from the other; `boltzwall transport` prints both.",
    ),
    Mistake(
        "A material is not known",
        _loads('"material": {"preset": "permaloy"}'),
        "`boltzwall materials` lists them; constants of your own may be given without a preset's.",
    ),
    Mistake(
        "Several mistakes at once",
        _loads('"wire": {"length": "5 K", "cell": 80}'),
        "All of them are told together, so that one correction is enough.",
    ),
    Mistake(
        "The file does not exist",
        'boltzwall.load_config("wal.toml")',
        "Paths are taken from the folder where the command is given.",
    ),
    Mistake(
        "The file is no TOML",
        'open("wall.toml", "w").write("[wire]\\nlength = 5 nm\\n")\nboltzwall.load_config("wall.toml")',
        "A text, and with it a quantity with a unit, stands between quotation marks: `\"5 nm\"`.",
    ),
    Mistake(
        "A study is loaded as one run",
        _loads('"sweep": {"batch": 4}'),
        "See [Sweeps](sweeps.md).",
    ),
    Mistake(
        "A configuration is changed in place",
        'wall = boltzwall.load_config()\nwall.wire = None',
        "A Config is frozen, so that a result always belongs to the configuration that it carries.",
    ),
    Mistake(
        "M is no unit vector",
        "import numpy as np\n"
        'boltzwall.solve_transport({"wire": {"cells": 32}}, np.ones((32, 3)))',
        "Divide by the length of each vector: `m / np.linalg.norm(m, axis=1, keepdims=True)`.",
    ),
    Mistake(
        "M has another number of cells",
        "import numpy as np\n"
        'up = np.tile([0.0, 0.0, 1.0], (30, 1))\n'
        'boltzwall.solve_transport({"wire": {"cells": 32}}, up)',
        "Set `wire.cells` to the cells of the array, or interpolate the array.",
    ),
)  # fmt: skip


def answer(mistake: Mistake) -> str:
    """What the program says; a mistake that passes is an error of this page."""
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        try:
            exec(compile(mistake.program, mistake.title, "exec"), {"boltzwall": boltzwall})
        except boltzwall.BoltzwallError as error:
            return str(error)
    raise AssertionError(f"{mistake.title}: nothing was said")


def messages() -> Iterator[tuple[str, str, str]]:
    """(module, class, text) of every error that the sources raise, with … for what varies."""
    for path in sorted(SOURCE.rglob("*.py")):
        module = path.relative_to(SOURCE).with_suffix("").as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                text = _text(node.args[0])
                if node.func.id in ("InputError", "NumericsError") and len(text) > 20:
                    yield module, node.func.id, text


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) for part in node.values)
    if isinstance(node, ast.BinOp):
        return _text(node.left) + _text(node.right)
    return "…"


def _cell(text: str) -> str:
    text = text.replace("\n", " ").replace("``", "`…`")
    for plain, escaped in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("|", "\\|")):
        text = text.replace(plain, escaped)
    return text


def page() -> str:
    """The whole page."""
    blocks = [HEAD]
    for mistake in MISTAKES:
        blocks.append(
            f"## {mistake.title}\n\n```python\n{mistake.program}\n```\n\n"
            f"``` {{ .text .wrap }}\n{answer(mistake)}\n```\n\n{mistake.cure}\n"
        )
    found = list(messages())
    blocks.append("## When the numerics fail\n\nStatus 3; each message says what to try.\n")
    blocks += [f"- {_cell(text)}" for _, kind, text in found if kind == "NumericsError"]
    blocks.append(
        "\n## All other messages\n\nThe search of this site finds them. A message that begins with *must* "
        "follows the name of a key, as in “Key `wire.length` must …”.\n"
    )
    blocks.append("| part of the program | message |\n| --- | --- |")
    seen = dict.fromkeys((m, text) for m, kind, text in found if kind == "InputError")
    blocks += [f"| `{module}` | {_cell(text)} |" for module, text in seen]
    return "\n".join(blocks) + "\n"
