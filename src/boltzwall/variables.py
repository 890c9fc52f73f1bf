"""The registry of outputs: every name in a Dataset is declared here, once.

Each entry gives the dimensions, the SI unit, the meaning and, where there is one, the equation
that defines it (numbers in round brackets are those of Wang et al., PRB 106, 054432 (2022)).
The Dataset's attributes and the table in the docs are made from this registry.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Variable:
    """One output: ``dims`` are those of a run; a transport solution has the same without time."""

    name: str
    dims: tuple[str, ...]
    units: str
    long_name: str
    equation: str = ""


X = ("time", "x")
XC = ("time", "x", "component")

ENERGIES = {
    "total": "energy of the magnetisation",
    "zeeman": "energy in the applied field",
    "initial_state": "energy in the field of the initial state",
    "exchange": "exchange energy",
    "uniaxial_anisotropy": "energy of the uniaxial anisotropy",
    "hard_axis_anisotropy": "energy of the hard-axis anisotropy",
    "cubic_anisotropy": "energy of the cubic anisotropy",
    "bulk_dmi": "energy of the bulk Dzyaloshinskii–Moriya interaction",
    "interfacial_dmi": "energy of the interfacial Dzyaloshinskii–Moriya interaction",
    "spin_orbit_torque": "energy in the field-like part of the spin–orbit torque",
    "oersted": "energy in the Oersted field of a heavy metal",
    "demagnetising": "energy of the demagnetising field",
}

_ENTRIES = (
    Variable("time", ("time",), "s", "time"),
    Variable("x", ("x",), "m", "position along the wire (cell centres)"),
    Variable("component", ("component",), "", "Cartesian component"),
    Variable("momentum", ("momentum",), "kg m s-1", "electron momentum along the wire"),
    Variable("temperature", ("x",), "K", "temperature"),
    Variable("magnetisation", XC, "1", "unit vector of the magnetisation", "(26)"),
    Variable("mean_magnetisation", ("time", "component"), "1", "magnetisation averaged over x"),
    Variable("spin_accumulation", XC, "m-3", "spin accumulation", "(12)"),
    Variable("spin_current_density", XC, "m-2 s-1", "spin current density along x", "(13)"),
    Variable(
        "charge_density",
        X,
        "m-3",
        "number density of electrons in the window; in the consistent model its deviation from "
        "local equilibrium",
        "(10)",
    ),
    Variable("charge_current_density", X, "A m-2", "charge current density", "(11)"),
    Variable("heat_current_density", X, "W m-2", "heat current density"),
    Variable("torque_total", XC, "s-1", "spin torque, contribution to dM/dt", "(26)"),
    Variable(
        "torque_electrical", XC, "s-1", "spin torque due to the electric field, T(E,κ) − T(0,κ)"
    ),
    Variable("torque_thermal", XC, "s-1", "spin torque due to the gradient, T(0,κ) − T(0,0)"),
    Variable("electric_field", ("time",), "V m-1", "electric field along x", "[C7]"),
    Variable("effective_velocity", ("time",), "m s-1", "u of the torque's wide-wall form", "[C6]"),
    Variable("effective_beta", ("time",), "1", "β of the torque's wide-wall form", "[C6]"),
    Variable(
        "electrical_velocity",
        ("time",),
        "m3 A-1 s-1",
        "u per current density, of the field alone",
        "[C6]",
    ),
    Variable("electrical_beta", ("time",), "1", "β of the field's torque", "[C6]"),
    Variable("electrical_polarisation", ("time",), "1", "P of the field's torque, P_eff", "[C5]"),
    Variable(
        "thermal_velocity_closed",
        ("time",),
        "m2 s-1 K-1",
        "u per temperature gradient at E = 0",
        "[C6]",
    ),
    Variable("thermal_beta_closed", ("time",), "1", "β_Q at E = 0", "[C6]"),
    Variable(
        "thermal_velocity_open",
        ("time",),
        "m2 s-1 K-1",
        "u per temperature gradient at j_e = 0",
        "[C6]",
    ),
    Variable("thermal_beta_open", ("time",), "1", "β_Q at j_e = 0", "[C6]"),
    Variable("conductivity_texture", ("time",), "S m-1", "current per field through the texture"),
    Variable("seebeck_texture", ("time",), "V K-1", "field per gradient at j_e = 0 in the texture"),
    Variable("torque_background", XC, "s-1", "spin torque without drive: T(0,0)"),
    Variable("torque_total_eq17", XC, "s-1", "spin torque by the paper's formula", "(17)"),
    Variable(
        "torque_electrical_eq21", XC, "s-1", "the paper's electrical part of the torque", "(21)"
    ),
    Variable(
        "torque_thermal_eq22", XC, "s-1", "the paper's thermal (local-equilibrium) part", "(22)"
    ),
    Variable("torque_thermal_field_like", XC, "s-1", "field-like thermal torque", "(24)"),
    Variable("torque_thermal_damping_like", XC, "s-1", "damping-like thermal torque", "(24)"),
    Variable(
        "spin_accumulation_eq16", XC, "m-3", "spin accumulation by the paper's formula", "(16)"
    ),
    Variable("thermal_current_a", ("x",), "m-2 s-1", "thermal spin current along M, A", "(18)"),
    Variable("thermal_current_b", ("x",), "m-2 s-1", "thermal spin current along z, B", "(18)"),
    Variable(
        "thermal_charge_density", ("x",), "m-3", "local-equilibrium electron density n_T", "(20)"
    ),
    Variable("spin_conversion", X, "1", "Bauer's spin conversion factor P' = A/(C J_Q)", "(25)"),
    Variable("residual_charge", X, "A m-3", "what charge continuity leaves"),
    Variable("residual_spin", XC, "m-3 s-1", "what spin continuity leaves", "(15)"),
    Variable(
        "residual_charge_ratio", ("time",), "1", "largest residual of charge over the largest term"
    ),
    Variable(
        "residual_spin_ratio", ("time",), "1", "largest residual of spin over the largest term"
    ),
    Variable(
        "window_end_charge", X, "A m-3", "term −eE[F] at the ends of the momentum window", "(14)"
    ),
    Variable(
        "window_end_spin", XC, "m-3 s-1", "term −eE[G] at the ends of the momentum window", "(15)"
    ),
    Variable(
        "spin_accumulation_quasi_steady",
        XC,
        "m-3",
        "steady spin accumulation at the same M",
        "(12)",
    ),
    Variable("torque_quasi_steady", XC, "s-1", "spin torque of steady electrons at the same M"),
    Variable(
        "electron_deviation", ("time",), "1", "largest |m − steady m| over the largest |steady m|"
    ),
    Variable("wall_position", ("time",), "m", "position of the wall (centroid)"),
    Variable("wall_velocity", ("time",), "m s-1", "velocity of the wall"),
    Variable("wall_width", ("time",), "m", "width Δ of the wall, from ∫sech²((x−q)/Δ)dx = 2Δ"),
    Variable(
        "wall_tilt", ("time",), "rad", "angle of the magnetisation about the easy axis at the wall"
    ),
    Variable(
        "wall_position_fit",
        ("time",),
        "m",
        "position of the wall nearest to it, by a tanh fit",
        "[M9]",
    ),
    Variable("wall_width_fit", ("time",), "m", "width Δ of that wall, by a tanh fit", "[M9]"),
    Variable("wall_count", ("time",), "1", "number of walls in the wire or window"),
    Variable(
        "current_density",
        ("time",),
        "A m-2",
        "charge current density along x, as driven, or the wire's mean",
    ),
    Variable(
        "magnetic_field",
        ("time", "component"),
        "A m-1",
        "applied magnetic field, where it acts",
    ),
    Variable("window_offset", ("time",), "m", "where the moving window begins"),
    *(
        Variable(f"energy_{name}", ("time",), "J m-2", f"{meaning}, per cross-section", "[M1]")
        for name, meaning in ENERGIES.items()
    ),
    Variable("time_step", ("time",), "s", "next step proposed by the error control"),
    Variable(
        "transport_interval", ("time",), "s", "next interval for which the torque is to be held"
    ),
    Variable("transport_solves", ("time",), "1", "transport solutions computed so far"),
    Variable(
        "transport_error",
        ("time",),
        "1",
        "what the iteration over many streams leaves, relative to its right-hand side",
    ),
    Variable("transport_update_error", ("time",), "1", "largest relative error of a held torque"),
    Variable("distribution_scalar", ("x", "momentum"), "1", "scalar distribution F", "(5)"),
    Variable(
        "distribution_vector", ("x", "momentum", "component"), "1", "vector distribution G", "(6)"
    ),
)

VARIABLES: dict[str, Variable] = {entry.name: entry for entry in _ENTRIES}
