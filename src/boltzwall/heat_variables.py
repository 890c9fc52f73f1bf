"""The part of the registry about heat and the circuit that makes it."""

from boltzwall.variable import Variable

_X, _T = ("time", "x"), ("time",)
_HEATS = {
    "joule": "of the current", "thomson": "of Thomson", "laser": "of the laser",
    "dissipation": "of the magnetisation", "ends": "that came in at the ends",
    "substrate": "given to the substrate", "stored": "that the wire holds beyond its start",
}  # fmt: skip
# Energies, all since the start, and powers are per area of the cross-section where its factor is 1.
HEAT_VARIABLES = (
    Variable("substrate_temperature", _X, "K", "T_s of what lies under the wire", "[H3]"),
    Variable("current_density", _T, "A m-2", "current density where the cross-section factor is 1"),
    Variable("resistance", _T, "ohm", "resistance of the wire", "[H5]"),
    Variable("voltage", _T, "V", "voltage along the wire, along +x", "[H5]"),
    Variable("joule_heat", _T, "W m-2", "power of the current, per cross-section", "[H1]"),
    *(Variable(f"heat_{k}", _T, "J m-2", f"heat {w}", "[H1]") for k, w in _HEATS.items()),
    Variable("heat_balance_residual", _T, "1", "what the balance of heat leaves, relative"),
)
