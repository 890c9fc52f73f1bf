"""A torque term for NeuralMag with its JAX backend: `pip install '.[neuralmag]'`."""

from types import ModuleType
from typing import Any

import jax.numpy as jnp
import numpy as np
from jaxtyping import Array

from boltzwall.adapters.held_rows import TOLERANCE, HeldRows, SimulatorTorque
from boltzwall.errors import InputError
from boltzwall.transport.field_form import FieldForm

HELD = "kinetic_held"  # the attribute of the state that holds the torque
FIRST_INTERVAL = 1e-12  # s
SHARE = 0.5  # of the turn that renews the torque: how far M goes in one call of the solver
SMALLEST_CHANGE, LARGEST_CHANGE = 0.3, 2.0


class NeuralMagTorque(SimulatorTorque):
    """The kinetic torque as a field term of NeuralMag, from JAX to JAX without a copy.

    It enters as the field h = (1/γ') M×T, for which −γ' M×h = T. Its rows are those of the nodes
    along x. The torque that is held is an argument of NeuralMag's compiled right-hand side, so that
    a new one compiles nothing; `step` calls its solver and renews the torque in between.

    Arguments:
        config: as `boltzwall.torque_field` takes it.
        tolerance: of the held torque, relative to the largest.

    Examples:
        `examples/neuralmag_strip.py` in short:

        >>> import boltzwall
        >>> from boltzwall.adapters.neuralmag import NeuralMagTorque
        >>> torque = NeuralMagTorque({"transport": {"model": "consistent", "momentum_nodes": 8}})
        >>> torque.solves  # torque.register(state); solver = torque.solver(state); torque.step(dt)
        0
    """

    def __init__(self, config: Any = None, tolerance: float = TOLERANCE) -> None:
        super().__init__(config, tolerance)
        self._interval = FIRST_INTERVAL

    def register(self, state: Any, name: str = "kinetic") -> None:
        """Give the state the field `h_NAME`, for a `TotalField` to add up.

        Raises:
            InputError: NeuralMag is missing or runs on another backend, or Ms varies.
        """
        neuralmag = _module()
        self._state = state
        rows = self._made(state)
        dx, shape = rows.problem.spacing[0], rows.problem.rows.shape
        factor = self._ratio(state) / float(neuralmag.common.llg.GAMMA_PRIME)

        def field(m: Any, kinetic_held: Any) -> Any:
            grid = m.reshape(*shape, 3)
            along, across = kinetic_held[..., 0], kinetic_held[..., 1]
            form = FieldForm(along, across, kinetic_held[..., 2:], jnp.zeros(2))
            torque = form.at(grid, rows.problem.rows.derivative(grid, dx))
            return (factor * jnp.cross(grid, torque)).reshape(m.shape)

        self._renew()
        neuralmag.ExternalField(field).register(state, name)

    def solver(self, state: Any, **options: Any) -> Any:
        """NeuralMag's `LLGSolver` of the state, with the held torque as its argument."""
        self._solver = _module().LLGSolver(state, parameters=[HELD], **options)
        return self._solver

    def step(self, dt: float) -> None:
        """Go on by ``dt`` in s, and renew the torque wherever its schedule asks for it."""
        rows, end = self._made(self._state), float(self._state.t) + dt
        while (left := end - float(self._state.t)) > 1e-9 * dt:
            length = left if left < 1.5 * self._interval else self._interval
            self._solver.step(length, getattr(self._state, HELD))
            turned = rows.turned(self._grid())
            wanted = SHARE * rows.turn / max(turned, 1e-12)
            if turned > SHARE * rows.turn:
                self._renew()
            change = min(max(wanted, SMALLEST_CHANGE), LARGEST_CHANGE)
            self._interval = max(self._interval, length) if change > 1.0 else length
            self._interval *= change

    def _renew(self) -> None:
        assert self._rows is not None
        self._rows.renew(self._grid())
        form = self._rows.form
        held = jnp.concatenate([form.along[..., None], form.across[..., None], form.rest], axis=-1)
        setattr(self._state, HELD, held.astype(self._state.m.tensor.dtype))

    def _grid(self) -> Array:
        """M at the nodes, (nx, ny, nz, 3)."""
        m = self._state.m.tensor
        missing = 4 - m.ndim
        return m.reshape(*m.shape[:-1], *(1,) * missing, 3).astype(float)

    def _made(self, state: Any) -> HeldRows:
        if self._rows is None:
            shape = self._grid().shape[:3]
            full = np.ones(shape, dtype=bool)
            self._rows = HeldRows(self._config, full, state.mesh.dx, self._tolerance)
        return self._rows

    def _ratio(self, state: Any) -> float:
        """Ms of the configuration over that of the state."""
        assert self._rows is not None
        there = np.unique(np.asarray(getattr(state.material.Ms, "tensor", state.material.Ms)))
        here = np.unique(self._rows.problem.saturation)
        if there.size != 1 or here.size != 1:
            raise InputError(
                "Argument `state` must have one Ms everywhere, as the configuration must, but "
                f"they have {there.size} and {here.size} values."
            )
        return float(here[0] / there[0])


def _module() -> ModuleType:
    try:
        import neuralmag
    except ImportError:
        raise InputError(
            "The package neuralmag must be installed for this, but it is missing. Install it with: "
            "pip install '.[neuralmag]'"
        ) from None
    if neuralmag.config.backend_name != "jax":
        raise InputError(
            "NeuralMag must run on its JAX backend here, but it runs on "
            f"{neuralmag.config.backend_name}. Set the environment's NM_BACKEND to jax first."
        )
    return neuralmag
