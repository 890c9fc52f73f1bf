"""The page itself: one HTML file with its style, its programs and its data inside."""

import base64
import gzip
import hashlib
import html
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xarray as xr

from boltzwall.plot import theme
from boltzwall.plot.sweeps.quantity import ordered
from boltzwall.view.library import scripts
from boltzwall.view.points import has_states, point_dataset
from boltzwall.view.run_view import run_view
from boltzwall.view.sweep_view import sweep_view

FILE_LIMIT = 9.5e6  # bytes of a page that is written to a file
SERVED_LIMIT = 14e6  # of one that this machine alone sees
_STATIC = Path(__file__).parent / "static"
_PROGRAMS = ("data.js", "figures.js", "run.js", "sweep.js", "page.js")
_TRIES = 6
_COMPRESSION = 3  # quick
_SAFER = 0.92  # of what should fit


@dataclass(frozen=True)
class View:
    """What is shown: Datasets by their names, in the order in which they were given.

    Sweeps are taken with ascending axes.
    """

    datasets: Mapping[str, xr.Dataset]

    @classmethod
    def of(cls, datasets: Mapping[str, xr.Dataset]) -> "View":
        """Of results as they were read."""
        return cls({n: ordered(d) if is_sweep(d) else d for n, d in datasets.items()})

    def content(self, budget: float, with_points: bool) -> dict[str, Any]:
        """All data of the page.

        Arguments:
            budget: bytes for what is shown along the wire, of all runs together.
            with_points: whether the points of a sweep are inside; a server gives them one by one.
        """
        share = budget / max(len(self.datasets), 1)
        views = []
        for name, dataset in self.datasets.items():
            if is_sweep(dataset):
                views.append(_sweep_content(dataset, name, share, with_points))
            else:
                views.append(run_view(dataset, name, share))
        return {"views": views, "look": _look(), "title": self.title}

    def point(self, number: int, point: int) -> dict[str, Any]:
        """The run of a point of the sweep that was given as ``number``, as a page shows it.

        Raises:
            IndexError: there is no such sweep or point.
        """
        dataset = list(self.datasets.values())[number]
        return _point_view(dataset, point, SERVED_LIMIT / 4)

    @property
    def title(self) -> str:
        """Of the page, in the head of the browser's window."""
        return " | ".join(self.datasets)


def is_sweep(dataset: xr.Dataset) -> bool:
    """Whether it holds points rather than a run or a state."""
    return dataset.attrs.get("kind") == "sweep"


def _sweep_content(
    dataset: xr.Dataset, name: str, budget: float, with_points: bool
) -> dict[str, Any]:
    found = sweep_view(dataset, name)
    if not has_states(dataset):
        return found | {"points": "none"}
    if not with_points:
        return found | {"points": "served"}
    count = dataset["status"].size
    done = [k for k in range(count) if dataset["status"].values.flat[k] == "done"]
    each = budget / max(len(done), 1)
    runs = {str(k): _point_view(dataset, k, each) for k in done}
    return found | {"points": "inside", "runs": runs}


def _point_view(dataset: xr.Dataset, point: int, budget: float) -> dict[str, Any]:
    return run_view(point_dataset(dataset, point), f"point {point + 1}", budget)


def page(view: View, limit: float = FILE_LIMIT, version: str = "") -> str:
    """The page as one file.

    Arguments:
        view: what is shown.
        limit: of its length, in bytes; what is shown along the wire is thinned until it fits.
        version: of the files, where a server answers for points of sweeps and for runs that go on;
            empty where there is none.

    Raises:
        InputError: Bokeh is missing, or a Dataset cannot be shown.
    """
    programs = [*scripts(), *((_STATIC / name).read_text(encoding="utf-8") for name in _PROGRAMS)]
    fixed = sum(len(text.encode()) for text in programs)
    budget = max(limit - fixed, 1e5)
    for _ in range(_TRIES):
        content = view.content(budget, with_points=not version) | {"version": version}
        data = _packed(content)
        if fixed + len(data) <= limit:
            break
        budget *= _SAFER * (limit - fixed) / len(data)
    return _html(view.title, programs, data)


def _packed(content: Mapping[str, Any]) -> str:
    """Compressed, in letters that mean nothing in HTML."""
    text = json.dumps(content, allow_nan=False)
    return base64.b64encode(gzip.compress(text.encode(), _COMPRESSION, mtime=0)).decode()


def _html(title: str, programs: Sequence[str], data: str) -> str:
    style = (_STATIC / "page.css").read_text(encoding="utf-8")
    safe = [program.replace("</script", "<\\/script") for program in programs]
    body = (_STATIC / "body.html").read_text(encoding="utf-8")
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(safe)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<link rel="icon" href="data:,">\n'
        f"<title>{html.escape(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n{body}"
        f'<script type="text/plain" id="data">{data}</script>\n'
        + "\n".join(f"<script>{program}</script>" for program in safe)
        + "\n</body>\n</html>\n"
    )


def _policy(programs: Sequence[str]) -> str:
    """Only these programs run, and nothing is fetched from anywhere else."""
    digests = (base64.b64encode(hashlib.sha256(p.encode()).digest()).decode() for p in programs)
    allowed = " ".join(f"'sha256-{digest}'" for digest in digests)
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; "
        "img-src data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'"
    )


_PATTERNS = {"-": "solid", "--": "dashed", "-.": "dashdot", ":": "dotted"}


def _look() -> dict[str, Any]:
    """Colours and dashes of `plot.theme`, as BokehJS takes them."""
    dashes = [_PATTERNS[d] if isinstance(d, str) else list(d[1]) for d in theme.DASHES]
    return {
        "colours": list(theme.COLOURS),
        "dashes": dashes,
        "magnetisation": theme.MAGNETISATION_COLOUR,
        "spin": theme.SPIN_COLOUR,
        "guide": theme.GUIDE_COLOUR,
    }
