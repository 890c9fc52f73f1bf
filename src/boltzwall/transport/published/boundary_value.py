"""(5),(6) as a boundary-value problem, for windows with electrons of any velocity, [B4].

At each momentum the unknowns at the faces obey, cell by cell, the exact relations between the
amplitudes of right-going and left-going modes on the two faces. Each relation holds a decaying
factor only, so that the block-tridiagonal system is well conditioned for any cell length, also
where marching would grow without bound (|v| < |u|). The relations are those of `march`, written
another way: where both apply they agree to rounding.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import equinox as eqx
import jax
import jax.numpy as jnp
from jaxtyping import Array, Float

from boltzwall.numerics.block_tridiagonal import BlockTridiagonalFactors, factor_block_tridiagonal
from boltzwall.numerics.momentum import GaussPanels
from boltzwall.numerics.two_by_two import mean_decay
from boltzwall.transport.published.cell import Modes, Rates, minus, plus
from boltzwall.transport.published.march import Kinetics, LocalSource, SourceData, SourceOf
from boltzwall.transport.published.sums import Sums
from boltzwall.typing import Quad

InflowOf = Callable[[Array], tuple[Quad, Quad]]


class Turns(NamedTuple):
    """Rotations between the frames of the wire.

    Attributes:
        cells: from the frame of the cell before into the frame of each cell.
        ends: from the frames of the first and of the last cell into frames along M at the ends,
            where the characteristics F ± M·G are told apart.
    """

    cells: Float[Array, "cells 3 3"]
    ends: Float[Array, "2 3 3"]


def solve_boundary_value(
    kinetics: Kinetics, turns: Turns, data: SourceData, source_of: SourceOf, inflow_of: InflowOf
) -> tuple[Sums, Quad | None]:
    """Moments of the solution in every cell, and the cell averages if they are to be kept.

    The field couples momenta. Where it is weak they are solved for all at once, by a few
    iterations; else panel by panel of the momentum grid, since electrons go from panel to panel in
    one direction only, each from the trace of the one before.

    Arguments:
        data: as `march` takes it.
        inflow_of: maps momenta to the data at the left end, in the frame of the first cell, and at
            the right end, in the frame of the last; each characteristic takes what enters there.
    """
    cells, nodal = data
    grid = kinetics.field.grid
    if not isinstance(grid, GaussPanels):
        raise TypeError("Argument `kinetics` must hold a grid of Gauss panels here.")
    upward = kinetics.field.upward
    order = grid.order
    count = grid.widths.size if kinetics.schedule.panelwise else 1

    def downstream(values: Array) -> Array:
        return jnp.where(upward, values, values[::-1])

    def by_panel(values: Array) -> Array:
        return downstream(jnp.moveaxis(values.reshape(values.shape[0], count, -1), 1, 0))

    first = source_of(kinetics, cells, nodal).inflow
    pieces = (downstream(grid.groups(count)), jax.tree.map(by_panel, nodal))

    def panel(carry: tuple[Quad, Sums], piece: Any) -> tuple[tuple[Quad, Sums], Quad | None]:
        inflow, total = carry
        pair, values = piece
        own_grid = GaussPanels(pair, order)
        own = kinetics.on(own_grid)
        source = eqx.tree_at(lambda s: s.inflow, source_of(own, cells, values), inflow)
        faces, mean = _solve_panel(own, turns, source, inflow_of(own_grid.nodes))
        total = jax.tree.map(jnp.add, total, _sums(own, source, faces, mean))
        trace = own_grid.outflow(jnp.stack(mean), upward)[..., None]
        kept = mean if kinetics.keep_distributions else None
        return ((trace[0], trace[1], trace[2], trace[3]), total), kept

    zero = Sums.zero(turns.cells.shape[0])
    (_, total), kept = jax.lax.scan(panel, (first, zero), pieces)
    back = jax.tree.map(lambda a: jnp.moveaxis(downstream(a), 0, 1).reshape(a.shape[1], -1), kept)
    return total, back


def _solve_panel(
    kinetics: Kinetics, turns: Turns, source: LocalSource, inflow: tuple[Quad, Quad]
) -> tuple[Quad, Quad]:
    """(states at the faces, cell averages) on some momenta, the field term by GMRES.

    All are nan where GMRES does not converge.
    """
    system = _System.of(kinetics, turns)
    field, rates = kinetics.field, kinetics.rates

    def driven(rest: Quad, tilt: Quad | None, ends: tuple[Quad, Quad], data: Quad) -> Quad:
        _, mean = system.solve(rest, tilt, ends)
        return rates.relax(field.source(mean, data))

    nothing = jax.tree.map(jnp.zeros_like, (inflow, source.inflow))
    import lineax as lx  # here, since few runs need it and it takes long to import

    operator = lx.FunctionLinearOperator(
        lambda rest: minus(rest, driven(rest, None, *nothing)),
        jax.eval_shape(lambda: source.rest),
    )
    none = jax.tree.map(jnp.zeros_like, source.rest)
    constant = plus(source.rest, driven(none, source.tilt, inflow, source.inflow))
    # A restart always runs to its end: where the field is weak, a short one is enough.
    restart = 40 if kinetics.schedule.panelwise else 6
    solver = lx.GMRES(rtol=1e-11, atol=1e-12, restart=restart, max_steps=200, stagnation_iters=200)
    guess = {"y0": jax.lax.stop_gradient(constant)}
    solution = lx.linear_solve(operator, constant, solver, options=guess, throw=False)
    good = solution.result == lx.RESULTS.successful
    rest = jax.tree.map(lambda a: jnp.where(good, a, jnp.nan), solution.value)
    return system.solve(rest, source.tilt, inflow)


def _sums(kinetics: Kinetics, source: LocalSource, faces: Quad, mean: Quad) -> Sums:
    weights = kinetics.weights
    return Sums(
        mean=weights.all(mean),
        faces=weights.flux(faces),
        equilibrium=weights.density(source.equilibrium),
        window_end=kinetics.field.window_end(mean, source.inflow).T,
    )


class _System(eqx.Module):
    """The factored relations between faces; face i is held in the frame of cell i."""

    factors: BlockTridiagonalFactors
    modes: Float[Array, "momenta 4 4"]
    decay: Float[Array, "momenta 4 4"]
    average: Float[Array, "momenta 4 4"]  # from entering amplitudes to mean unknowns
    onward: Float[Array, "cells 4 4"]
    entering: Float[Array, "2 momenta 4 4"]
    rightward: Array

    @classmethod
    def of(cls, kinetics: Kinetics, turns: Turns) -> "_System":
        """Build and factor the rows: a right-going mode relates a face to the one before it, a
        left-going mode to the one after it, and boundary rows close both ends."""
        modes = kinetics.rates.modes()
        rightward = modes.rightward
        matrix = _mode_matrix(modes)
        decay, average = _mode_factors(modes, kinetics.spacing)
        onward = _onward(turns.cells)
        faded = -decay @ matrix
        own = jnp.einsum("pab,cbd->cpad", matrix, onward)
        goes_right = rightward[:, :, None]
        entering = _boundary_rows(kinetics.rates) @ _on_states(turns.ends)[:, None]
        cells, momenta = turns.cells.shape[0], matrix.shape[0]
        plain = jnp.broadcast_to(matrix, (cells, momenta, 4, 4))
        before = jnp.concatenate([entering[:1], own])
        after = jnp.concatenate([plain, entering[1:]])
        diagonal = jnp.where(goes_right, before, after)
        zero = jnp.zeros((1, momenta, 4, 4))
        from_before = jnp.broadcast_to(faded, plain.shape)
        from_after = jnp.einsum("pab,cbd->cpad", faded, onward)
        lower = jnp.where(goes_right, jnp.concatenate([zero, from_before]), 0.0)
        upper = jnp.where(goes_right, 0.0, jnp.concatenate([from_after, zero]))
        factors = factor_block_tridiagonal(lower, diagonal, upper)
        mean = jnp.linalg.solve(matrix, average)
        return cls(factors, matrix, decay, mean, onward, entering, rightward)

    def solve(self, rest: Quad, tilt: Quad | None, inflow: tuple[Quad, Quad]) -> tuple[Quad, Quad]:
        """(states at the faces, cell averages), in the frames of the cells."""
        at_left = _join(rest if tilt is None else minus(rest, tilt))
        at_right = _join(rest if tilt is None else plus(rest, tilt))
        mode_left, mode_right = _times(self.modes, at_left), _times(self.modes, at_right)
        gain_right = mode_right - _times(self.decay, mode_left)
        gain_left = mode_left - _times(self.decay, mode_right)
        data = jnp.einsum("spab,spb->spa", self.entering, jnp.stack([_join(y) for y in inflow]))
        right_side = jnp.where(
            self.rightward,
            jnp.concatenate([data[:1], gain_right]),
            jnp.concatenate([gain_left, data[1:]]),
        )
        faces = self.factors.solve(right_side)
        left = faces[:-1]
        right = jnp.einsum("cab,cpb->cpa", self.onward, faces[1:])
        entering = jnp.where(
            self.rightward,
            _times(self.modes, left - at_left),
            _times(self.modes, right - at_right),
        )
        deviation = _times(self.average, entering)
        return _split(faces), plus(rest, _split(deviation))


def _mode_matrix(modes: Modes) -> Float[Array, "momenta 4 4"]:
    matrix = jnp.zeros((modes.v.shape[0], 4, 4))
    matrix = matrix.at[:, :2, :2].set(modes.rows)
    return matrix.at[:, 2:, 2:].set(jnp.eye(2))


def _mode_factors(modes: Modes, spacing: Array) -> tuple[Array, Array]:
    """Decay over a cell and its mean, as matrices on the mode amplitudes."""
    along, across = modes.exponents(spacing)
    pairs = []
    for f in (lambda z: jnp.exp(-z), mean_decay):
        real, imag = f(across).real, f(across).imag
        matrix = jnp.zeros((across.shape[0], 4, 4))
        for k in range(2):
            matrix = matrix.at[:, k, k].set(f(along[k]))
            matrix = matrix.at[:, 2 + k, 2 + k].set(real)
        pairs.append(matrix.at[:, 2, 3].set(-imag).at[:, 3, 2].set(imag))
    return pairs[0], pairs[1]


def _onward(rotations: Float[Array, "cells 3 3"]) -> Float[Array, "cells 4 4"]:
    """From the frame in which a cell's right face is held into the frame of the cell."""
    back = jnp.swapaxes(rotations[1:], 1, 2)
    return _on_states(jnp.concatenate([back, jnp.eye(3)[None]]))


def _on_states(rotations: Float[Array, "n 3 3"]) -> Float[Array, "n 4 4"]:
    """Rotations of G as matrices on (F, G)."""
    matrix = jnp.zeros((rotations.shape[0], 4, 4)).at[:, 0, 0].set(1.0)
    return matrix.at[:, 1:, 1:].set(rotations)


def _boundary_rows(rates: Rates) -> Float[Array, "2 momenta 4 4"]:
    """Rows that pick what enters at the left (0) and at the right end (1), in frames along M there.

    Where |v| < |u| one longitudinal characteristic, F ± G_∥, enters per side; else both or none.
    """
    single = (jnp.abs(rates.v) < jnp.abs(rates.u))[:, None]
    sign = jnp.where(rates.u >= 0.0, 1.0, -1.0)
    sides = []
    for side in (1.0, -1.0):
        rows = jnp.broadcast_to(jnp.eye(4), (rates.v.shape[0], 4, 4))
        mixed = jnp.array([1.0, side, 0.0, 0.0]) * jnp.stack(
            [jnp.ones_like(sign), sign, sign, sign]
        )
        for k in range(2):
            rows = rows.at[:, k].set(jnp.where(single, mixed, rows[:, k]))
        sides.append(rows)
    return jnp.stack(sides)


def _times(matrix: Float[Array, "momenta 4 4"], y: Float[Array, "cells momenta 4"]) -> Array:
    return jnp.einsum("pab,cpb->cpa", matrix, y)


def _join(y: Quad) -> Array:
    return jnp.stack(y, axis=-1)


def _split(y: Array) -> Quad:
    return (y[..., 0], y[..., 1], y[..., 2], y[..., 3])
