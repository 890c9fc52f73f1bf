"""The commented example of a study; the meanings of its keys come from their declarations."""

import textwrap

from pydantic import BaseModel

from boltzwall.config.sections.sweep import Sweep, SweptKey

STUDY = "sweep"
_WIDTH = 96
_HEAD = """\
# boltzwall: the velocity of the paper's wall against the gradient, for several temperatures.
# `boltzwall sweep FILE.toml` computes it, and goes on where it was stopped. Every key of a
# configuration may stand here (`boltzwall init` lists them), and every number of them may vary.

[wire]
length = "5 nm"
cells = 100

[transport]
closure = "activated"

[dynamics]
end_time = "1 ns"
save_interval = "5 ps"
"""
_AXES = """\
[[sweep.axes]]
key = "temperature.gradient"
start = "0.5 K/nm"
stop = "6 K/nm"
count = 12

[[sweep.axes]]
key = "temperature.cold_end"
values = ["100 K", "150 K", "200 K", "250 K"]
"""
_SHOWN = {"kind": '"run"', "keep": '"scalars"', "batch": "0"}
_HIDDEN = {"samples": "1000", "sampling": '"latin-hypercube"', "seed": "0"}


def study_template() -> str:
    """A study as TOML, with every key of [sweep]."""
    settings = "\n".join(
        f"{_comment(Sweep, key)}\n{'# ' if key in _HIDDEN else ''}{key} = {value}"
        for key, value in {**_SHOWN, **_HIDDEN}.items()
    )
    keys = "\n".join(_comment(SweptKey, key, f"{key}: ") for key in SweptKey.model_fields)
    return (
        f"{_HEAD}\n[sweep]\n{settings}\n\n# Each [[sweep.axes]] has these keys.\n{keys}\n\n{_AXES}"
    )


def _comment(model: type[BaseModel], key: str, before: str = "") -> str:
    text = before + (model.model_fields[key].description or "")
    return textwrap.fill(text, _WIDTH, initial_indent="# ", subsequent_indent="#   ")
