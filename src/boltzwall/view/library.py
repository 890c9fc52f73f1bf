"""BokehJS, as the wheel of Bokeh ships it: read as files, so that Bokeh itself is not imported."""

import importlib.metadata
import importlib.util
from pathlib import Path

from boltzwall.errors import InputError

OLDEST = (3, 4)
_FILES = ("bokeh.min.js", "bokeh-api.min.js")
_INSTALL = "pip install '.[view]'"


def scripts() -> list[str]:
    """The programs that draw, in the order in which they are to be run.

    Raises:
        InputError: Bokeh is not installed, or too old.
    """
    found = importlib.util.find_spec("bokeh")
    if found is None or found.origin is None:
        raise InputError(
            "The command `view` must have the package Bokeh, which ships the JavaScript that draws "
            f"the page, but it is not installed: {_INSTALL}"
        )
    version = importlib.metadata.version("bokeh")
    if tuple(int(part) for part in version.split(".")[:2]) < OLDEST:
        least = ".".join(map(str, OLDEST))
        raise InputError(
            f"The command `view` must have Bokeh {least} or newer, but {version} is installed: "
            f"{_INSTALL}"
        )
    folder = Path(found.origin).parent / "server" / "static" / "js"
    return [(folder / name).read_text(encoding="utf-8") for name in _FILES]
