"""The cache folder: used where it is one's own, left alone where others could put code into it."""

import jax
import pytest

from boltzwall.compilation.cache import keep_compiled_code, writable_by_others


def folder_in_use():
    return jax.config.values["jax_compilation_cache_dir"]


@pytest.fixture
def no_folder():
    before = folder_in_use()
    jax.config.update("jax_compilation_cache_dir", None)
    yield
    jax.config.update("jax_compilation_cache_dir", before)


@pytest.fixture
def place(tmp_path):
    folder = tmp_path / "outer" / "cache"
    folder.mkdir(parents=True)
    return folder


def test_a_folder_of_ones_own_is_used(place, no_folder, monkeypatch, recwarn):
    monkeypatch.setenv("BOLTZWALL_CACHE", str(place / "new"))
    keep_compiled_code()
    assert folder_in_use() == str(place / "new")
    assert (place / "new").stat().st_mode & 0o777 == 0o700
    assert not recwarn.list


@pytest.mark.parametrize("which", ["itself", "above", "of the programs"])
def test_a_folder_that_others_can_write_to_is_refused(place, no_folder, monkeypatch, which):
    open_one = {
        "itself": place,
        "above": place.parent,
        "of the programs": place / "boltzwall-programs",
    }
    open_one[which].mkdir(exist_ok=True)
    open_one[which].chmod(0o777)
    monkeypatch.setenv("BOLTZWALL_CACHE", str(place))
    with pytest.warns(UserWarning, match=f"other users can write to {open_one[which]}: compiled"):
        keep_compiled_code()
    assert folder_in_use() is None


def test_others_may_add_to_a_sticky_folder_above(place):
    place.parent.chmod(0o1777)
    assert writable_by_others(place) is None
    place.chmod(0o1777)
    assert writable_by_others(place) == place


@pytest.mark.parametrize("trouble", ["file", "no home"])
def test_without_a_folder_nothing_is_kept_and_nothing_fails(
    place, no_folder, monkeypatch, recwarn, trouble
):
    monkeypatch.delenv("BOLTZWALL_CACHE", raising=False)
    if trouble == "file":
        (place / "boltzwall").write_text("mine")
        monkeypatch.setenv("XDG_CACHE_HOME", str(place))
    else:

        def homeless():
            raise RuntimeError("Could not determine home directory.")

        monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
        monkeypatch.setattr("boltzwall.compilation.cache.Path.home", homeless)
    keep_compiled_code()
    assert folder_in_use() is None
    assert not recwarn.list
