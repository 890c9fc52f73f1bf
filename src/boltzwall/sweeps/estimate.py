"""What a study will take, from a short measurement."""

import time
from dataclasses import dataclass

from boltzwall.errors import InputError
from boltzwall.simulation import simulate, simulate_batch, solve_transport
from boltzwall.sweeps.study import Study
from boltzwall.sweeps.workforce import Workforce

_STRETCHES = 2  # saved states of the measured runs


@dataclass(frozen=True)
class Estimate:
    """Size and time of a study; ``seconds`` for all points that are not there yet.

    Attributes:
        bytes_kept: of the store, before compression.
        bytes_working: of the batches that are computed at once.
    """

    points: int
    missing: int
    batch_size: int
    seconds_per_point: float
    seconds: float
    bytes_kept: float
    bytes_working: float


def estimate(study: Study, workforce: Workforce, missing: int) -> Estimate:
    """Measure one batch over two saved states after compilation, and scale it."""
    per_point = _measured(study)
    at_once = workforce.count * study.batch_size
    cells, states = study.base.wire.cells, study.saved_states
    kept = {"scalars": 30.0, "final": 60.0 * cells, "all": 60.0 * cells * states}
    return Estimate(
        points=study.size,
        missing=missing,
        batch_size=study.batch_size,
        seconds_per_point=per_point,
        seconds=missing * per_point / min(workforce.count, max(1, missing)),
        bytes_kept=8.0 * kept[study.settings.keep] * study.size,
        bytes_working=8.0 * 60.0 * cells * states * at_once,
    )


def _measured(study: Study) -> float:
    """Seconds per point of one worker, if every run goes to its end time."""
    configs = []
    for point in range(study.size):
        try:
            configs.append(study.config(point))
        except InputError:
            continue
        if len(configs) == study.batch_size:
            break
    if study.settings.kind == "transport":
        return _timed(lambda: solve_transport(configs[0]))
    short = []
    for config in configs:
        given = config.given()
        steps = given.setdefault("dynamics", {})
        steps["end_time"] = _STRETCHES * config.dynamics.save_interval
        steps["checkpoint_interval"] = 1
        short.append(given)
    alone = configs[0].transport.goes_alone
    last = study.settings.keep != "all"
    if configs[0].transport.time_dependent:
        taken = _timed(lambda: simulate(short[0]))
    else:
        chosen = short[:1] if alone else short
        taken = _timed(lambda: simulate_batch(chosen, failures="return", last_only=last))
        taken /= len(chosen)
    return taken * max(1.0, study.saved_states / _STRETCHES)


def _timed(function) -> float:  # type: ignore[no-untyped-def]
    function()
    begin = time.perf_counter()
    function()
    return time.perf_counter() - begin
