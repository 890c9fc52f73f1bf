"""Closed forms in the place of runs, and what every reproduction is asked."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr

from boltzwall.config import Config
from boltzwall.config.sections import LinearTemperature
from boltzwall.reproduce import reproduce_wang2022
from boltzwall.reproduce.wang2022.published import published_findings
from boltzwall.reproduce.wang2022.shared import kept_runs
from boltzwall.simulation import solve_transport
from tests.synthetic import run_dataset, transport_dataset


@dataclass
class Solver:
    """Remembers what it was asked.

    Runs of the published model are closed forms; in those of the consistent model the wall of its
    solution at t = 0 stands still.
    """

    batches: list[list[Config]] = field(default_factory=list)

    def install(self, patch: pytest.MonkeyPatch) -> "Solver":
        patch.setattr(kept_runs, "simulate_batch", self.simulate_batch)
        patch.setattr(published_findings, "solve_transport", self.solve_transport)
        return self

    def simulate_batch(self, configs, *, progress=None):
        self.batches.append(list(configs))
        return [self.run(config) for config in configs]

    def run(self, config: Config) -> xr.Dataset:
        if config.transport.model == "consistent":
            return standing(config)
        temperature = config.temperature
        assert isinstance(temperature, LinearTemperature)
        calibrated = "reference_density" if config.transport.closure == "activated" else ""
        return run_dataset(
            temperature.gradient,
            temperature.cold_end,
            cells=config.wire.cells,
            saves=41,
            attributes={"configuration": config.to_json(), "calibrated": calibrated},
        )

    def solve_transport(self, config: Config, progress: bool) -> xr.Dataset:
        temperature = config.temperature
        assert isinstance(temperature, LinearTemperature)
        dataset = transport_dataset(temperature.gradient, temperature.cold_end)
        dataset.attrs["configuration"] = config.to_json()
        return dataset


@dataclass(frozen=True)
class Complete:
    """A whole reproduction: where it is, what was written, asked and told."""

    folder: Path
    paths: Sequence[Path]
    solver: Solver
    reports: Sequence[tuple[float, float, str]]

    @classmethod
    def of(cls, folder: Path, **options: Any) -> "Complete":
        reports: list[tuple[float, float, str]] = []
        with pytest.MonkeyPatch.context() as patch:
            solver = Solver().install(patch)
            paths = reproduce_wang2022(
                folder, progress=lambda *report: reports.append(report), **options
            )
        return cls(folder, paths, solver, reports)

    @property
    def names(self) -> set[str]:
        return {str(path.relative_to(self.folder)) for path in self.paths}

    def check_files(self, expected: set[str], runs: int) -> None:
        """The expected files, Figures 2 to 7, the report, and so many runs; nothing else."""
        kinds = ("png", "pdf", "svg")
        figures = {f"figures/figure-{n}.{kind}" for n in range(2, 8) for kind in kinds}
        assert figures | expected | {"report.md", "report.html", "numbers.csv"} <= self.names
        assert sum(name.endswith(".nc") for name in self.names) == runs
        assert all(path.stat().st_size for path in self.paths)
        there = {str(p.relative_to(self.folder)) for p in self.folder.rglob("*") if p.is_file()}
        assert there == self.names

    def check_progress(self) -> None:
        """It grows to a total that does not change."""
        done = [report[0] for report in self.reports]
        assert done == sorted(done)
        assert self.reports[-1][0] == pytest.approx(self.reports[-1][1])
        assert len({report[1] for report in self.reports}) == 1

    def linked(self) -> list[str]:
        """The pictures of the Markdown report; all are there."""
        text = (self.folder / "report.md").read_text(encoding="utf-8")
        links = [line.split("(")[1].split(")")[0] for line in text.splitlines() if line[:2] == "!["]
        assert all((self.folder / link).is_file() for link in links)
        return links


def standing(config: Config) -> xr.Dataset:
    """A run whose wall stays where it is, of the consistent model's solution at t = 0."""
    frame = solve_transport(config)
    time = np.linspace(0.0, config.dynamics.end_time, 3)
    run = (
        frame.drop_vars(("temperature",))
        .expand_dims(time=time)
        .assign(temperature=frame["temperature"])
    )
    run["mean_magnetisation"] = run["magnetisation"].mean("x")
    run["transport_update_error"] = ("time", np.zeros(3))
    return run.assign_attrs(configuration=config.to_json(), stopped_because="end_time")
