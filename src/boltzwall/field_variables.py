"""The registry of outputs on a grid, those of `torque_field`."""

from boltzwall.variables import VARIABLES, Variable

_GRID = ("x", "y", "z")
_GRID_VECTORS = (*_GRID, "component")
_FIELD_ENTRIES = (
    *(Variable(axis, (axis,), "m", f"position along {axis} (cell centres)") for axis in _GRID),
    VARIABLES["component"],
    VARIABLES["temperature"],
    Variable(
        "magnetisation", _GRID_VECTORS, "1", "unit vector of the magnetisation, 0 in empty cells"
    ),
    Variable("torque_total", _GRID_VECTORS, "s-1", "spin torque, contribution to dM/dt", "[C3]"),
    Variable(
        "torque_electrical", _GRID_VECTORS, "s-1", "part of the torque due to the field", "[C3]"
    ),
    Variable(
        "torque_thermal", _GRID_VECTORS, "s-1", "part of the torque due to the gradient", "[C3]"
    ),
    Variable("torque_background", _GRID_VECTORS, "s-1", "torque at E = 0, ∇T = 0", "[B8]"),
    Variable(
        "magnetisation_torque",
        _GRID_VECTORS,
        "A m-1 s-1",
        "Ms times torque_total: d(Ms M)/dt, of any Ms",
    ),
    Variable("local_velocity", _GRID, "m s-1", "u(r) = −T·∂xM/|∂xM|², nan where ∂xM vanishes"),
    Variable("local_beta", _GRID, "1", "β(r) = T·(M×∂xM)/(u|∂xM|²), nan likewise"),
    Variable("effective_velocity", (), "m s-1", "u of the whole field", "[C6]"),
    Variable("effective_beta", (), "1", "β of the whole field", "[C6]"),
)

FIELD_VARIABLES: dict[str, Variable] = {entry.name: entry for entry in _FIELD_ENTRIES}
