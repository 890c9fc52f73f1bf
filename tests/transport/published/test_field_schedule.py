"""How often the field term is iterated."""

from hypothesis import given, settings
from hypothesis import strategies as st

from boltzwall.transport.published.momentum_drift import _TARGET, _TURNS, FieldSchedule

STEEPEST, TYPICAL = 50.0, 4.0  # norms of the derivative: any distribution, a resolved one


def chosen(push: float, width: float, cells: int) -> FieldSchedule:
    """The schedule, where there is one."""
    schedule = FieldSchedule.choose(push, width, cells)
    assert schedule is not None
    return schedule


def test_without_a_field_one_iteration_is_enough():
    schedule = chosen(0.0, 1.0, 1000)
    assert (schedule.iterations, schedule.panelwise) == (1, False)


def test_a_push_through_a_hundredth_of_a_panel_is_too_strong():
    assert chosen(0.0099, 1.0, 100).iterations > 1
    assert FieldSchedule.choose(0.0101, 1.0, 100) is None


@settings(max_examples=300, deadline=None)
@given(push=st.floats(1e-12, 1.0), width=st.floats(1e-3, 1.0), cells=st.integers(1, 5000))
def test_a_schedule_contracts_and_reaches_its_accuracy(push, width, cells):
    schedule = FieldSchedule.choose(push, width, cells)
    if schedule is None:
        assert push / width * STEEPEST > 0.5
        return
    assert push / width * STEEPEST <= 0.5 * (1.0 + 1e-12)
    left = _TURNS * (push / width * TYPICAL) ** (schedule.iterations + 1)
    assert left <= _TARGET * (1.0 + 1e-9)
    weaker = FieldSchedule.choose(0.5 * push, width, cells)
    assert weaker is not None
    assert weaker.iterations <= schedule.iterations
