"""Factors of time as an expression of MuMax3, and as a Python function."""

from collections.abc import Iterator
from functools import singledispatch

import numpy as np

from boltzwall.config.units import brief
from boltzwall.physics.waveforms import (
    AlwaysOn,
    LinearRamp,
    Pulse,
    Ramp,
    Sine,
    Tabulated,
    Waveform,
)


@singledispatch
def mumax3_factor(waveform: Waveform) -> str:
    """f(t) in the language of MuMax3's scripts, whose time is t; "" for a factor of one."""
    raise NotImplementedError(f"no expression for {type(waveform).__name__}")


@mumax3_factor.register
def _(waveform: AlwaysOn) -> str:
    return ""


@mumax3_factor.register
def _(waveform: Ramp) -> str:
    return _smooth(float(waveform.start), float(waveform.duration))


@mumax3_factor.register
def _(waveform: LinearRamp) -> str:
    return _part(float(waveform.start), float(waveform.duration))


@mumax3_factor.register
def _(waveform: Pulse) -> str:
    start, rise = float(waveform.start), float(waveform.rise)
    return f"{_smooth(start, rise)}-{_smooth(start + float(waveform.duration), rise)}"


@mumax3_factor.register
def _(waveform: Sine) -> str:
    start, phase = float(waveform.start), float(waveform.phase)
    angle = f"2*pi*{brief(float(waveform.frequency))}*{_since(start)}"
    turned = f"{angle}{_signed(phase)}" if phase else angle
    return f"heaviside({_since(start).strip('()')})*sin({turned})"


@mumax3_factor.register
def _(waveform: Tabulated) -> str:
    """The first value, and at every point what the slope changes by, times the time since."""
    times, values = np.asarray(waveform.times), np.asarray(waveform.values)
    slopes = np.concatenate([[0.0], np.diff(values) / np.diff(times), [0.0]])
    terms = [
        f"{_signed(change)}*max({_since(time).strip('()')},0)"
        for time, change in zip(times, np.diff(slopes), strict=True)
        if change
    ]
    return brief(values[0]) + "".join(terms)


def _smooth(start: float, duration: float) -> str:
    if duration == 0.0:
        return _part(start, duration)
    part = _part(start, duration)
    return f"pow({part},2)*(3-2*{part})"


def _part(start: float, duration: float) -> str:
    """The share of ``duration`` that has gone by, from 0 to 1."""
    if duration == 0.0:
        return f"heaviside({_since(start).strip('()')})"
    return f"min(max({_since(start)}/{brief(duration)},0),1)"


def _since(start: float) -> str:
    return "t" if start == 0.0 else f"(t{_signed(-start)})"


def _signed(value: float) -> str:
    return f"+{brief(value)}" if value >= 0.0 else brief(value)


def python_factor(name: str, waveform: Waveform, start: float = 0.0) -> Iterator[str]:
    """The lines of a Python function ``name`` (t), whose t is 0 at ``start``."""
    yield f"def {name}(t):"
    if start:
        yield f"    t = t + {brief(start)}"
    yield from _body(waveform)


@singledispatch
def _body(waveform: Waveform) -> Iterator[str]:
    raise NotImplementedError(f"no function for {type(waveform).__name__}")


@_body.register
def _(waveform: Ramp) -> Iterator[str]:
    yield f"    return {_rise('t', float(waveform.start), float(waveform.duration))}"


@_body.register
def _(waveform: LinearRamp) -> Iterator[str]:
    yield f"    return {_share('t', float(waveform.start), float(waveform.duration))}"


@_body.register
def _(waveform: Pulse) -> Iterator[str]:
    start, rise = float(waveform.start), float(waveform.rise)
    yield f"    up = {_rise('t', start, rise)}"
    yield f"    down = {_rise('t', start + float(waveform.duration), rise)}"
    yield "    return up - down"


@_body.register
def _(waveform: Sine) -> Iterator[str]:
    start, phase = brief(float(waveform.start)), brief(float(waveform.phase))
    yield f"    angle = 2.0 * np.pi * {brief(float(waveform.frequency))} * (t - {start}) + {phase}"
    yield f"    return float(np.sin(angle)) if t >= {start} else 0.0"


@_body.register
def _(waveform: Tabulated) -> Iterator[str]:
    for key, column in (("times", waveform.times), ("factors", waveform.values)):
        yield f"    {key} = [{', '.join(brief(float(value)) for value in column)}]"
    yield "    return float(np.interp(t, times, factors))"


def _rise(time: str, start: float, duration: float) -> str:
    if duration == 0.0:
        return _share(time, start, duration)
    return f"(lambda s: s**2 * (3.0 - 2.0 * s))({_share(time, start, duration)})"


def _share(time: str, start: float, duration: float) -> str:
    if duration == 0.0:
        return f"float({time} >= {brief(start)})"
    return f"min(max(({time} - {brief(start)}) / {brief(duration)}, 0.0), 1.0)"


def shortest(waveform: Waveform, duration: float) -> float:
    """A time step in s that resolves the waveform within ``duration``."""
    if isinstance(waveform, Sine):
        return min(1.0 / (200.0 * float(waveform.frequency)), duration / 200.0)
    breaks = np.unique([0.0, *waveform.breaks(), duration])
    gaps = np.diff(breaks[(breaks >= 0.0) & (breaks <= duration)])
    return float(max(gaps.min() / 200.0, duration / 100_000.0))
