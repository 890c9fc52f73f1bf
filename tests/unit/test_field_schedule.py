"""How often the field term is iterated, and over how many cells at once."""

from hypothesis import given, settings
from hypothesis import strategies as st

from boltzwall.transport.published.march import _TARGET, LONGEST_CHUNK, FieldSchedule

STEEPEST, TYPICAL = 50.0, 4.0  # norms of the derivative: any distribution, a resolved one


def chosen(push: float, width: float, cells: int) -> FieldSchedule:
    """The schedule, where there is one."""
    schedule = FieldSchedule.choose(push, width, cells)
    assert schedule is not None
    return schedule


def test_without_a_field_the_longest_chunk_is_taken():
    schedule = chosen(0.0, 1.0, 1000)
    assert (schedule.chunk, schedule.iterations) == (LONGEST_CHUNK, 1)
    assert chosen(0.0, 1.0, 7).chunk == 7


def test_a_push_through_a_hundredth_of_a_panel_is_too_strong():
    assert chosen(0.0099, 1.0, 100).chunk == 1
    assert FieldSchedule.choose(0.0101, 1.0, 100) is None


@settings(max_examples=300, deadline=None)
@given(push=st.floats(1e-12, 1.0), width=st.floats(1e-3, 1.0), cells=st.integers(1, 5000))
def test_a_schedule_contracts_and_reaches_its_accuracy(push, width, cells):
    schedule = FieldSchedule.choose(push, width, cells)
    if schedule is None:
        assert push / width * STEEPEST > 0.5
        return
    assert 1 <= schedule.chunk <= min(cells, LONGEST_CHUNK)
    across = push / width * schedule.chunk
    assert across * STEEPEST <= 0.5 * (1.0 + 1e-12)
    assert (across * TYPICAL) ** (schedule.iterations + 1) <= _TARGET * (1.0 + 1e-9)
    weaker = FieldSchedule.choose(0.5 * push, width, cells)
    assert weaker is not None
    assert weaker.chunk >= schedule.chunk
