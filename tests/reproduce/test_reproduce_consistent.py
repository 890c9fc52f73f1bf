"""`reproduce --model consistent` on coarse wires of two streams, and on closed forms."""

import csv
import json

import numpy as np
import pytest
import xarray as xr

from boltzwall.config import Config, load_config
from boltzwall.errors import InputError
from boltzwall.io import read_dataset
from boltzwall.reproduce import consistent_findings as findings
from boltzwall.reproduce import measures, reproduce_wang2022
from boltzwall.reproduce import runs as runs_module
from boltzwall.reproduce.beside import PAIR_FIGURES, SHARES
from boltzwall.reproduce.cases import (
    COLD_END_SERIES,
    CONSISTENT,
    KAPPA_SERIES,
    PAPER_WALL,
    RUN_ENDS,
    SAVES,
)
from boltzwall.reproduce.consistent_numbers import (
    Drives,
    angular_momentum_bound,
    fitted,
    number_rows,
    zhang_li,
)
from boltzwall.simulation import solve_transport
from tests.cli.commands import finish, start
from tests.synthetic import run_dataset

CASES = (*KAPPA_SERIES, *COLD_END_SERIES)


def coarse(config: Config) -> Config:
    """The same wire, of few cells, momenta and streams."""
    settings = json.loads(config.to_json())
    settings["wire"]["cells"] = 32
    settings["transport"] |= {"momentum_nodes": 8, "streams": 2}
    return load_config(settings)


def standing(config: Config) -> xr.Dataset:
    """A run whose wall stays where it is, of the consistent model's solution at t = 0."""
    frame = solve_transport(coarse(config))
    time = np.linspace(0.0, config.dynamics.end_time, 3)
    run = (
        frame.drop_vars(("temperature",))
        .expand_dims(time=time)
        .assign(temperature=frame["temperature"])
    )
    run["mean_magnetisation"] = run["magnetisation"].mean("x")
    run["transport_update_error"] = ("time", np.zeros(3))
    return run.assign_attrs(configuration=config.to_json(), stopped_because="end_time")


SMALL_CASES = """
import json
from boltzwall.config import load_config
from boltzwall.reproduce.cases import Case
whole = Case.config
def config(self, treatment, **drive):
    settings = json.loads(whole(self, treatment, **drive).to_json())
    settings["wire"]["cells"] = 12
    settings["transport"]["momentum_nodes"] = 8
    end = 4e-11
    if treatment == "consistent":
        settings["transport"]["streams"] = 2
        end = 1e-8
    settings["dynamics"] |= {"end_time": end, "save_interval": end / 4, "stop": "end"}
    settings["dynamics"]["checkpoint_interval"] = 4
    return load_config(settings)
Case.config = config
"""


class Solver:
    """Closed forms for the published model, coarse wires for the consistent one."""

    def __init__(self):
        self.batches = []

    def simulate_batch(self, configs, *, progress=None):
        self.batches.append([config.transport.model for config in configs])
        if configs[0].transport.model == CONSISTENT:
            return [standing(config) for config in configs]
        return [
            run_dataset(
                config.temperature.gradient,
                config.temperature.cold_end,
                cells=32,
                saves=41,
                attributes={"configuration": config.to_json()},
            )
            for config in configs
        ]


@pytest.fixture(scope="module")
def complete(tmp_path_factory):
    """A whole reproduction: the folder, its files, the solver and the progress."""
    folder, solver, reports = tmp_path_factory.mktemp("both"), Solver(), []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runs_module, "simulate_batch", solver.simulate_batch)
        patch.setattr(findings, "solve_transport", lambda config: solve_transport(coarse(config)))
        paths = reproduce_wang2022(
            folder, model=CONSISTENT, progress=lambda *report: reports.append(report)
        )
    return folder, paths, solver, reports


@pytest.fixture(scope="module")
def wall():
    """The paper's wire with two streams: (field and gradient, the gradient alone)."""
    config = PAPER_WALL.transport_config(2)
    alone = PAPER_WALL.transport_config(2, electric_field=0.0)
    return tuple(solve_transport(coarse(given)) for given in (config, alone))


def test_every_file_is_there(complete):
    folder, paths, *_ = complete
    names = {str(path.relative_to(folder)) for path in paths}
    for number in range(2, 8):
        assert {f"figures/figure-{number}.png", f"figures/figure-{number}.pdf"} <= names
    for name in ("S1", "S2", "S1-published", "S2-published"):
        assert f"animations/{name}.gif" in names
    kept = {f"runs/{which}/{case.stem}.nc" for case in CASES for which in (CONSISTENT, "activated")}
    assert kept <= names
    assert sum(name.endswith(".nc") for name in names) == 20
    on_disk = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert on_disk == names


def test_published_runs_are_one_batch_and_consistent_ones_go_alone(complete):
    solver = complete[2]
    assert solver.batches == [["published"] * 10, *[[CONSISTENT]] * 10]


def test_progress_grows_to_its_total(complete):
    reports = complete[3]
    done = [report[0] for report in reports]
    assert done == sorted(done)
    assert done[-1] == pytest.approx(reports[-1][1])
    assert len({report[1] for report in reports}) == 1


def test_the_table_has_the_papers_numbers_and_both_models(complete):
    with (complete[0] / "numbers.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["quantity"]: row for row in csv.DictReader(file)}
    assert rows["t_s at κ = 0.5 K/nm, T0 = 100 K"]["paper"] == "0.23"
    assert rows["t_s at κ = 0.5 K/nm, T0 = 100 K"]["consistent model"] == "not settled"
    share = rows["max|T| without any drive over max|T| at κ = 2 K/nm, T0 = 100 K"]
    assert float(share["consistent model"]) == 0.0
    assert float(share["published model"]) == pytest.approx(0.89)
    spin = rows["spin continuity leaves, relative, at most"]
    assert float(spin["consistent model"]) < 1e-10


def test_the_report_holds_every_finding_and_picture(complete):
    folder = complete[0]
    text = (folder / "report.md").read_text(encoding="utf-8")
    links = [line.split("(")[1].split(")")[0] for line in text.splitlines() if line[:2] == "!["]
    assert len(links) == 10
    assert all((folder / link).is_file() for link in links)
    assert [f"### Finding {n}\n" in text for n in range(1, 11)] == [True] * 10
    assert " nan" not in text
    assert "$" not in text
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert page.count('src="data:image/') == 10


def test_a_second_call_computes_no_run(complete, monkeypatch):
    folder, *_ = complete
    solver = Solver()
    monkeypatch.setattr(runs_module, "simulate_batch", solver.simulate_batch)
    # Kept runs fit the configuration that was asked for.
    paths = reproduce_wang2022(folder, model=CONSISTENT, figures=[4, 7])
    assert solver.batches == []
    assert {path.name for path in paths[20:]} == {
        f"figure-{n}.{kind}" for n in (4, 7) for kind in ("png", "pdf")
    }


def test_an_unknown_model_or_closure_is_told_before_anything_is_written(tmp_path):
    for model, closure in (("other", None), (CONSISTENT, "imagined")):
        with pytest.raises(InputError, match=r"consistent|repaired-signs"):
            reproduce_wang2022(tmp_path / "out", model=model, closure=closure)
    assert not (tmp_path / "out").exists()


def test_runs_of_the_consistent_model_end_when_they_should():
    for case in CASES:
        config = case.config(CONSISTENT)
        assert config.dynamics.end_time == RUN_ENDS[case]
        assert round(config.dynamics.end_time / config.dynamics.save_interval) == SAVES
        assert config.transport.model == CONSISTENT
        assert config.drive.electric_field == -8e3
    assert SHARES[0] == 0.0
    assert SHARES[-1] == 1.0
    assert set(PAIR_FIGURES) == set(range(2, 8))


def test_drives_add_up_to_the_fitted_velocity(wall):
    both, alone = wall
    drives = Drives.of(both)
    assert drives.electrical + drives.thermal == pytest.approx(float(fitted(both).u), rel=1e-9)
    assert drives.thermal == pytest.approx(float(fitted(alone).u), rel=1e-9)
    # µ_B/(e Ms) = 7.235e-11 m³/C: the bound 0.7235 m/s of 1e10 A/m² at Ms = 8e5 A/m.
    assert angular_momentum_bound(-1e10, 8e5) == pytest.approx(0.7235, rel=1e-4)
    assert 0.0 < drives.electrical < drives.bound


def test_zhang_li_compares_with_the_uniform_wire(wall):
    rows = {text: (float(here), float(wide)) for text, here, wide in zhang_li(wall[0])}
    beta = 1.0 / 161.04
    assert rows["β_eff, field"][1] == pytest.approx(beta, rel=1e-3)
    # Closed form: P and P' are of the uniform wire; u of the field is −µ_B P/(e Ms (1 + β²)).
    bound = angular_momentum_bound(1.0, 8e5) / (1.0 + beta**2)
    polarisation = wall[0].attrs["polarisation"]
    assert rows["u per A/m², field"][1] == pytest.approx(-bound * polarisation, rel=1e-3)
    for label in ("u per A/m², field", "u per K/m, closed circuit", "u per K/m, open circuit"):
        here, wide = rows[label]
        assert here == pytest.approx(wide, rel=0.3)


def test_findings_follow_the_numbers(wall):
    both, alone = wall
    backward = both.copy(deep=True)
    backward["electrical_velocity"] = -backward["electrical_velocity"]
    run, wrong = (dataset.expand_dims("time") for dataset in (both, backward))
    assert findings.direction({PAPER_WALL: run}).agrees
    assert not findings.direction({PAPER_WALL: wrong}).agrees
    text = PAPER_WALL.config("activated").to_json()
    published = {PAPER_WALL: run_dataset(attributes={"configuration": text})}
    look = findings.Look(nothing=alone * 0.0, gradient=alone, both=both)
    assert not findings.size(published, look).agrees  # the stand-in's torque is too weak for it
    strong = published[PAPER_WALL].copy()
    strong["torque_total"] = 100.0 * strong["torque_total"]
    assert findings.size({PAPER_WALL: strong}, look).agrees
    assert findings.background(published, look).agrees
    assert not findings.background(published, findings.Look(alone, alone, both)).agrees
    leaking = {PAPER_WALL: run.assign_attrs(residual_spin_relative=1e-3)}
    assert not findings.conservation(published, leaking).agrees
    assert findings.conservation(published, {PAPER_WALL: run}).agrees


def test_the_table_says_what_a_model_lacks(wall):
    run = wall[0].expand_dims("time")
    mean = np.array([[0.0, 0.0, 0.4]])
    run["mean_magnetisation"] = (("time", "component"), mean)
    runs = dict.fromkeys(CASES, run)
    published = {case: run_dataset() for case in CASES}
    rows = {row[0]: row[2:] for row in number_rows(published, runs)}
    assert rows["u at κ = 2 K/nm, T0 = 100 K"][0] == "—"
    assert rows["⟨M_z⟩ when the run ends, κ = 2 K/nm, T0 = 100 K"][2] == "0.4"
    size = measures.size(measures.start(run)["torque_total"])
    assert float(rows["max|T| at κ = 2 K/nm, T0 = 100 K"][2]) == pytest.approx(size, rel=1e-3)


def test_figure_4_from_the_command_line(tmp_path):
    arguments = (
        "reproduce",
        "wang2022",
        "--model",
        "consistent",
        "--figure",
        4,
        "-o",
        "both",
        "-q",
    )
    process = start(
        *arguments, cwd=tmp_path, env={"BOLTZWALL_CACHE": str(tmp_path / "c")}, before=SMALL_CASES
    )
    status, out, err = finish(process)
    assert (status, err) == (0, "")
    runs = [f"{case.stem}.nc" for case in KAPPA_SERIES]
    names = [line.split("/")[-1] for line in out.splitlines()]
    assert names == [*runs, *runs, "figure-4.png", "figure-4.pdf"]
    run = read_dataset(tmp_path / "both" / "runs" / CONSISTENT / runs[-1])
    assert run.sizes["time"] == 5
    # The wall of two streams moves to +x, along the electrons, in field and gradient.
    assert run["mean_magnetisation"].isel(time=-1, component=2) > 0.0
