"""A torque term for magnum.np: `pip install '.[magnumnp]'`."""

from types import ModuleType
from typing import Any

import jax.numpy as jnp
import numpy as np
from jaxtyping import Array

from boltzwall.adapters.held_rows import HeldRows, SimulatorTorque
from boltzwall.errors import InputError


class MagnumTorque(SimulatorTorque):
    """The kinetic torque as a term of magnum.np's `LLGSolver`, with the current along x.

    It enters as the field h = (1/γ0) M×T, for which −γ0 M×h = T, so that the solver adds to dM/dt
    what [C3] says, in the implicit form of Gilbert. Where Ms of the state is 0, cells are empty.
    The torque is Ms times T, whatever Ms is: that of the state counts.

    Arguments:
        config: as `boltzwall.torque_field` takes it.
        tolerance: of the held torque, relative to the largest.

    Examples:
        The wall of `examples/magnumnp_strip.py`: the torque stands in the list of field terms.

        >>> import boltzwall
        >>> from boltzwall.adapters.magnumnp import MagnumTorque
        >>> torque = MagnumTorque(
        ...     {
        ...         "material": {"preset": "permalloy"},
        ...         "temperature": {"kind": "uniform", "value": "300 K"},
        ...         "drive": {"current_density": "-1e12 A/m^2"},
        ...         "transport": {"model": "consistent", "momentum_nodes": 8},
        ...     }
        ... )
        >>> torque.solves  # solver = magnumnp.LLGSolver([exchange, demag, torque])
        0
    """

    def h(self, state: Any) -> Any:
        """The field (nx, ny, nz, 3) in A/m, a tensor like those of the state."""
        magnumnp, torch = _modules()
        rows = self._of(state)
        m = _shared(state.m)
        torque = rows.torque(m) * rows.saturation * self._per_saturation
        field = jnp.cross(m, torque) / float(magnumnp.constants.gamma)
        found = torch.from_dlpack(field) if state.m.device.type == "cpu" else _copied(torch, field)
        return found.to(dtype=state.m.dtype, device=state.m.device)

    def E(self, state: Any) -> float:
        """A torque has no energy: 0."""
        return 0.0

    def _of(self, state: Any) -> HeldRows:
        """The rows of the mesh, made when the torque is first asked for."""
        if self._rows is None:
            shape, edges = tuple(state.mesh.n), state.mesh.dx
            if not all(isinstance(edge, int | float) for edge in edges):
                raise InputError(
                    "Argument `state` must have a mesh of equal cells, but their edges vary. Use "
                    "one number for each of the mesh's dx."
                )
            saturation = _shared(state.material["Ms"].expand(*shape, 1))
            full = np.asarray(saturation[..., 0]) > 0.0
            self._per_saturation = jnp.where(full[..., None], 1.0 / saturation, 0.0)
            self._rows = HeldRows(self._config, full, edges, self._tolerance)
        return self._rows


def _shared(tensor: Any) -> Array:
    """A tensor as an array in float64, without a copy where that is possible."""
    tensor = tensor.detach().contiguous()
    if tensor.device.type != "cpu":
        return jnp.asarray(tensor.cpu().numpy(), dtype=float)
    return jnp.from_dlpack(tensor).astype(float)


def _copied(torch: ModuleType, field: Array) -> Any:
    return torch.from_numpy(np.array(field))


def _modules() -> tuple[ModuleType, ModuleType]:
    try:
        import magnumnp
        import torch
    except ImportError:
        raise InputError(
            "The package magnumnp must be installed for this, but it is missing. Install it with: "
            "pip install '.[magnumnp]'"
        ) from None
    return magnumnp, torch
