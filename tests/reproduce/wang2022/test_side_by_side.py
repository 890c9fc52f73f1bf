"""`reproduce --model consistent` on coarse wires of two streams, and on closed forms."""

import csv

import numpy as np
import pytest

from boltzwall.errors import InputError
from boltzwall.io import read_dataset
from boltzwall.reproduce import reproduce_wang2022
from boltzwall.reproduce.wang2022.shared import measures
from boltzwall.reproduce.wang2022.shared.cases import BOTH_SERIES, KAPPA_SERIES, PAPER_WALL
from boltzwall.reproduce.wang2022.shared.treatments import (
    RUN_ENDS,
    SAVES,
    ClosureTreatment,
    ConsistentTreatment,
)
from boltzwall.reproduce.wang2022.side_by_side import drive_findings as findings
from boltzwall.reproduce.wang2022.side_by_side.paired_figures import FIGURES, SHARES
from boltzwall.reproduce.wang2022.side_by_side.paired_numbers import paired_table
from boltzwall.reproduce.wang2022.side_by_side.start_solutions import StartSolutions
from boltzwall.reproduce.wang2022.side_by_side.wall_parameters import (
    Drives,
    angular_momentum_bound,
    fitted,
    wall_parameters,
)
from boltzwall.simulation import solve_transport
from tests.cli.commands import finish, start
from tests.reproduce.wang2022.stand_ins import Complete, Solver
from tests.synthetic import run_dataset

pytestmark = pytest.mark.slow

COARSE = ("wire.cells=32", "transport.momentum_nodes=8", "consistent.transport.streams=2")
# Two streams, and as little of the way as shows where the wall goes.
SMALL = (
    "wire.cells=12",
    "transport.momentum_nodes=8",
    "dynamics.stop=end",
    "dynamics.checkpoint_interval=4",
    "published.dynamics.end_time=40 ps",
    "published.dynamics.save_interval=10 ps",
    "consistent.transport.streams=2",
    "consistent.dynamics.end_time=10 ns",
    "consistent.dynamics.save_interval=2.5 ns",
)


@pytest.fixture(scope="module")
def complete(tmp_path_factory):
    folder = tmp_path_factory.mktemp("both")
    return Complete.of(folder, model="consistent", overrides=COARSE)


@pytest.fixture(scope="module")
def wall():
    """The paper's wire with two streams: (field and gradient, the gradient alone)."""
    treatment = ConsistentTreatment(("wire.cells=32", "transport.momentum_nodes=8"))
    few = "transport.streams=2"
    return tuple(
        solve_transport(treatment.instant(PAPER_WALL, few, *changes))
        for changes in ((), ("drive.electric_field=0.0",))
    )


def test_every_file_is_there(complete):
    films = ("S1", "S2", "S1-published", "S2-published")
    moving = {f"animations/{name}.{kind}" for name in films for kind in ("gif", "mp4")}
    folders = ("consistent", "activated")
    kept = {f"runs/{which}/{case.stem}.nc" for case in BOTH_SERIES for which in folders}
    complete.check_files(moving | kept, runs=20)


def test_published_runs_are_one_batch_and_consistent_ones_go_alone(complete):
    models = [[config.transport.model for config in batch] for batch in complete.solver.batches]
    assert models == [["published"] * 10, *[["consistent"]] * 10]


def test_progress_grows_to_its_total(complete):
    complete.check_progress()


def test_the_table_has_the_papers_numbers_and_both_models(complete):
    with (complete.folder / "numbers.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["quantity"]: row for row in csv.DictReader(file)}
    assert rows["t_s at κ = 0.5 K/nm, T0 = 100 K"]["paper"] == "0.23"
    assert rows["t_s at κ = 0.5 K/nm, T0 = 100 K"]["consistent model"] == "not settled"
    share = rows["max|T| without any drive over max|T| at κ = 2 K/nm, T0 = 100 K"]
    assert float(share["consistent model"]) == 0.0
    assert float(share["published model"]) == pytest.approx(0.89)
    spin = rows["spin continuity leaves, relative, at most"]
    assert float(spin["consistent model"]) < 1e-10


def test_the_report_holds_every_finding_and_picture(complete):
    assert len(complete.linked()) == 10
    text = (complete.folder / "report.md").read_text(encoding="utf-8")
    assert [f"\n### {n}. " in text for n in range(1, 11)] == [True] * 10
    assert " nan" not in text
    assert "$" not in text
    page = (complete.folder / "report.html").read_text(encoding="utf-8")
    assert page.count('src="data:image/svg') == 6
    assert page.count('src="data:video/mp4') == 4


def test_a_second_call_computes_no_run(complete, monkeypatch):
    solver = Solver().install(monkeypatch)
    # Kept runs fit the configuration that was asked for.
    paths = reproduce_wang2022(
        complete.folder, model="consistent", figures=[4, 7], overrides=COARSE
    )
    assert solver.batches == []
    assert {path.name for path in paths[20:]} == {
        f"figure-{n}.{kind}" for n in (4, 7) for kind in ("png", "pdf", "svg")
    }


def test_an_unknown_model_or_closure_is_told_before_anything_is_written(tmp_path):
    for model, closure in (("other", None), ("consistent", "imagined")):
        with pytest.raises(InputError, match=r"consistent|repaired-signs"):
            reproduce_wang2022(tmp_path / "out", model=model, closure=closure)
    assert not (tmp_path / "out").exists()


def test_runs_of_the_consistent_model_end_when_they_should():
    for case in BOTH_SERIES:
        config = ConsistentTreatment().config(case)
        assert config.dynamics.end_time == RUN_ENDS[case]
        assert round(config.dynamics.end_time / config.dynamics.save_interval) == SAVES
        assert config.transport.model == "consistent"
        assert config.drive.electric_field == -8e3
    assert SHARES[0] == 0.0
    assert SHARES[-1] == 1.0
    assert set(FIGURES) == set(range(2, 8))


def test_drives_add_up_to_the_fitted_velocity(wall):
    both, alone = wall
    drives = Drives.of(both)
    assert drives.electrical + drives.thermal == pytest.approx(float(fitted(both).u), rel=1e-9)
    assert drives.thermal == pytest.approx(float(fitted(alone).u), rel=1e-9)
    # µ_B/(e Ms) = 7.235e-11 m³/C: the bound 0.7235 m/s of 1e10 A/m² at Ms = 8e5 A/m.
    assert angular_momentum_bound(-1e10, 8e5) == pytest.approx(0.7235, rel=1e-4)
    assert 0.0 < drives.electrical < drives.bound


def test_zhang_li_compares_with_the_uniform_wire(wall):
    rows = {p.name: (p.here, p.wide) for p in wall_parameters(wall[0])}
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
    text = ClosureTreatment().config(PAPER_WALL).to_json()
    published = {PAPER_WALL: run_dataset(attributes={"configuration": text})}
    starts = StartSolutions(nothing=alone * 0.0, gradient=alone, both=both)
    assert not findings.size(published, starts).agrees  # the stand-in's torque is too weak for it
    strong = published[PAPER_WALL].copy()
    strong["torque_total"] = 100.0 * strong["torque_total"]
    assert findings.size({PAPER_WALL: strong}, starts).agrees
    assert findings.background(published, starts).agrees
    assert not findings.background(published, StartSolutions(alone, alone, both)).agrees
    leaking = {PAPER_WALL: run.assign_attrs(residual_spin_relative=1e-3)}
    assert not findings.conservation(published, leaking).agrees
    assert findings.conservation(published, {PAPER_WALL: run}).agrees


def test_the_table_says_what_a_model_lacks(wall):
    run = wall[0].expand_dims("time")
    mean = np.array([[0.0, 0.0, 0.4]])
    run["mean_magnetisation"] = (("time", "component"), mean)
    runs = dict.fromkeys(BOTH_SERIES, run)
    published = {case: run_dataset() for case in BOTH_SERIES}
    rows = {row[0]: row[2:] for row in paired_table(published, runs).rows}
    assert rows["u at κ = 2 K/nm, T0 = 100 K"][0] == "—"
    assert rows["⟨M_z⟩ when the run ends, κ = 2 K/nm, T0 = 100 K"][2] == "0.4"
    size = measures.size(measures.start(run)["torque_total"])
    assert float(rows["max|T| at κ = 2 K/nm, T0 = 100 K"][2]) == pytest.approx(size, rel=1e-3)


def test_figure_4_from_the_command_line(tmp_path):
    chosen = ("--model", "consistent", "--figure", 4, "-o", "both", "-q")
    changes = [text for change in SMALL for text in ("--set", change)]
    process = start(
        "reproduce", "wang2022", *chosen, *changes,
        cwd=tmp_path, env={"BOLTZWALL_CACHE": str(tmp_path / "c")},
    )  # fmt: skip
    status, out, err = finish(process)
    assert (status, err) == (0, "")
    runs = [f"{case.stem}.nc" for case in KAPPA_SERIES]
    names = [line.split("/")[-1] for line in out.splitlines()]
    assert names == [*runs, *runs, "figure-4.png", "figure-4.pdf", "figure-4.svg"]
    run = read_dataset(tmp_path / "both" / "runs" / "consistent" / runs[-1])
    assert run.sizes["time"] == 5
    # The wall of two streams moves to +x, along the electrons, in field and gradient.
    assert run["mean_magnetisation"].isel(time=-1, component=2) > 0.0
