"""`boltzwall sweep` as a user runs it: alone, on Dask, killed, interrupted, asked for its state."""

import os
import random
import signal
import time

import pytest
import xarray as xr

from tests.cli.commands import boltzwall, finish, start

STUDY = """
[wire]
length = "100 nm"
cells = 40
[texture]
kind = "bloch"
width = "11 nm"
[material]
uniaxial_anisotropy = 1e5
[temperature]
kind = "uniform"
value = 300.0
[drive]
electric_field = 0.0
[field]
exchange = true
uniaxial_anisotropy = true
[transport]
model = "zhang-li"
u = 10.0
beta = 0.1
[dynamics]
end_time = "40 ps"
save_interval = "10 ps"
stop = "end"
[sweep]
batch = 2
[[sweep.axes]]
key = "transport.u"
start = 1.0
stop = 60.0
count = 60
"""
KILLS = 5  # here; validation/sweep_kills.py does twenty


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "study.toml").write_text(STUDY)
    return tmp_path


def objects(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def committed(store):
    return len(list(store.glob("batches/*/zarr.json")))


@pytest.mark.slow
def test_status_forecast_result_and_picture(folder):
    small = STUDY.replace("count = 60", "count = 4")
    (folder / "study.toml").write_text(small)
    before = boltzwall("sweep", "study.toml", "--status", cwd=folder)
    assert "none computed" in before.stdout
    forecast = boltzwall("sweep", "study.toml", "--dry-run", cwd=folder)
    assert forecast.returncode == 0, forecast.stderr
    assert "4, in 2 batches of at most 2" in forecast.stdout
    assert not (folder / "study.zarr").exists()
    done = boltzwall("sweep", "study.toml", "-q", cwd=folder)
    assert done.returncode == 0, done.stderr
    first, _, *table = done.stdout.splitlines()
    assert first == "4 of 4 points done: study.nc, kept in study.zarr"
    assert table[0].split() == ["transport.u", "wall", "velocity", "regime"]
    alpha, beta = 0.2, 0.1  # [M8]: a wall that is free to turn moves at (1 + αβ)u/(1 + α²)
    for row in table[1:]:
        u, velocity = float(row.split(" m/s")[0]), float(row.split()[2])
        assert velocity == pytest.approx((1.0 + alpha * beta) / (1.0 + alpha**2) * u, rel=0.02)
    assert "done     4 (100.0%)" in boltzwall("sweep", "study.toml", "--status", cwd=folder).stdout
    result = xr.open_dataset(folder / "study.nc")
    assert result["mean_wall_velocity"].dims == ("transport.u",)
    drawn = boltzwall("plot", "study.nc", cwd=folder)
    assert drawn.returncode == 0, drawn.stderr
    # Once more: nothing to compute, and the former result is replaced; nothing else would be.
    assert boltzwall("sweep", "study.toml", "-q", cwd=folder).returncode == 0
    (folder / "notes.nc").write_text("mine")
    refused = boltzwall("sweep", "study.toml", "-o", "notes.nc", cwd=folder)
    assert refused.returncode == 2
    assert (folder / "notes.nc").read_text() == "mine"


@pytest.mark.slow
def test_killed_at_random_moments_it_ends_with_the_store_of_an_undisturbed_run(folder):
    generator = random.Random(5)
    store = folder / "study.zarr"
    undisturbed = boltzwall("sweep", "study.toml", "-q", "--store", "whole.zarr", "-o", "w.nc",
                            cwd=folder)  # fmt: skip
    assert undisturbed.returncode == 0, undisturbed.stderr
    for kill in range(KILLS):
        held = committed(store)
        process = start("sweep", "study.toml", "-q", "--workers", "2", cwd=folder, env={})
        while process.poll() is None and committed(store) == held:
            time.sleep(0.005)
        time.sleep(generator.uniform(0.0, 0.03))
        before = objects(store)
        process.kill()
        process.communicate()
        complete = [name for name in before if name.endswith("zarr.json")]
        after = objects(store)
        assert all(after[name] == before[name] for name in complete), kill
    assert 0 < committed(store) < 30
    last = boltzwall("sweep", "study.toml", "-q", cwd=folder)
    assert last.returncode == 0, last.stderr
    assert objects(store) == objects(folder / "whole.zarr")


def test_interrupted_it_says_how_to_go_on(folder):
    store = folder / "study.zarr"
    process = start("sweep", "study.toml", "-q", cwd=folder, env={})
    while process.poll() is None and committed(store) < 1:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    status, _, err = finish(process)
    assert status == 130, err
    assert "the same command goes on from it" in err
    assert 1 <= committed(store) <= 30


@pytest.mark.slow
def test_workers_of_a_cluster_may_die(folder):
    generator = random.Random(7)
    process = start("sweep", "study.toml", "-q", "--scheduler", "local", "--workers", "2",
                    cwd=folder, env={})  # fmt: skip
    store = folder / "study.zarr"
    kills = 0
    while process.poll() is None and kills < 2:
        if committed(store) > 2 * kills:
            time.sleep(generator.uniform(0.0, 0.02))
            workers = worker_processes(process.pid)
            if workers:
                os.kill(generator.choice(workers), signal.SIGKILL)
                kills += 1
        time.sleep(0.01)
    status, out, err = finish(process)
    assert status == 0, err
    assert kills == 2
    assert out.startswith("60 of 60 points done")
    whole = boltzwall("sweep", "study.toml", "-q", "--store", "w.zarr", "-o", "w.nc", cwd=folder)
    assert whole.returncode == 0
    assert objects(store) == objects(folder / "w.zarr")


def worker_processes(root):
    """Processes below ``root`` that compute: the grandchildren that hold a worker."""
    parents = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                with open(f"/proc/{entry}/stat") as file:
                    parents[int(entry)] = int(file.read().rsplit(")", 1)[1].split()[1])
                with open(f"/proc/{entry}/cmdline") as file:
                    if "spawn_main" not in file.read():
                        parents.pop(int(entry))
            except OSError:
                continue
    return [process for process, parent in parents.items() if parent == root]
