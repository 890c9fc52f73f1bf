"""The torque of a result in the form of Zhang and Li that other simulators have."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import jax.numpy as jnp
import numpy as np
import xarray as xr

from boltzwall.build.problem import Problem
from boltzwall.config.config import Config
from boltzwall.errors import InputError
from boltzwall.numerics.frames import derivative_along
from boltzwall.physics.waveforms import AlwaysOn, Waveform
from boltzwall.transport.consistent.outputs import torque_parameters
from boltzwall.values import Values

_NEAR = 0.01  # relative: what differs by less is no remark


@dataclass(frozen=True)
class Torque:
    """T = (u f(t) + v) (−∂xM + β M×∂xM), [C6]; u > 0 moves a wall to +x.

    Attributes:
        driven: u of what follows the electric waveform f, m/s, (cells,).
        steady: v of what does not, m/s: the gradient's part.
        beta: β.
        waveform: f.
        polarisation: P of the driven part, by [C5]; None where it is not known.
        current: the wire's own charge current density at f = 1, A/m²; None likewise.
        remarks: what this form leaves out of the result's torque.
    """

    driven: Values
    steady: float
    beta: float
    waveform: Waveform
    polarisation: float | None = None
    current: float | None = None
    remarks: tuple[str, ...] = ()

    @property
    def full(self) -> Values:
        """u + v, the velocity at f = 1, m/s, (cells,)."""
        return self.driven + self.steady


def torque_of(
    dataset: xr.Dataset, still: xr.Dataset, resolved: Problem, offset: float
) -> Torque | None:
    """The torque of the state ``still`` of ``dataset``; None without electrons or drive.

    Raises:
        InputError: the result holds neither u and β nor a torque to take them from.
    """
    if not resolved.kinetic:
        return _known_form(resolved, offset)
    if {"effective_velocity", "electrical_velocity"} <= _names(still):
        found = _of_two_drives(still, resolved)
    else:
        found = _projected(still, resolved.config)
    if not np.all(np.isfinite([*found.full, found.beta])):
        raise InputError(
            "The result must hold a finite torque of a texture, but it does not: without a wall "
            "or another texture u and β mean nothing. Export another state."
        )
    if not np.any(found.full):
        return None
    remarks = (*found.remarks, *_changes(dataset))
    return Torque(**{**vars(found), "remarks": remarks})


def _known_form(resolved: Problem, offset: float) -> Torque | None:
    config, form = resolved.config, resolved.electrons(offset).form
    if form is None:
        return None
    given = config.transport.polarisation is not None and config.transport.u is None
    return Torque(
        driven=np.asarray(form.velocity, dtype=float),
        steady=0.0,
        beta=float(form.beta),
        waveform=resolved.waveforms.electric,
        polarisation=config.transport.polarisation if given else None,
        current=config.drive.current_density if given else None,
    )


def _of_two_drives(still: xr.Dataset, resolved: Problem) -> Torque:
    """u and β that the run computed, split into the current's part and the gradient's."""
    total, beta = _number(still, "effective_velocity"), _number(still, "effective_beta")
    config, waveform = resolved.config, resolved.waveforms.electric
    now = float(waveform.at(jnp.asarray(float(still.get("time", 0.0)))))
    current = _full_current(still, config)
    driven, driven_beta = 0.0, 0.0
    if current != 0.0:
        driven = _number(still, "electrical_velocity") * current
        driven_beta = _number(still, "electrical_beta")
    whole = total + driven * (1.0 - now)
    if whole == 0.0:
        return Torque(np.zeros(config.wire.cells), 0.0, 0.0, AlwaysOn())
    # β u at full drive; β has no meaning where there is no torque.
    across = (beta * total if total else 0.0) + driven_beta * driven * (1.0 - now)
    remarks = list(_KINETIC)
    apart = abs(across / whole - driven_beta) > _NEAR * abs(driven_beta)
    if driven and apart and not isinstance(waveform, AlwaysOn):
        remarks.append(
            "the gradient's part of the torque has another beta than the current's, "
            f"{driven_beta:.4g}: beta is that of the whole at full drive"
        )
    polarisation = _number(still, "electrical_polarisation")
    known = current != 0.0 and 0.0 < abs(polarisation) <= 1.0
    return Torque(
        driven=np.full(config.wire.cells, driven),
        steady=_digits(whole - driven),
        beta=_digits(across / whole),
        waveform=waveform,
        polarisation=polarisation if known else None,
        current=current,
        remarks=tuple(remarks),
    )


def _full_current(still: xr.Dataset, config: Config) -> float:
    """j of the whole drive in A/m²; with a waveform, of its full height and the field alone."""
    if config.drive.circuit == "open":
        return 0.0
    if config.drive.current_density is not None:
        return config.drive.current_density
    if config.drive.electric_waveform == "constant":
        return _number(still, "charge_current_density")
    return _number(still, "conductivity_texture") * config.drive.electric_field


def _projected(still: xr.Dataset, config: Config) -> Torque:
    """u and β of a torque of any form, by the projections of [C6]."""
    if "torque_total" not in still:
        raise InputError(
            "The result must hold `effective_velocity` and `effective_beta`, or `torque_total`, "
            "but it holds none. Export a result of `boltzwall run` or `boltzwall transport`."
        )
    m, torque = (
        jnp.asarray(still[name].transpose("x", "component").to_numpy())
        for name in ("magnetisation", "torque_total")
    )
    spacing = jnp.asarray(config.wire.length / config.wire.cells)
    found = torque_parameters(m, spacing, torque)
    u, beta = _digits(float(found.u)), _digits(float(found.beta))
    slope = derivative_along(m, spacing)
    slope = slope - jnp.sum(slope * m, axis=-1, keepdims=True) * m
    rest = torque + u * (slope - beta * jnp.cross(m, slope))
    share = float(jnp.sqrt(jnp.sum(rest**2) / jnp.sum(torque**2)))
    remarks = list(_KINETIC)
    if share > 0.5 * _NEAR:
        remarks.append(f"{share:.0%} of the torque, root mean square along the wire: no such form")
    if config.drive.electric_waveform != "constant":
        remarks.append("drive.electric_waveform: the torque is that of the exported state")
    return Torque(
        driven=np.full(config.wire.cells, u),
        steady=0.0,
        beta=beta,
        waveform=AlwaysOn(),
        current=_number(still, "charge_current_density"),
        remarks=tuple(remarks),
    )


_KINETIC = (
    "the torque's own profile along the wall, and what changes in it while the wall moves: it is "
    "-u dM/dx + beta u M x dM/dx here, with u and beta of the exported state",
)


def _changes(dataset: xr.Dataset) -> Iterator[str]:
    """How u and β move in the run."""
    for name, symbol, unit in (("effective_velocity", "u", " m/s"), ("effective_beta", "beta", "")):
        if name in dataset and "time" in dataset[name].dims:
            values = dataset[name].to_numpy()
            values = values[np.isfinite(values)]
            if values.size and np.ptp(values) > _NEAR * np.max(np.abs(values)):
                yield (
                    f"in the run {symbol} lies between {values.min():.4g} and "
                    f"{values.max():.4g}{unit}"
                )


def _digits(value: float) -> float:
    """Nine digits: computed numbers are not better than that."""
    return float(f"{value:.9g}")


def _names(still: xr.Dataset) -> set[str]:
    return {str(name) for name in (*still.data_vars, *still.attrs)}


def _number(still: xr.Dataset, name: str) -> float:
    """A variable averaged over what dimensions it has, else an attribute, else nan."""
    if name in still:
        return float(still[name].mean())
    value = still.attrs.get(name)
    return float(value) if isinstance(value, int | float) else math.nan
