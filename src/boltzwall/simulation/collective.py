"""The motion of a wall as (q, φ), for comparison with runs and as their quick estimate."""

from typing import Any

import equinox as eqx
import jax.numpy as jnp
import numpy as np
import xarray as xr
from jaxtyping import Array, Float
from numpy.typing import ArrayLike

from boltzwall.build.problem import Problem
from boltzwall.build.waveforms import Waveforms
from boltzwall.config import Config, load_config
from boltzwall.errors import InputError, NumericsError
from boltzwall.io import config_of
from boltzwall.physics.collective import CollectiveWall
from boltzwall.physics.waveforms import Tabulated, Waveform
from boltzwall.result import build_dataset, provenance
from boltzwall.simulation.collective_drive import build_drive
from boltzwall.simulation.collective_wall import (
    FRAMES,
    Currents,
    build_currents,
    build_wall,
    start_of,
)
from boltzwall.typing import Arrays
from boltzwall.values import Values
from boltzwall.variables import WALL_REGIMES
from boltzwall.walls.motion import WallPath, judge, motion_arrays

_TOLERANCE = 1e-10  # of a step, relative, and absolute in units of Δ and rad


def collective_coordinates(
    config: Any = None,
    u: float | xr.Dataset | None = None,
    beta: float | None = None,
    times: ArrayLike | None = None,
) -> xr.Dataset:
    """The wall's position q and tilt φ against time, from [M8] alone.

    γ0, α, Ms, A, K, K⊥, D, H(t) and the spin–orbit torque come from the configuration, local
    demagnetising factors are added to K and K⊥, and Δ follows φ, [M8a]. Thermal noise has no part
    in it, nor have the fields across the wall any in Δ.

    Arguments:
        config: a Config, a dict shaped like the TOML, a path, or None; or the Dataset of a run,
            whose configuration, first q and φ, u(t), β(t) and times are then taken.
        u: in m/s, of the torque −u ∂xM + βu M×∂xM, to be multiplied by the electric waveform; or a
            Dataset with `effective_velocity` and `effective_beta`, of `solve_transport` (likewise)
            or of a run (as it is, against time). Without it, that of the configuration's torque.
        beta: β; without it, of the configuration's torque or of the Dataset.
        times: when the result is wanted, s, increasing from 0 or later; without it, as a run saves.

    Returns:
        A Dataset with `wall_position`, `wall_velocity`, `wall_tilt` and `wall_width` over `time`,
        what runs say of a wall's motion (`mean_velocity` with its error, kind and time,
        `precession_frequency`, …), and the attributes wall_regime, walker_field in A/m and, for a β
        that is constant, walker_velocity in m/s.

    Raises:
        InputError: the configuration's wall is not a straight wire's wall of the kind "neel",
            "bloch" or "head-to-head" with its easy axis and a hard axis across it, fields act that
            [M8] knows not, a kinetic model without u, or an argument cannot be used.
        NumericsError: the integration failed.

    Examples:
        A field along the easy axis, below Walker's, moves the wall at γ0ΔH/α.

        >>> import boltzwall
        >>> wall = boltzwall.load_config(
        ...     {
        ...         "material": {"damping": 0.1, "exchange_stiffness": "1e-11 J/m",
        ...                      "uniaxial_anisotropy": "1e5 J/m^3"},
        ...         "texture": {"kind": "neel", "width": "10 nm"},
        ...         "transport": {"model": "none"},
        ...         "field": {"exchange": True, "uniaxial_anisotropy": True,
        ...                   "hard_axis_anisotropy": True},
        ...         "drive": {"magnetic_field": [0.0, 0.0, 100.0]},
        ...     },
        ...     ["material.hard_axis_anisotropy=1e5", "dynamics.end_time=2e-9"],
        ... )
        >>> motion = boltzwall.collective_coordinates(wall).isel(time=-1)
        >>> expected = 100.0 * wall.material.gyromagnetic_ratio * motion["wall_width"] / 0.1
        >>> abs(float(motion["wall_velocity"] / expected - 1.0)) < 1e-3
        True
    """
    run = config if isinstance(config, xr.Dataset) else None
    config = load_config(config if run is None else _of_a_run(run))
    problem = Problem.of(config)
    wall = build_wall(problem)
    given = run if run is not None and u is None and "effective_velocity" in run else u
    speed, ratio = build_drive(problem, given, beta)
    wanted = _times(config, times, run)
    motion = _Motion(
        wall,
        jnp.asarray(FRAMES[config.texture.kind].turned(config.drive.magnetic_field)),
        build_currents(problem),
        problem.waveforms,
        speed,
        ratio,
    )
    known = problem.waveforms.breaks(config.dynamics.end_time)
    breaks = {t for t in (*known, *speed.breaks(), *ratio.breaks()) if t > 0.0}
    start = jnp.asarray(start_of(config, run, wall))
    span = (jnp.asarray(wanted[0] if run is not None else 0.0), jnp.asarray(wanted))
    arrays, success = _integrate(motion, start, span, jnp.asarray(sorted(breaks), dtype=float))
    if not success or not all(np.all(np.isfinite(a)) for a in arrays.values()):
        raise NumericsError("The integration of q and φ failed; try a weaker drive.")
    found = {name: np.asarray(values) for name, values in arrays.items()}
    judged = _judged(wanted, found)
    regime = {"wall_regime": WALL_REGIMES[judged["wall_motions"][0]]}
    return build_dataset(
        {"time": wanted, **found, **judged}, _attributes(config, wall, ratio) | regime
    )


def _judged(time: Values, arrays: dict[str, Values]) -> dict[str, Values]:
    """Regime and velocity, as those of a run; here φ is known without jumps, and no end is near."""
    names = ("wall_position", "wall_width", "wall_tilt")
    position, width, tilt = (arrays[name] for name in names)
    unknown = np.full(time.size, np.nan)
    path = WallPath(time, position, width, tilt, np.ones(time.size, dtype=bool), unknown)
    found = motion_arrays([judge(path, ended=False)])
    return found | {"wall_regimes": found["wall_motions"]}


class _Motion(eqx.Module):
    """Right-hand side of [M8]; `strength` H along a, e₁, e₂ in A/m, `speed` u(t), `ratio` β(t)."""

    wall: CollectiveWall
    strength: Float[Array, " 3"]
    currents: Currents
    waveforms: Waveforms
    speed: Waveform
    ratio: Waveform

    def rates(self, t: Array, tilt: Array) -> tuple[Array, Array]:
        electric = self.waveforms.electric.at(t)
        field = self.strength * self.waveforms.magnetic.at(t) + electric * self.currents.field
        push = electric * self.currents.push
        return self.wall.rates(
            tilt,
            (field[0], field[1], field[2]),
            self.speed.at(t),
            self.ratio.at(t),
            (push[0], push[1]),
        )


@eqx.filter_jit
def _integrate(
    motion: _Motion, start: Array, span: tuple[Array, Array], breaks: Array
) -> tuple[Arrays, Array]:
    import diffrax  # not before: it takes long to import

    first, wanted = span
    unit = motion.wall.width(jnp.zeros(()))

    def rate(t: Any, y: Array, _: Any) -> Array:
        forward, turn = motion.rates(t, y[1])
        return jnp.stack([forward / unit, turn])

    control: Any = diffrax.PIDController(rtol=_TOLERANCE, atol=_TOLERANCE)
    if breaks.size:
        control = diffrax.ClipStepSizeController(control, step_ts=breaks)
    solution = diffrax.diffeqsolve(
        diffrax.ODETerm(rate),
        diffrax.Dopri8(scan_kind="lax"),
        t0=first,
        t1=jnp.maximum(wanted[-1], first + 1e-18),
        dt0=None,
        y0=start / jnp.stack([unit, jnp.ones(())]),
        stepsize_controller=control,
        saveat=diffrax.SaveAt(ts=wanted),
        max_steps=1_000_000,
        adjoint=diffrax.ForwardMode(),
        throw=False,
    )
    q, tilt = unit * solution.ys[:, 0], solution.ys[:, 1]
    velocity, _ = eqx.filter_vmap(motion.rates)(wanted, tilt)
    arrays = {
        "wall_position": q,
        "wall_velocity": velocity,
        "wall_tilt": tilt,
        "wall_width": motion.wall.width(tilt),
    }
    return arrays, solution.result == diffrax.RESULTS.successful


def _of_a_run(run: xr.Dataset) -> dict[str, Any]:
    if "wall_position" not in run:
        raise InputError(
            "Argument `config` must be a configuration or the Dataset of a run, but this Dataset "
            "holds no wall. Give the configuration."
        )
    return config_of(run)


def _times(config: Config, times: ArrayLike | None, run: xr.Dataset | None) -> Values:
    if times is None:
        if run is not None:
            return np.asarray(run["time"].values, dtype=float)
        end, interval = config.dynamics.end_time, config.dynamics.save_interval
        saved = interval * np.arange(round(end / interval) + 1)
        saved = saved[saved < end * (1.0 - 1e-12)]
        return np.append(saved, end)
    wanted = np.atleast_1d(np.asarray(times, dtype=float))
    if wanted.ndim != 1 or wanted.size == 0 or not np.all(np.isfinite(wanted)):
        raise InputError(
            "Argument `times` must be a sequence of finite times in s, but is not. Give, for "
            "example, numpy.linspace(0, 1e-9, 101)."
        )
    if wanted[0] < 0.0 or not np.all(np.diff(wanted) > 0.0):
        raise InputError(
            "Argument `times` must increase from 0 or later, but does not. Sort it, without "
            "repetitions."
        )
    return wanted


def _attributes(config: Config, wall: CollectiveWall, ratio: Waveform) -> dict[str, Any]:
    found = {
        "title": "Domain wall in collective coordinates",
        **provenance(config.filled()),
        "model": "collective coordinates",
        "walker_field": float(wall.walker_field),
    }
    if isinstance(ratio, Tabulated):
        return found
    return found | {"walker_velocity": float(wall.walker_velocity(ratio.at(jnp.zeros(()))))}
