"""The torque of all rows, held while another program moves M, and renewed by its own schedule."""

from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from boltzwall.build.rows import RowProblem
from boltzwall.errors import InputError
from boltzwall.numerics.rows import Rows
from boltzwall.simulation.row_torques import row_torques
from boltzwall.transport.field_form import FieldForm, VectorGrid
from boltzwall.typing import Scalar

TOLERANCE = 0.02
FIRST_TURN = 0.1  # of M in a cell, after which the torque is first renewed
SMALLEST_TURN, LARGEST_TURN = 1e-3, 1.0
SAFETY = 0.8
SMALLEST_CHANGE, LARGEST_CHANGE = 0.3, 2.0


class HeldForm(NamedTuple):
    """A torque in the frame of M, and the M at which it was solved."""

    form: FieldForm
    solved_at: VectorGrid

    def torque(self, rows: Rows, spacing: float, m: VectorGrid) -> tuple[VectorGrid, Scalar]:
        """The torque in 1/s at M, and the most by which M has turned since."""
        turned = jnp.sqrt(jnp.max(jnp.sum((m - self.solved_at) ** 2, axis=-1)))
        return self.form.at(m, rows.derivative(m, spacing)), turned


class HeldRows:
    """The torque of the electrons for an M that another program moves.

    Between two solutions the torque goes with M, T = a(r) ∂xM + b(r) M×∂xM + rest. It is solved for
    again once M has turned somewhere by more than ``turn`` since. What the held torque was off by
    then, relative to the largest torque, sets the next ``turn``, so that it comes out within
    ``tolerance``.

    Attributes:
        solves: solutions so far.
        largest_error: the largest such error so far, the first two solutions left out, from which
            the schedule learns.
        last_error: that of the last solution.
    """

    def __init__(self, config: Any, full: Any, spacing: Any, tolerance: float = TOLERANCE) -> None:
        if not 0.0 < tolerance < 1.0:
            raise InputError(
                f"Argument `tolerance` must lie between 0 and 1, but {tolerance!r} was given. It "
                "is the error of the held torque relative to the largest torque."
            )
        self.problem = RowProblem.of(config, full, spacing)
        self.tolerance = tolerance
        self.turn = FIRST_TURN
        self.solves = 0
        self.largest_error = self.last_error = 0.0
        self.held: HeldForm | None = None
        rows, dx = self.problem.rows, self.problem.spacing[0]
        self._empty = jnp.asarray(~np.asarray(full, dtype=bool))[..., None]
        self._at = jax.jit(lambda held, m: held.torque(rows, dx, m))
        self._form = jax.jit(lambda m, torque: FieldForm.of(m, rows.derivative(m, dx), torque))

    @property
    def saturation(self) -> Float[Array, "nx 1 1 1"]:
        """Ms in A/m of the configuration, for which torques in 1/s are."""
        return jnp.asarray(self.problem.saturation)[:, None, None, None]

    def torque(self, m: Any) -> VectorGrid:
        """T_sd in 1/s at unit vectors (nx, ny, nz, 3), held or solved for."""
        m = jnp.where(self._empty, 0.0, jnp.asarray(m))
        if self.held is None:
            return self.renew(m)
        torque, turned = self._at(self.held, m)
        return self.renew(m) if float(turned) > self.turn else torque

    @property
    def form(self) -> FieldForm:
        """The torque that is held; there is one after the first solution."""
        assert self.held is not None
        return self.held.form

    def turned(self, m: VectorGrid) -> float:
        """The most by which M has turned somewhere since the last solution."""
        assert self.held is not None
        return float(self._at(self.held, m)[1])

    def renew(self, m: VectorGrid) -> VectorGrid:
        """Solve at M, learn from the error of what was held, and hold the new torque."""
        torque = row_torques(self.problem, m, ("torque_total",))["torque_total"]
        if self.held is not None:
            self._learn(self._at(self.held, m)[0], torque)
        self.held = HeldForm(self._form(m, torque), m)
        self.solves += 1
        return torque

    def _learn(self, expected: VectorGrid, torque: VectorGrid) -> None:
        largest = float(jnp.max(jnp.abs(torque)))
        off = float(jnp.max(jnp.abs(torque - expected)))
        self.last_error = off / largest if largest > 0.0 else 0.0
        if self.solves > 1:
            self.largest_error = max(self.largest_error, self.last_error)
        change = SAFETY * self.tolerance / max(self.last_error, 1e-12)
        turn = self.turn * min(max(change, SMALLEST_CHANGE), LARGEST_CHANGE)
        self.turn = min(max(turn, SMALLEST_TURN), LARGEST_TURN)


class SimulatorTorque:
    """What the torque terms of all simulators share: rows that are made when first asked for."""

    def __init__(self, config: Any = None, tolerance: float = TOLERANCE) -> None:
        self._config, self._tolerance = config, tolerance
        self._rows: HeldRows | None = None

    @property
    def solves(self) -> int:
        """Solutions of the electrons so far."""
        return 0 if self._rows is None else self._rows.solves

    @property
    def largest_error(self) -> float:
        """The largest error of the held torque so far, relative to the largest torque."""
        return 0.0 if self._rows is None else self._rows.largest_error
