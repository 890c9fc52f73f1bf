"""boltzwall beside magnum.np and NeuralMag on one domain wall: velocity, rotation and wall-clock.

    pip install -e '.[validation]'
    python -m validation.peers -o FOLDER [--repeats N] [--only TEXT ...]

Writes peers.json, process.json, peers.csv, tracks.csv, peers.md and peers.png; the tables of
peers.md go to standard output as well.
Everything runs one after the other. A simulator that is not installed is left out with a message.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from boltzwall.plot.theme import COLOURS, DASHES, GUIDE_COLOUR, PAGE_WIDTH, STYLE
from validation.codes import CODES, boltzwall_config
from validation.problem import PROBLEMS, collective

Results = dict[str, dict[str, Any]]  # by "code | problem"
TRUSTED = {"free": 98.894, "1 nm cells": 99.278, "4096 cells": 98.894, "hard axis": 39.83}
SLOW = ("hard axis", "1 nm cells", "4096 cells")  # timed once where a code is not ours
COLUMNS = (
    "code", "version", "problem", "velocity", "velocity_error", "turning", "turning_error",
    "seconds", "seconds_first", "evaluations", "load",
)  # fmt: skip


def measure_all(folder: Path, repeats: int, only: list[str]) -> Results:
    """Every code on every problem, each in a process of its own; kept in peers.json as they come.

    A process that fails is reported, and the others go on.
    """
    results: Results = {}
    for code, (package, _) in CODES.items():
        if find_spec(package) is None:
            print(f"{code}: not installed, left out. pip install '.[validation]'")
            continue
        for name in PROBLEMS:
            key = f"{code} | {name}"
            if only and not any(text in key for text in only):
                continue
            ours = package == "boltzwall"
            count = 1 if name in SLOW and not ours else repeats
            found = measure_one(code, name, count)
            if found is not None:
                results[key] = found | {"code": code, "problem": name}
                (folder / "peers.json").write_text(json.dumps(results, indent=1), encoding="utf-8")
                print(f"{key}: {found['velocity']:.4f} m/s, {found['seconds']:.3f} s", flush=True)
    return results


def measure_one(code: str, problem: str, repeats: int) -> dict[str, Any] | None:
    """One code on one problem, in a process of its own."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "result.json"
        command = [sys.executable, "-m", "validation.codes", code, problem, str(repeats), str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            print(f"{code}, {problem}: failed.\n{done.stderr[-2000:]}")
            return None
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return found


def whole_process(repeats: int) -> dict[str, float]:
    """Seconds of `boltzwall run` from the shell: with nothing compiled, and the best after."""
    config = boltzwall_config(PROBLEMS["free"], "semi-implicit")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        source = folder / "peer.toml"
        source.write_text(as_toml(config), encoding="utf-8")
        environment = os.environ | {"BOLTZWALL_CACHE": str(folder / "cache")}
        command = [sys.executable, "-m", "boltzwall", "run", str(source), "--overwrite", "-q"]
        command += ["-o", str(folder / "peer.nc")]
        seconds = []
        for _ in range(1 + repeats):
            begin = time.perf_counter()
            subprocess.run(command, env=environment, check=True, capture_output=True)
            seconds.append(time.perf_counter() - begin)
    return {"cold": seconds[0], "warm": min(seconds[1:]), "load": os.getloadavg()[0]}


def as_toml(config: dict[str, dict[str, Any]]) -> str:
    """A configuration as text; JSON's numbers, truths and texts are TOML's too."""
    lines = []
    for section, keys in config.items():
        lines.append(f"[{section}]")
        lines += [f"{key} = {json.dumps(value)}" for key, value in keys.items()]
    return "\n".join(lines) + "\n"


def rows(results: Results) -> list[dict[str, Any]]:
    """The numbers of the table, errors relative to theory."""
    found = []
    for result in results.values():
        velocity, turning = PROBLEMS[result["problem"]].theory
        row = {name: result[name] for name in COLUMNS if name in result}
        row["velocity_error"] = result["velocity"] / velocity - 1.0
        row["turning_error"] = result["turning"] / turning - 1.0 if turning else float("nan")
        found.append(row)
    return found


def markdown(results: Results, process: dict[str, float] | None) -> str:
    """The tables, one for each problem."""
    lines = []
    for name, problem in PROBLEMS.items():
        chosen = [row for row in rows(results) if row["problem"] == name]
        if not chosen:
            continue
        velocity, turning = problem.theory
        lines += [
            f"\n{name}: {problem.cells} cells of {problem.spacing * 1e9:g} nm, "
            f"{problem.end_time * 1e9:g} ns; theory {velocity:.3f} m/s, "
            f"{turning / 1e8:.4f}e8 rad/s; the trusted simulators {TRUSTED[name]} m/s\n",
            "| code | v, m/s | from theory | φ', 1e8 rad/s | from theory "
            "| field evaluations | wall-clock, s | µs per cell and ns |",
            "|---|---|---|---|---|---|---|---|",
        ]
        for row in chosen:
            turn = "" if not turning else f"{100.0 * row['turning_error']:+.3f} %"
            share = row["seconds"] / (problem.cells * problem.end_time * 1e9)
            lines.append(
                f"| {row['code']} {row['version']} | {row['velocity']:.4f} "
                f"| {100.0 * row['velocity_error']:+.4f} % | {row['turning'] / 1e8:.4f} | {turn} "
                f"| {row['evaluations']} | {row['seconds']:.3f} | {share * 1e6:.0f} |"
            )
    if process is not None:
        lines.append(
            f"\n`boltzwall run` from the shell: {process['warm']:.2f} s with compiled code kept, "
            f"{process['cold']:.1f} s with nothing compiled."
        )
    return "\n".join(lines)


def write_csv(results: Results, folder: Path) -> None:
    """peers.csv, the numbers; tracks.csv, position and tilt against time."""
    with (folder / "peers.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows(results))
    with (folder / "tracks.csv").open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(("code", "problem", "time", "position", "tilt"))
        for result in results.values():
            columns = (result["time"], result["position"], result["tilt"])
            for values in zip(*columns, strict=True):
                table.writerow((result["code"], result["problem"], *values))


def picture(results: Results, process: dict[str, float] | None) -> Figure:
    """How far the walls fall behind theory, velocities under a hard axis, and wall-clocks."""
    import matplotlib

    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(PAGE_WIDTH, 4.4), layout="constrained")
        parts = figure.subplot_mosaic("ab;cc", height_ratios=(1.25, 1.0))
        _behind(parts["a"], results)
        _with_hard_axis(parts["b"], results)
        _clock(parts["c"], results, process)
        for letter, part in parts.items():
            part.set_title(str(letter), loc="left", weight="bold")
    return figure


def _track(result: dict[str, Any]) -> tuple[np.ndarray, np.ndarray]:
    position = np.array(result["position"])
    return np.array(result["time"]), position - position[0]


def _behind(axes: Axes, results: Results) -> None:
    velocity = PROBLEMS["free"].theory[0]
    axes.axhline(0.0, color=GUIDE_COLOUR, lw=0.8)
    for k, code in enumerate(CODES):
        result = results.get(f"{code} | free")
        if result:
            time_, moved = _track(result)
            behind = (moved - velocity * time_) * 1e12
            axes.plot(time_ * 1e9, behind, color=COLOURS[k], ls=DASHES[k])
    axes.set_xlabel("time (ns)")
    axes.set_ylabel("position − theory (pm)")


def _with_hard_axis(axes: Axes, results: Results) -> None:
    problem = PROBLEMS["hard axis"]
    fine = np.linspace(0.0, problem.end_time, 401)
    theory = collective(problem, fine)[0]
    axes.plot(
        fine * 1e9,
        np.gradient(theory, fine),
        color=GUIDE_COLOUR,
        lw=3.0,
        label="collective coordinates",
    )
    for k, code in enumerate(CODES):
        result = results.get(f"{code} | hard axis")
        if result:
            time_, moved = _track(result)
            middle = 0.5 * (time_[1:] + time_[:-1])
            speed = np.diff(moved) / np.diff(time_)
            axes.plot(middle * 1e9, speed, color=COLOURS[k], ls=DASHES[k])
    axes.set_xlabel("time (ns)")
    axes.set_ylabel("velocity, hard axis (m/s)")
    axes.set_xlim(1.0, 4.0)
    axes.set_ylim(39.5, 41.5)
    axes.legend(handles=axes.lines[:1])


def _clock(axes: Axes, results: Results, process: dict[str, float] | None) -> None:
    bars = {
        code: (results[f"{code} | free"]["seconds"], COLOURS[k])
        for k, code in enumerate(CODES)
        if f"{code} | free" in results
    }
    if process is not None:
        bars = {"boltzwall run, the whole process": (process["warm"], COLOURS[0])} | bars
    for name, (seconds, colour) in reversed(list(bars.items())):
        axes.barh(name, seconds, color=colour, height=0.65)
        axes.text(seconds * 1.05, name, f"{seconds:.2g} s", va="center", fontsize=7.0)  # type: ignore[arg-type]
    axes.set_xscale("log")
    axes.set_xlim(0.05, 20.0)
    ticks = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
    axes.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
    axes.set_xticks([], minor=True)
    axes.set_xlabel("wall-clock of 1 ns, 512 cells of 2 nm, after compilation (s)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("-o", "--output", type=Path, default=Path("peers"), help="folder")
    parser.add_argument("--repeats", type=int, default=3, help="timed runs; the best counts")
    parser.add_argument("--only", nargs="*", default=[], help='parts of "code | problem"')
    given = parser.parse_args()
    given.output.mkdir(parents=True, exist_ok=True)
    process = None if given.only else whole_process(given.repeats)
    if process is not None:
        (given.output / "process.json").write_text(json.dumps(process), encoding="utf-8")
    results = measure_all(given.output, given.repeats, given.only)
    if not results:
        raise SystemExit("Nothing was measured: no code on any problem fits --only.")
    write_csv(results, given.output)
    picture(results, process).savefig(given.output / "peers.png", dpi=180)
    text = markdown(results, process)
    (given.output / "peers.md").write_text(text + "\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
