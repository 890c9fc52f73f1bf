"""What another simulator needs of a result: the wire, its constants and fields, the torque."""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import xarray as xr

from boltzwall.build.problem import Problem
from boltzwall.config import Config, load_config
from boltzwall.export.torque import Torque, torque_of
from boltzwall.io.settings import config_of
from boltzwall.io.states import Time, WireState, instant, state_at
from boltzwall.physics.llg import Magnet
from boltzwall.values import Values

_TERMS = ("exchange", "uniaxial_anisotropy", "hard_axis_anisotropy")
_CONSTANTS = {"exchange": "exchange_stiffness"}


@dataclass(frozen=True)
class Snapshot:
    """A wire as it stands at one saved time, and what acts on it; SI units.

    Cells of a cross-section S (relative to the nominal one) are those of a straight wire whose Ms,
    A, K and D are S times as large: energies, moments and the current per cross-section are then
    the same.

    Attributes:
        state: M(x), its mesh, and Ms S.
        config: the configuration, with the field terms that are exported.
        magnet: γ0, α, cells and field terms.
        torque: None where there is none.
        temperature: T in K, (cells,).
        notes: what a reader of the script should know.
        remarks: what no script takes over.
    """

    state: WireState
    config: Config
    magnet: Magnet
    torque: Torque | None
    temperature: Values
    notes: tuple[str, ...]
    remarks: tuple[str, ...]

    @property
    def area(self) -> Values:
        """S, (cells,)."""
        return np.asarray(self.magnet.cells.area, dtype=float)

    @property
    def saturation(self) -> Values:
        """Ms S in A/m, (cells,)."""
        return np.asarray(self.magnet.cells.magnetisation, dtype=float) * self.area

    @property
    def start(self) -> float:
        """The time of the state, s."""
        return self.state.time or 0.0

    @property
    def duration(self) -> float:
        """How long the run goes on from the state, s; the whole run from its last state."""
        end = self.config.dynamics.end_time
        return end - self.start if self.start < end * (1.0 - 1e-9) else end


def problem_of(dataset: xr.Dataset, time: Time = None) -> Snapshot:
    """What another simulator needs of one state of a result.

    Arguments:
        dataset: a run, or a transport solution.
        time: as `state_at` takes it, but None is "first".

    Returns:
        The wire with its constants, fields, torque and M, and remarks on what cannot be exported.

    Raises:
        InputError: the result has no configuration, no magnetisation or no torque that can be used.
    """
    when = "first" if time is None else time
    still, _ = instant(dataset, when)
    config = _config(dataset)
    # Electrons in time begin without a torque: what they do once they follow is in the last state.
    lagging = time is None and config.transport.time_dependent and "time" in dataset.dims
    acting = instant(dataset, "last")[0] if lagging else still
    offset = float(still["window_offset"]) if "window_offset" in still else 0.0
    begin, _ = instant(dataset, "first")
    initial = begin["magnetisation"].transpose("x", "component").to_numpy()
    resolved = Problem.of(config, initial)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Ms is that of the cells, below
        state = state_at(dataset, when)
    problem = Snapshot(
        state=state,
        config=config,
        magnet=resolved.magnet(offset),
        torque=torque_of(dataset, acting, resolved, offset),
        temperature=np.broadcast_to(still["temperature"].to_numpy(), (config.wire.cells,)),
        notes=tuple(_notes(config)),
        remarks=tuple(_remarks(dataset, config)),
    )
    return replace(problem, state=replace(state, saturation=problem.saturation))


def _config(dataset: xr.Dataset) -> Config:
    """The configuration; a transport solution without field terms gets those that it knows."""
    config = load_config(config_of(dataset))
    if "time" in dataset.dims or any(getattr(config.field, term) for term in _TERMS):
        return config
    known: dict[str, Any] = {
        term: True
        for term in _TERMS
        if getattr(config.material, _CONSTANTS.get(term, term)) is not None
    }
    given = config_of(dataset)
    return load_config({**given, "field": {**given.get("field", {}), **known}})


def _notes(config: Config) -> Iterator[str]:
    if not config.field.exchange:
        yield "there is no exchange in [field], and A is 0 here as well"
    if config.wire.width is None or config.wire.thickness is None:
        yield "wire.width or wire.thickness is not given; the cell's edge dx stands for it"


def _remarks(dataset: xr.Dataset, config: Config) -> Iterator[str]:
    if "time" not in dataset.dims:
        return
    if config.dynamics.magnetisation == "fixed":
        yield 'dynamics.magnetisation = "fixed": M moves here'
    if config.transport.time_dependent:
        yield (
            "transport.time_dependent: the electrons follow at once here, with the torque of the "
            "last state"
        )
    changes = config.heat.kind != "none" or config.temperature.kind == "history"
    moved = config.dynamics.moving_window  # T in its cells changes then, but not in the lab
    if changes or ("time" in dataset["temperature"].dims and not moved):
        yield "the change of T in time: it is that of the exported state"
    if dataset.attrs.get("stopped_because") == "steady":
        yield (
            f"the stop at rest, after {float(dataset['time'][-1]):.4g} s: the run goes on to "
            "dynamics.end_time"
        )
