"""The eyes of these tests: each flaw that they look for is found where it is."""

import pytest

from boltzwall.plot.theme import new_figure, theme
from tests.plot.drawn import flaws


@pytest.fixture
def figure():
    with theme():
        return new_figure(4.0, 3.0, layout="constrained")


def test_a_plain_figure_has_no_flaw(figure):
    panel = figure.subplots()
    panel.plot([0.0, 1.0], [0.0, 1.0], label="line")
    panel.set(xlabel="x", ylabel="y", title="title")
    panel.legend(loc="upper left")
    assert flaws(figure) == []


def test_texts_over_each_other_are_found(figure):
    figure.text(0.5, 0.5, "first")
    figure.text(0.51, 0.5, "second")
    assert flaws(figure) == ["over each other: ('first', 'second')"]


def test_texts_off_the_page_are_found(figure):
    figure.text(0.95, 0.5, "a long text at the edge")
    assert flaws(figure) == ["cut off: 'a long text at the edge'"]


def test_ticks_of_many_digits_are_found(figure):
    panel = figure.subplots()
    panel.ticklabel_format(useOffset=False)
    panel.plot([0.0, 1.0], [1.0, 1.0 + 1e-10])
    assert any(flaw.startswith("long tick: '1.0000000000") for flaw in flaws(figure))


def test_a_legend_across_a_curve_is_found(figure):
    panel = figure.subplots()
    panel.plot([0.0, 0.5, 1.0], [0.0, 0.5, 1.0], label="line")
    panel.legend(loc="center")
    panel.set_ylabel("y")
    assert flaws(figure) == ["struck legend beside 'y'"]
