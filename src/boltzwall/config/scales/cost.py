"""What a run will cost: steps, solutions, time and size, by formulas fitted to measured runs.

Estimates, right within a factor of three on an idle machine like that of docs/benchmarks.md, once
the code is compiled (which takes up to half a minute the first time). Where they come from stands
in docs/numerics.md, "What a run costs".
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from boltzwall.config.completion import highest_frequency
from boltzwall.config.config import Config
from boltzwall.config.scales.common import Scale
from boltzwall.config.scales.held_walls import held_wall
from boltzwall.config.scales.wall_advice import expected_motion
from boltzwall.config.scales.walls import ExpectedWall
from boltzwall.constants import VACUUM_PERMEABILITY

_HOUR, _GIGABYTE = 3600.0, 1e9
_KINETIC = ("published", "consistent")
# Measured; see docs/numerics.md.
_ACCURACY = 0.46  # evaluations, of the semi-implicit method
_SHARE = 0.01  # of the relative tolerance that counts: where M is small, the absolute one does
_REFERENCE = 35.0  # wall widths in the wire of the measured runs
_ADJUSTING = 0.03  # of its own frequency: the pace of a wall that was not relaxed
_STABILITY = 3.3  # evaluations of the explicit method, over the highest frequency
_UNKNOWN_PACE = 1e9  # 1/s
_HELD = 0.3  # solutions while the wall goes its own width, times the root of the tolerance
_FIRST_HELD = 80.0  # solutions until the interval of a held torque has grown
_OUTPUTS = 4.0  # solutions that the outputs of a saved state are worth
_FIELD, _NOISE, _CONVOLUTION = 8e-8, 4e-7, 4e-7  # s for a cell
# Of one solution: s for a cell and momentum, and s besides.
_MARCH, _BOUNDARY_VALUES = (1.3e-7, 2e-4), (5e-6, 0.0)
_TWO_STREAMS, _MANY_STREAMS = (3.3e-7, 1.5e-3), (1.0e-5, 2e-2)
_NUMBERS = {"published": 51.0, "consistent": 50.0, "none": 6.0}  # of a cell in a saved state
_BESIDE, _HEAD = 220.0, 1.2e5  # bytes of a saved state beside its cells, and of an empty file
_PACKED = 0.9  # what compression leaves


@dataclass(frozen=True)
class Cost:
    """What a run takes if it goes to its end time.

    Attributes:
        states: saved states.
        evaluations: of dM/dt, or steps of the electrons.
        solutions: of the transport; 0 without electrons.
        seconds: on two cores, without compilation.
        bytes: of the file, and about as much memory.
    """

    states: int
    evaluations: float
    solutions: float
    seconds: float
    bytes: float


def expected_cost(config: Config) -> Cost:
    """The cost of a run of this configuration."""
    dynamics, cells = config.dynamics, config.wire.cells
    states = math.ceil(dynamics.end_time / dynamics.save_interval * (1.0 - 1e-9)) + 1
    evaluations = _evaluations(config)
    solutions = _solutions(config, evaluations, states)
    seconds = cells * evaluations * _of_field(config) + solutions * _of_solution(config)
    kept = _HEAD + states * (_BESIDE + cells * _kept(config))
    return Cost(states, evaluations, solutions, seconds, kept)


def cost_scales(config: Config) -> Iterator[Scale]:
    """The size of the run in cells, states, steps, seconds and bytes."""
    cost = expected_cost(config)
    yield Scale("cells", "", config.wire.cells)
    yield Scale("saved states, at most", "", cost.states)
    yield Scale("evaluations of dM/dt, about", "", _round(cost.evaluations))
    if config.transport.model in _KINETIC:
        yield Scale("solutions of the transport, about", "", _round(cost.solutions))
    remark = "estimated, without compilation; less if it comes to rest before its end"
    yield Scale("time, about", "", cost.seconds, "s", remark, duration(cost.seconds))
    memory = "and about as much memory"
    yield Scale("file, about", "", cost.bytes, "B", memory, size(cost.bytes))


def cost_warnings(config: Config) -> Iterator[str]:
    """Before an hour, or a gigabyte."""
    cost, dynamics = expected_cost(config), config.dynamics
    if cost.seconds > _HOUR:
        cures = ["a shorter `dynamics.end_time`", "fewer cells"]
        if config.transport.model in _KINETIC and config.transport.update == "stage":
            cures.append('`transport.update` = 1e-3 instead of "stage"')
        yield (
            f"The run takes about {duration(cost.seconds)}, an estimate: "
            f"{_round(cost.evaluations):g} evaluations of dM/dt in {config.wire.cells} cells. "
            f"It stops earlier with {_listed(cures)}."
        )
    if cost.bytes > _GIGABYTE:
        rare = dynamics.save_interval * cost.bytes / _GIGABYTE
        yield (
            f"The result takes about {size(cost.bytes)} of disk and of memory, for "
            f"{cost.states} saved states. Raise `dynamics.save_interval` to {rare:.2g} s or more."
        )


def duration(seconds: float) -> str:
    """A time as a person says it."""
    for length, unit in ((86400.0, "days"), (3600.0, "h"), (60.0, "min")):
        if seconds >= 2.0 * length:
            return f"{seconds / length:.2g} {unit}"
    return f"{seconds:.2g} s" if seconds >= 1.0 else "under a second"


def size(count: float) -> str:
    """A number of bytes as a person says it."""
    for unit in ("B", "kB", "MB"):
        if count < 1000.0:
            return f"{count:.3g} {unit}"
        count /= 1000.0
    return f"{count:.3g} GB"


def _evaluations(config: Config) -> float:
    """How often dM/dt is computed in the whole run."""
    dynamics, end = config.dynamics, config.dynamics.end_time
    if config.transport.time_dependent:
        return end / dynamics.electron_step
    if dynamics.method == "heun":
        return 2.0 * end / dynamics.noise_step
    saves = 3.0 * end / dynamics.save_interval
    smooth = end * _accuracy_rate(config)
    if dynamics.method == "semi-implicit":
        return saves + smooth
    return saves + max(smooth, end * _STABILITY * highest_frequency(config))


def _accuracy_rate(config: Config) -> float:
    """Evaluations per second that the tolerance of the steps asks for.

    The error of a step of the third-order method is that of (Rω² + R³) dt³, with the pace R of the
    wall in 1/s and the frequency ω of M in its field; it is a mean over the wire, of which the wall
    is a part.
    """
    pace, own = _pace(config), _own_frequency(config)
    if not config.dynamics.relax:
        pace = max(pace, _ADJUSTING * own)
    tolerances = config.dynamics.absolute_tolerance + _SHARE * config.dynamics.relative_tolerance
    wall = held_wall(config)
    part = 1.0
    if isinstance(wall, ExpectedWall):
        part = (_REFERENCE * wall.width(wall.rest) / config.wire.length) ** 0.5
    return _ACCURACY * (part * (pace * own**2 + pace**3) / tolerances) ** (1 / 3)


def _pace(config: Config) -> float:
    """How fast the wall changes its place and tilt, in 1/s; where that is unknown, a GHz."""
    wall = held_wall(config)
    motion = expected_motion(config, wall) if isinstance(wall, ExpectedWall) else None
    return _UNKNOWN_PACE if motion is None else motion.fastest


def _own_frequency(config: Config) -> float:
    """γ0 2K/(µ0Ms) of the wall, or of its field where there is none, in 1/s."""
    wall = held_wall(config)
    if not isinstance(wall, ExpectedWall):
        return 0.0
    height = wall.anisotropy.lowest + wall.anisotropy.hard
    field = 2.0 * height / (VACUUM_PERMEABILITY * wall.magnetisation)
    return wall.gyromagnetic_ratio * field


def _solutions(config: Config, evaluations: float, states: int) -> float:
    """How often the transport is solved: at every evaluation, or as a held torque needs it."""
    if config.transport.model not in _KINETIC:
        return 0.0
    if config.transport.update == "stage" or config.transport.time_dependent:
        return evaluations + _OUTPUTS * states
    moved = config.dynamics.end_time * _pace(config)
    held = _HELD * moved / math.sqrt(float(config.transport.update)) + _FIRST_HELD
    return min(held, evaluations) + _OUTPUTS * states


def _of_field(config: Config) -> float:
    """Seconds of one evaluation without electrons, for one cell."""
    seconds = _FIELD
    if config.dynamics.thermal_noise:
        seconds += _NOISE
    if config.field.demagnetising == "full":
        seconds += _CONVOLUTION
    return seconds


def _of_solution(config: Config) -> float:
    """Seconds of one solution of the transport."""
    transport = config.transport
    if transport.model == "published":
        each, once = _MARCH if transport.inflow == "left" else _BOUNDARY_VALUES
    else:
        each, once = _TWO_STREAMS if transport.streams == 2 else _MANY_STREAMS
    return once + each * config.wire.cells * transport.momentum_nodes


def _kept(config: Config) -> float:
    """Bytes of a saved state for each cell."""
    numbers = _NUMBERS.get(config.transport.model, _NUMBERS["none"])
    return _PACKED * 8.0 * (numbers + config.dynamics.moving_window)


def _round(count: float) -> float:
    """To two digits, as becomes an estimate."""
    return float(f"{count:.2g}")


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])}, or {words[-1]}"
