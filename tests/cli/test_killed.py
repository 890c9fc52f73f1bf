"""Runs that are killed without warning and resumed end with the bits of an undisturbed run."""

import random
import time

import numpy as np
import pytest

from boltzwall.io import read_dataset
from tests.cli.commands import finish, start

pytestmark = pytest.mark.slow

KILLS = 10
CONFIG = """
[material]
preset = "permalloy"
uniaxial_anisotropy = 1e5
[wire]
length = "128 nm"
cells = 32
width = "40 nm"
thickness = "5 nm"
[texture]
kind = "neel"
width = "11 nm"
[temperature]
kind = "linear"
cold_end = 250.0
gradient = "0.1 K/nm"
[transport]
model = "zhang-li"
u = 800.0
beta = 0.02
[field]
exchange = true
uniaxial_anisotropy = true
[dynamics]
end_time = "1 ns"
save_interval = "1 ps"
stop = "end"
checkpoint_interval = 5
moving_window = true
thermal_noise = true
noise_seed = 7
"""


def test_killed_at_ten_random_moments(tmp_path):
    (tmp_path / "case.toml").write_text(CONFIG)
    chance, output = random.Random(3), tmp_path / "killed.nc"
    env = {"BOLTZWALL_CACHE": str(tmp_path / "cache")}
    resume = ("run", "case.toml", "--resume", "--quiet", "-o", output.name)
    for _ in range(KILLS):
        before = output.stat().st_mtime_ns if output.exists() else 0
        process = start(*resume, cwd=tmp_path, env=env)
        while process.poll() is None and (
            not output.exists() or output.stat().st_mtime_ns == before
        ):
            time.sleep(0.005)
        time.sleep(chance.uniform(0.0, 0.3))
        assert process.poll() is None, "the run ended before it could be killed ten times"
        process.kill()
        process.communicate()
        assert read_dataset(output).attrs["stopped_because"] == "running"
    (tmp_path / f".{output.name}.999999999.partial").write_bytes(b"left by a killed process")
    assert finish(start(*resume, cwd=tmp_path, env=env))[0] == 0
    whole = ("run", "case.toml", "--quiet", "-o", "whole.nc")
    assert finish(start(*whole, cwd=tmp_path, env=env))[0] == 0
    killed, undisturbed = read_dataset(output), read_dataset(tmp_path / "whole.nc")
    assert undisturbed.time.size == 1001
    assert np.ptp(undisturbed.window_offset.values) > 100e-9
    for name, variable in undisturbed.variables.items():
        np.testing.assert_array_equal(killed[name].values, variable.values, err_msg=str(name))
    assert list(tmp_path.glob(".*.partial")) == []
