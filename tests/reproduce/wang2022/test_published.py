"""The reproduction with stand-ins for the solver: what is computed, kept, drawn and said."""

import csv
import json
import math

import numpy as np
import pytest

from boltzwall.errors import InputError
from boltzwall.io import read_dataset
from boltzwall.reproduce import reproduce_wang2022
from boltzwall.reproduce.wang2022.published.paper_numbers import Comparison, compare
from boltzwall.reproduce.wang2022.published.published_findings import (
    bauer_factor,
    cancellation,
    sensitivity,
)
from boltzwall.reproduce.wang2022.published.torque_terms import TorqueTerms
from boltzwall.reproduce.wang2022.shared import kept_runs, measures
from boltzwall.reproduce.wang2022.shared.cases import (
    BOTH_SERIES,
    CAPTION_SERIES,
    KAPPA_SERIES,
    PAPER_WALL,
)
from boltzwall.reproduce.wang2022.shared.quantities import PaperQuantity
from boltzwall.reproduce.wang2022.shared.treatments import ClosureTreatment
from tests.reproduce.wang2022.stand_ins import Complete, Solver

CLOSURES = ("activated", "as-printed", "repaired-signs")


@pytest.fixture
def solver(monkeypatch):
    return Solver().install(monkeypatch)


@pytest.fixture(scope="module")
def complete(tmp_path_factory):
    return Complete.of(tmp_path_factory.mktemp("wang2022"))


@pytest.fixture(scope="module")
def runs():
    stand_in = Solver()
    return {
        name: {
            case: stand_in.run(ClosureTreatment(closure=name).config(case))
            for case in (*BOTH_SERIES, *CAPTION_SERIES)
        }
        for name in CLOSURES
    }


def test_every_file_is_there(complete):
    moving = {f"animations/{name}.{kind}" for name in ("S1", "S2") for kind in ("gif", "mp4")}
    complete.check_files(moving | {"settling-times.csv"}, runs=35)


def test_the_two_series_of_a_closure_are_one_batch(complete):
    batches = complete.solver.batches
    names = [{config.transport.closure for config in batch} for batch in batches]
    assert names == [{CLOSURES[0]}, *({name} for name in CLOSURES)]
    assert [len(batch) for batch in batches] == [10, 10, 10, 10]
    assert batches[0] == [ClosureTreatment().config(case) for case in BOTH_SERIES]


def test_progress_grows_to_its_total(complete):
    complete.check_progress()


def test_the_html_report_needs_no_other_file(complete):
    text = (complete.folder / "report.html").read_text(encoding="utf-8")
    assert text.count('src="data:image/svg+xml;base64,') == 6
    assert text.count('src="data:video/mp4;base64,') == 2
    assert text.count("src=") == 8
    assert text.count('href="') == text.count('href="#')


def test_the_markdown_report_links_existing_pictures(complete):
    assert len(complete.linked()) == 8
    text = (complete.folder / "report.md").read_text(encoding="utf-8")
    assert "The closure activated is calibrated" in text
    assert "nan" not in text.lower().replace("nanometre", "")


def test_the_table_holds_the_published_numbers(complete):
    with (complete.folder / "numbers.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    paper = {row["quantity"]: row["paper"] for row in rows}
    assert paper["t_s at κ = 0.5 K/nm, T0 = 100 K"] == "0.23"
    assert paper["v = d/t_s at κ = 6 K/nm, T0 = 100 K"] == "62.5"
    assert all(row[name] for row in rows for name in CLOSURES)


@pytest.mark.slow
def test_a_second_call_computes_no_run(solver, tmp_path):
    reproduce_wang2022(tmp_path, figures=[3])
    reproduce_wang2022(tmp_path, figures=[3, 4])
    assert len(solver.batches) == 1


def test_an_interrupted_call_goes_on(solver, tmp_path, monkeypatch):
    def interrupt(*_, **__):
        raise KeyboardInterrupt

    reproduce_wang2022(tmp_path, figures=[2])
    monkeypatch.setattr(kept_runs, "simulate_batch", interrupt)
    with pytest.raises(KeyboardInterrupt):
        reproduce_wang2022(tmp_path, figures=[3])
    monkeypatch.setattr(kept_runs, "simulate_batch", solver.simulate_batch)
    reproduce_wang2022(tmp_path, figures=[3])
    assert [len(batch) for batch in solver.batches] == [1, 4]


@pytest.mark.parametrize(
    "change",
    [
        {"boltzwall_version": "0.0.0"},
        {"stopped_because": "interrupted"},
        {"configuration": json.dumps({"wire": {}})},
    ],
)
def test_a_run_that_does_not_fit_is_computed_again(solver, tmp_path, change):
    reproduce_wang2022(tmp_path, figures=[2])
    path = tmp_path / "runs" / "activated" / f"{PAPER_WALL.stem}.nc"
    stale = read_dataset(path)
    stale.attrs.update(change)
    path.unlink()
    stale.to_netcdf(path)
    reproduce_wang2022(tmp_path, figures=[2])
    assert len(solver.batches) == 2


def test_a_damaged_run_is_computed_again(solver, tmp_path):
    reproduce_wang2022(tmp_path, figures=[2])
    path = tmp_path / "runs" / "activated" / f"{PAPER_WALL.stem}.nc"
    path.write_bytes(path.read_bytes()[:1000])
    reproduce_wang2022(tmp_path, figures=[2])
    assert len(solver.batches) == 2
    assert read_dataset(path).sizes["time"] == 41


@pytest.mark.parametrize(("number", "count"), [(2, 1), (3, 5), (4, 5), (5, 5), (6, 5), (7, 5)])
def test_one_figure_needs_only_its_runs(solver, tmp_path, number, count):
    paths = reproduce_wang2022(tmp_path, figures=[number], closure="as-printed")
    assert [len(batch) for batch in solver.batches] == [count]
    assert solver.batches[0][0].transport.closure == "as-printed"
    assert {path.name for path in paths[count:]} == {
        f"figure-{number}.png",
        f"figure-{number}.pdf",
        f"figure-{number}.svg",
    }


def test_overrides_change_every_run_and_fit_only_their_own_files(solver, tmp_path):
    small = ["wire.cells=12", "published.transport.momentum_nodes=8", "consistent.wire.cells=7"]
    reproduce_wang2022(tmp_path, figures=[3], overrides=small)
    assert {config.wire.cells for config in solver.batches[0]} == {12}
    assert {config.transport.momentum_nodes for config in solver.batches[0]} == {8}
    reproduce_wang2022(tmp_path, figures=[3], overrides=small)
    assert len(solver.batches) == 1
    reproduce_wang2022(tmp_path, figures=[3])
    assert len(solver.batches) == 2
    assert [config.temperature.gradient for config in solver.batches[1]] == [
        1e9 * case.kappa for case in KAPPA_SERIES
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"model": "imagined"}, "consistent"),
        ({"closure": "imagined"}, "repaired-signs"),
        ({"figures": [8]}, "from 2 to 7"),
        ({"overrides": ["wire.cells"]}, "section.key=value"),
        ({"overrides": ["wire.cellls=3"]}, "cellls"),
    ],
)
def test_bad_input_is_told_before_anything_is_written(solver, tmp_path, arguments, message):
    with pytest.raises(InputError, match=message):
        reproduce_wang2022(tmp_path / "out", **arguments)
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_made_is_an_input_error(solver, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="folder"):
        reproduce_wang2022(tmp_path / "file" / "out", figures=[2])


def test_verdicts_compare_to_ten_per_cent():
    time = PaperQuantity("t_s", "ns", len, 0.2)
    row = Comparison(time, {"a": 0.215, "b": 0.3, "c": 0.2}, calibrated=("c",))
    assert [row.verdict(name) for name in "abc"] == ["yes", "no", "calibrated"]
    assert Comparison(time, {"a": float("nan")}).verdict("a") == "no"


def test_the_calibrated_number_counts_for_nothing(runs):
    rows = {row.quantity.name: row for row in compare(runs)}
    row = rows["t_s at κ = 2 K/nm, T0 = 100 K"]
    assert row.verdict("activated") == "calibrated"
    assert row.verdict("as-printed") in ("yes", "no")


def test_a_run_that_did_not_come_to_rest_has_no_settling_time(runs):
    run = runs["activated"][PAPER_WALL].copy()
    run.attrs["stopped_because"] = "end_time"
    assert math.isnan(measures.settling_time(run))
    assert measures.falls([3.0, 2.0, 1.0])
    assert not measures.falls([3.0, float("nan"), 1.0])


def test_final_angle_tells_parallel_from_antiparallel(runs):
    run = runs["activated"][PAPER_WALL].copy(deep=True)
    run["spin_accumulation"] = 2e22 * run["magnetisation"]
    assert measures.final_angle(run) < 1e-6
    run["spin_accumulation"] = -run["spin_accumulation"]
    assert measures.final_angle(run) == pytest.approx(180.0)


def test_without_b_the_thermal_torque_cancels_only_if_a_is_u_times_n(runs):
    frame = measures.start(runs["activated"][PAPER_WALL]).copy(deep=True)
    u = TorqueTerms.of(frame).u
    frame["thermal_current_a"] = u * frame["thermal_charge_density"]
    terms = TorqueTerms.of(frame).thermal_without_b()
    scale = max(abs(term).max() for term in terms)
    assert abs(np.sum(terms, axis=0)).max() < 1e-14 * scale
    frame["thermal_current_a"] = 1.01 * frame["thermal_current_a"]
    terms = TorqueTerms.of(frame).thermal_without_b()
    assert abs(np.sum(terms, axis=0)).max() > 1e-3 * scale


def test_findings_follow_the_numbers(runs):
    assert not cancellation(runs["activated"][PAPER_WALL]).agrees  # the stand-in's A is not u n_T
    assert bauer_factor(runs["activated"][PAPER_WALL]).agrees
    wrong = runs["activated"][PAPER_WALL].copy()
    wrong.attrs["beta_q"] = 1.0 / wrong.attrs["xi"]
    assert not bauer_factor(wrong).agrees
    assert not sensitivity(runs).agrees  # the stand-in's torque depends on E by 1 %
