"""Kill a sweep at twenty random moments, then its Dask workers at twenty: the store is the same.

    python -m validation.sweep_kills [KILLS]

Each time the store is compared, byte by byte, with that of an undisturbed sweep, and no batch that
was complete when the process died may change afterwards.
"""

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.cli.test_sweep_command import STUDY, committed, objects, worker_processes

COMMAND = [sys.executable, "-m", "boltzwall", "sweep", "study.toml", "-q", "--workers", "2"]


def undisturbed(folder: Path) -> dict[str, bytes]:
    subprocess.run([*COMMAND, "--store", "whole.zarr", "-o", "w.nc"], cwd=folder, check=True)
    return objects(folder / "whole.zarr")


def kill_processes(folder: Path, kills: int, generator: random.Random) -> int:
    """SIGKILL at random moments of the whole process, its start too; how many were computing."""
    store, computing = folder / "study.zarr", 0
    for _ in range(kills):
        held = committed(store)
        process = subprocess.Popen(COMMAND, cwd=folder)
        if generator.random() < 0.7:
            while process.poll() is None and committed(store) == held:
                time.sleep(0.002)
            time.sleep(generator.uniform(0.0, 0.05))
        else:
            time.sleep(generator.uniform(0.0, 3.0))
        before = objects(store)
        process.kill()
        process.wait()
        after = objects(store)
        complete = [name for name in before if name.endswith("zarr.json")]
        assert all(after[name] == before[name] for name in complete)
        new = committed(store) - held
        computing += new > 0
    return computing


def kill_workers(folder: Path, kills: int, generator: random.Random) -> int:
    """SIGKILL of workers of a local cluster, in as many sweeps as it takes."""
    done = 0
    while done < kills:
        store = folder / "dask.zarr"
        for path in sorted(store.rglob("*"), reverse=True):
            path.unlink() if path.is_file() else path.rmdir()
        process = subprocess.Popen(
            [*COMMAND, "--scheduler", "local", "--store", "dask.zarr", "-o", "d.nc"], cwd=folder
        )
        while process.poll() is None:
            workers = worker_processes(process.pid)
            if workers and committed(store) and done < kills:
                time.sleep(generator.uniform(0.0, 0.3))
                try:
                    subprocess.run(["kill", "-9", str(generator.choice(workers))], check=True)
                    done += 1
                except subprocess.CalledProcessError:
                    pass
                time.sleep(generator.uniform(0.0, 1.0))
            time.sleep(0.01)
        assert process.returncode == 0
    return done


def main() -> None:
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    generator = random.Random(20)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "study.toml").write_text(STUDY.replace("count = 60", "count = 200"))
        whole = undisturbed(folder)
        computing = kill_processes(folder, kills, generator)
        subprocess.run(COMMAND, cwd=folder, check=True)
        assert objects(folder / "study.zarr") == whole
        print(f"process killed {kills} times, {computing} of them between batches: the same store")
        workers = kill_workers(folder, kills, generator)
        assert objects(folder / "dask.zarr") == whole
        print(f"workers killed {workers} times: the same store")


if __name__ == "__main__":
    main()
