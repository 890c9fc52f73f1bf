"""Compiled programs are given back before Linux kills the process for its memory maps."""

import jax
import jax.numpy as jnp
import pytest

from boltzwall.compilation import cache


@pytest.fixture
def program():
    compiled = jax.jit(lambda x: 2.0 * x + 1.0)
    compiled(jnp.zeros(3))
    return compiled


@pytest.fixture
def granted(monkeypatch, tmp_path):
    """Sets how many maps a process may hold."""

    def grant(maps: int) -> None:
        file = tmp_path / "max_map_count"
        file.write_text(f"{maps}\n")
        monkeypatch.setattr(cache, "_MOST_MAPS", file)

    return grant


@pytest.fixture(autouse=True)
def look_each_time(monkeypatch):
    monkeypatch.setattr(cache, "_REST", -1.0)


@pytest.mark.slow
@pytest.mark.skipif(not cache._MAPS.exists(), reason="no Linux")
def test_programs_are_forgotten_at_half_of_the_maps(program, granted):
    held = cache._MAPS.read_bytes().count(b"\n")
    granted(4 * held)
    cache.free_compiled_code()
    assert program._cache_size() == 1
    granted(held)
    cache.free_compiled_code()
    assert program._cache_size() == 0
    assert program(jnp.ones(3))[0] == 3.0


def test_without_maps_nothing_is_forgotten(program, monkeypatch, tmp_path):
    monkeypatch.setattr(cache, "_MAPS", tmp_path / "missing")
    cache.free_compiled_code()
    assert program._cache_size() == 1


@pytest.mark.slow
@pytest.mark.skipif(not cache._MAPS.exists(), reason="no Linux")
def test_maps_are_not_counted_again_at_once(program, granted, monkeypatch):
    monkeypatch.setattr(cache, "_REST", 3600.0)
    monkeypatch.setattr(cache, "_looked", [cache.time.monotonic()])
    granted(1)
    cache.free_compiled_code()
    assert program._cache_size() == 1
