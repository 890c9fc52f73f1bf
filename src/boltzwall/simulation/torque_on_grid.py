"""The torque of a current along x on a magnetisation in two or three dimensions."""

import warnings
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import xarray as xr

from boltzwall.build.rows import RowProblem, checked_directions
from boltzwall.compilation.cache import free_compiled_code
from boltzwall.config.scales import transport_warnings, turn_warning
from boltzwall.field_variables import FIELD_VARIABLES
from boltzwall.numerics.rows import across_rows
from boltzwall.progress import Report, reporting
from boltzwall.result import build_dataset
from boltzwall.simulation.early_warnings import warn_of
from boltzwall.simulation.row_torques import row_torques
from boltzwall.values import Values

PARTS = ("torque_total", "torque_electrical", "torque_thermal", "torque_background")
SAFE_RATIO = 3.0  # of the transverse scale to the mean free path
SPREAD = 0.12  # of β, times (mean free path/transverse scale)²: tilted walls of permalloy
_FLAT = 1e-3  # of the largest |∂xM|: where it is less, u and β mean nothing
_UNIFORM = 1e-10  # of a turn from cell to cell


def torque_field(
    m: Any, spacing: Any, config: Any = None, *, progress: Report | bool | None = True
) -> xr.Dataset:
    """The torque of the conduction electrons on M(x, y, z), with the current along x, [C3].

    Each row of cells along x is a lane of the solver of `solve_transport`: for M that varies along
    x alone this is its answer. What it leaves out is the spread of electrons from row to row, which
    changes the torque by the order of (mean free path/transverse scale)²; both lengths are
    attributes of the result, and a ratio that is not large is warned of.

    Arguments:
        m: unit vectors in the cells, (nx, ny, nz, 3), and zeros in empty cells outside of the
            magnet. A row ends at the magnet's edge as a wire with `transport.boundary` = "bulk"
            does: it goes on beyond with the M of its last cell.
        spacing: edges of a cell in m, (dx, dy, dz) or one number.
        config: as in `solve_transport`; the metal, the temperature, the drive and the electrons.
            x = 0 of T(x) is the first face of the grid. Its wire, texture and dynamics do not
            count. A given current density is that of every row.
        progress: whether a bar is shown once the call takes more than a second.

    Returns:
        A Dataset on (x, y, z): torque_total, its parts torque_electrical and torque_thermal in 1/s;
        magnetisation_torque = Ms torque_total in A/(m s); local_velocity u(r) in m/s and local_beta
        β(r) of T = −u ∂xM + βu M×∂xM; and u and β of the whole field, [C6].

    Raises:
        InputError: ``m``, ``spacing`` or the configuration cannot be used.
        NumericsError: the solution is not finite or did not converge.

    Examples:
        A wall across a strip of permalloy, 8 rows of cells of 4 nm: β exceeds that of a wide wall.

        >>> import boltzwall, numpy
        >>> x = 4e-9 * (numpy.arange(64) - 31.5)
        >>> wall = numpy.stack([-numpy.tanh(x / 20e-9), 1 / numpy.cosh(x / 20e-9), 0 * x], axis=-1)
        >>> strip = numpy.broadcast_to(wall[:, None, None], (64, 8, 1, 3))
        >>> torque = boltzwall.torque_field(
        ...     strip,
        ...     (4e-9, 4e-9, 5e-9),
        ...     {
        ...         "material": {"preset": "permalloy"},
        ...         "temperature": {"kind": "uniform", "value": "300 K"},
        ...         "drive": {"current_density": "-1e12 A/m^2"},
        ...         "transport": {"model": "consistent", "streams": 2, "momentum_nodes": 8},
        ...     },
        ...     progress=False,
        ... )
        >>> dict(torque.sizes)
        {'x': 64, 'y': 8, 'z': 1, 'component': 3}
        >>> round(float(torque["effective_velocity"]), 1)  # u in m/s
        26.6
        >>> round(float(torque["effective_beta"]) / torque.attrs["beta_wide_wall"], 2)
        1.03
    """
    directions, full = checked_directions(m)
    free_compiled_code()
    problem = RowProblem.of(config, full, spacing)
    field = jnp.asarray(directions)
    slope = np.asarray(problem.rows.derivative(field, problem.spacing[0]))
    scale = transverse_scale(directions, slope, full, problem.spacing)
    ratio = scale / problem.free_path
    warn_of([*transport_warnings(problem.config), *_turns(slope, problem)])
    _warn_of_spread(ratio, scale, problem.free_path)
    with reporting("Solving the transport of each row", progress):
        arrays = jax.device_get(row_torques(problem, field, PARTS))
    arrays |= _forms(directions, slope, arrays["torque_total"], problem.spacing[0])
    saturation = problem.saturation[:, None, None, None]
    arrays |= {
        "magnetisation": directions,
        "magnetisation_torque": saturation * arrays["torque_total"],
        "temperature": problem.temperature,
    }
    for axis, count, edge in zip("xyz", full.shape, problem.spacing, strict=True):
        arrays[axis] = (np.arange(count) + 0.5) * edge
    attributes = problem.attributes | {
        "transverse_scale": scale,
        "mean_free_path": problem.free_path,
        "transverse_ratio": ratio,
    }
    return build_dataset(arrays, attributes, FIELD_VARIABLES)


def transverse_scale(
    m: Values, slope: Values, full: Values, spacing: tuple[float, float, float]
) -> float:
    """The length in m over which M changes across the rows; infinite where it does not.

    1/√<|∂yM|² + |∂zM|²>, averaged with the weight |∂xM|² of the places where the torque acts.
    """
    weight = np.sum(slope**2, axis=-1)
    if not np.any(weight):
        return np.inf
    square = np.sum(weight * across_rows(m, full, spacing)) / np.sum(weight)
    return float(1.0 / np.sqrt(square)) if square > 0.0 else np.inf


def _forms(m: Values, slope: Values, torque: Values, spacing: float) -> dict[str, Values | float]:
    """u and β of the field, cell by cell and of all cells together."""
    size = np.sum(slope**2, axis=-1)
    onward = -np.sum(torque * slope, axis=-1)
    across = np.sum(torque * np.cross(m, slope), axis=-1)
    # A uniform M leaves rounding alone, and no torque has no β.
    texture = np.where(size * spacing**2 > _UNIFORM**2, size, np.nan)
    local = np.where(size > _FLAT**2 * size.max(), texture, np.nan)
    total = np.nansum(texture) if np.any(torque) else 0.0
    u, turned = (np.sum(part) / total if total else np.nan for part in (onward, across))
    velocity = onward / local
    return {
        "local_velocity": velocity,
        "local_beta": across / local / np.where(velocity == 0.0, np.nan, velocity),
        "effective_velocity": u,
        "effective_beta": turned / u if u else np.nan,
    }


def _turns(slope: Values, problem: RowProblem) -> list[str]:
    """Whether the cells are too coarse along x."""
    turn = float(np.linalg.norm(slope, axis=-1).max()) * problem.spacing[0]
    return list(turn_warning(turn, problem.config.wire.cells))


def _warn_of_spread(ratio: float, scale: float, path: float) -> None:
    """Say so where electrons fly on into rows with another M."""
    if ratio < SAFE_RATIO:
        warnings.warn(
            f"The magnetisation changes across the rows within {scale * 1e9:.3g} nm, only "
            f"{ratio:.2g} mean free paths ({path * 1e9:.3g} nm). The spread of electrons from row "
            f"to row, which the torque leaves out, changes β by some {100 * SPREAD / ratio**2:.2g} "
            "% (u by a tenth of that): the torque is right where this ratio is large.",
            stacklevel=3,
        )
