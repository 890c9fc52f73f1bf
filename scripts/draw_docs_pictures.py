"""Draw the pictures of docs/images again, and remember what each was drawn by.

python scripts/draw_docs_pictures.py                 all of them: an hour or so
python scripts/draw_docs_pictures.py thermal-wall    one drawing; --list names them
python scripts/draw_docs_pictures.py --check         exit 1 if a picture is older than what draws it
python scripts/draw_docs_pictures.py --record peers  a picture that was put there by hand

What draws a picture are the programs that stand here beside it, without their comments, docstrings,
annotations and layout. docs/images/drawn-by.json holds a digest of them and of the picture, and the
tests compare both. What is timed on a machine that must be idle is drawn by hand.
"""

import argparse
import ast
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
DIGESTS = IMAGES / "drawn-by.json"

PLOT = "src/boltzwall/plot"
THEME = f"{PLOT}/theme.py"
PAPER = "src/boltzwall/reproduce/wang2022"
PANELS = tuple(
    f"{PLOT}/{name}.py"
    for name in (
        "theme", "comparisons", "axes", "labels", "units", "settling",
        "arrows/figures", "arrows/projection", "arrows/selection", "arrows/strips",
    )
)  # fmt: skip


@dataclass(frozen=True)
class Drawing:
    """One call that draws one or several pictures.

    Attributes:
        command: what follows `python`, in a folder of its own.
        pictures: by their names in docs/images, where the command leaves them.
        sources: the programs that draw, from the root of the repository.
        by_hand: why the script does not draw it; empty where it does.
    """

    command: tuple[str, ...]
    pictures: Mapping[str, str]
    sources: tuple[str, ...]
    by_hand: str = ""


def _example(name: str, *sources: str) -> Drawing:
    picture = f"{name.replace('_', '-')}.png"
    path = f"examples/{name}.py"
    return Drawing((str(ROOT / path), picture), {picture: picture}, (path, *sources))


def _figures(numbers: Sequence[int], prefix: str, figures: str, *options: str) -> Drawing:
    wanted = tuple(part for number in numbers for part in ("--figure", str(number)))
    return Drawing(
        ("-m", "boltzwall", "reproduce", "wang2022", "--quiet", *options, *wanted),
        {f"{prefix}{n}.png": f"wang2022/figures/figure-{n}.png" for n in numbers},
        (f"{PAPER}/{figures}", f"{PAPER}/shared/figures.py", *PANELS),
    )


def _gallery(name: str, picture: str, *sources: str) -> Drawing:
    """Of a program of docs/gallery, which takes the name of its picture."""
    path = f"docs/gallery/{name}.py"
    return Drawing((str(ROOT / path), picture), {picture: picture}, (path, *sources))


_MACHINE = "its times are those of an idle machine, which the page beside it names"
DRAWINGS: dict[str, Drawing] = {
    "moving-wall": _gallery("moving_wall", "moving-wall.gif"),
    "turning-wall": _gallery("turning_wall", "turning-wall.png", THEME),
    "walker": _gallery("walker", "walker.png"),
    "wall-torque": _gallery("wall_torque", "wall-torque.png"),
    "published": _figures((2, 3, 4), "figure", "published/paper_figures.py"),
    "consistent": _figures(
        (2, 3, 4, 5, 6, 7), "consistent-figure-", "side_by_side/paired_figures.py",
        "--model", "consistent",
    ),
    "electrons-in-time": _example("electrons_in_time", THEME),
    "heated-wire": _example("heated_wire", THEME, f"{PLOT}/heat.py"),
    "thermal-wall": _example("thermal_wall", THEME),
    "beta-scan": _example("beta_scan"),
    "settling-map": Drawing(
        (str(ROOT / "examples/paper_settling_times.py"), "."),
        {"settling-map.png": "settling-map.png"},
        ("examples/paper_settling_times.py",),
    ),
    "benchmark-consistent": Drawing(
        ("-m", "benchmarks.consistent", "benchmark-consistent.png"),
        {"benchmark-consistent.png": "benchmark-consistent.png"},
        ("benchmarks/consistent.py",),
        _MACHINE,
    ),
    "coupled-residuals": Drawing(
        ("-m", "benchmarks.coupled", "-o", "coupled-residuals.png"),
        {"coupled-residuals.png": "coupled-residuals.png"},
        ("benchmarks/coupled.py",),
    ),
    "view": Drawing(
        ("-m", "benchmarks.view", "wall.nc", "--photograph", "view-run.png"),
        {name: name for name in ("view-run.png", "view-sweep.png", "view-phone.png")},
        ("benchmarks/view.py",),
        "it needs a browser and three results: the wall of `init wall` in 1000 cells for 5 ns, a "
        "sweep of 1000 points, the paper's run",
    ),
    "peers": Drawing(
        ("-m", "validation.peers",),
        {"peers.png": "peers.png"},
        ("validation/peers.py",),
        "it needs the other programs, each in an environment of its own",
    ),
}  # fmt: skip


_UNSEEN = ("annotation", "returns", "type_comment", "type_params", "kind", "ctx")


def _bare(node: object) -> object:
    """A program as nested tuples, without what changes no picture."""
    if isinstance(node, ast.AnnAssign):
        node = ast.Assign([node.target], node.value or ast.Constant(None))
    if isinstance(node, ast.AST):
        parts = ast.iter_fields(node)
        return type(node).__name__, [(n, _bare(value)) for n, value in parts if n not in _UNSEEN]
    if isinstance(node, list):
        return [_bare(one) for one in node if not _says_nothing(one)]
    return node


def _says_nothing(node: object) -> bool:
    text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    bare = isinstance(node, ast.AnnAssign) and node.value is None
    return text or bare or isinstance(node, ast.Import | ast.ImportFrom | ast.Pass)


def digest_of_programs(texts: Sequence[str]) -> str:
    """Of Python programs, as far as they could change a picture."""
    bare = [repr(_bare(ast.parse(text))) for text in texts]
    return _digest("\n".join(bare).encode())


def problems(images: Path = IMAGES) -> list[str]:
    """Every picture that is older than what draws it, or that nothing here draws."""
    known = _digests(images)
    found = []
    for name, drawing in DRAWINGS.items():
        programs = _programs(drawing)
        for picture in drawing.pictures:
            path, was = images / picture, known.get(picture, {})
            if not path.exists():
                found.append(f"{picture} is missing: draw {name}")
            elif was.get("picture") != _digest(path.read_bytes()):
                found.append(f"{picture} is not the one that was drawn: draw {name}, or record it")
            elif was.get("programs") != programs:
                found.append(f"{picture} is older than what draws it: draw {name}")
    drawn = {picture for drawing in DRAWINGS.values() for picture in drawing.pictures}
    found += [f"{p.name} has no drawing" for p in images.glob("*.png") if p.name not in drawn]
    return found


def draw(name: str) -> None:
    """Call what draws these pictures, and put them into docs/images."""
    drawing = DRAWINGS[name]
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, *drawing.command], cwd=folder, check=True)
        for picture, place in drawing.pictures.items():
            shutil.copyfile(Path(folder) / place, IMAGES / picture)
    record(name)


def record(name: str) -> None:
    """Remember the pictures as they are, drawn by the programs as they are."""
    drawing, known = DRAWINGS[name], _digests(IMAGES)
    programs = _programs(drawing)
    for picture in drawing.pictures:
        content = (IMAGES / picture).read_bytes()
        known[picture] = {"picture": _digest(content), "programs": programs}
    text = json.dumps(known, indent=2, sort_keys=True) + "\n"
    DIGESTS.write_text(text, encoding="utf-8")


def _programs(drawing: Drawing) -> str:
    return digest_of_programs([(ROOT / s).read_text(encoding="utf-8") for s in drawing.sources])


def _digests(images: Path) -> dict[str, dict[str, str]]:
    path = images / DIGESTS.name
    found: dict[str, dict[str, str]] = {}
    if path.exists():
        found = json.loads(path.read_text(encoding="utf-8"))
    return found


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw, record or compare; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="drawings; without it, all")
    parser.add_argument("--list", action="store_true", help="name the drawings")
    parser.add_argument("--check", action="store_true", help="draw nothing, compare")
    parser.add_argument("--record", action="store_true", help="draw nothing, take what is there")
    given = parser.parse_args(arguments)
    unknown = set(given.names) - DRAWINGS.keys()
    if unknown:
        parser.error(f"no drawing is called {', '.join(sorted(unknown))}; --list names them")
    if given.list:
        for name, drawing in DRAWINGS.items():
            print(f"{name:22}{', '.join(drawing.pictures)}")
        return 0
    if given.check:
        found = problems()
        print("\n".join(found), file=sys.stderr)
        return 1 if found else 0
    for name in given.names or DRAWINGS:
        if given.record:
            record(name)
        elif DRAWINGS[name].by_hand:
            print(f"{name} is left as it is: {DRAWINGS[name].by_hand}")
        else:
            print(f"drawing {name}")
            draw(name)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
