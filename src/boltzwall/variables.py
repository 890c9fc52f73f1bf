"""The registry of outputs: every name in a Dataset is declared here, once.

Each entry gives the dimensions, the SI unit, the meaning and, where there is one, the equation
that defines it (numbers in round brackets are those of Wang et al., PRB 106, 054432 (2022)).
The Dataset's attributes and the table in the docs are made from this registry. `VARIABLES` are
those of a run or a transport solution, `POINT_VARIABLES` what a sweep adds for each of its points;
those of a torque on a grid are in `field_variables`.
"""

from boltzwall.heat_variables import HEAT_VARIABLES
from boltzwall.variable import Variable

X = ("time", "x")
XC = ("time", "x", "component")
TW = ("time", "wall")
W = ("wall",)
T = ("time",)

WALL_REGIMES = (
    "none", "steady", "precessing", "pinned", "transient", "left", "annihilated", "broken",
)  # fmt: skip
WALL_STARTS = ("at_the_start", "entered_at_the_left", "entered_at_the_right", "nucleated")
WALL_ENDS = (
    "stays", "left_at_the_left", "left_at_the_right", "annihilated", "merged", "broke_up",
)  # fmt: skip
VELOCITY_KINDS = (
    "none", "mean_over_whole_periods", "mean_while_steady", "at_rest", "mean_on_its_way",
)  # fmt: skip

ENERGIES = {
    "total": "energy of the magnetisation",
    "zeeman": "energy in the applied field",
    "static_field": "energy in the static field of a file",
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

DRIFTS = {
    "electrical": "the torque of the field or current",
    "thermal": "the electrons' torque of the gradient",
    "background": "the torque without a drive",
    "field": "the applied field",
    "internal": "the magnetisation's own field, which follows A, Ms and K",
    "tilt": "the change of the tilt",
}

_WALLS = (
    Variable("wall", W, "1", "number of the wall, by birth, then from left to right"),
    Variable("wall_position", ("time",), "m", "position q of the only wall (integral)", "[B11]"),
    Variable("wall_velocity", ("time",), "m s-1", "velocity of the only wall, instantaneous"),
    Variable("wall_width", ("time",), "m", "width Δ of the only wall (integral)", "[B11]"),
    Variable("wall_tilt", ("time",), "rad", "tilt φ of the only wall"),
    Variable("wall_position_fit", ("time",), "m", "position q of the only wall (fit)", "[M9]"),
    Variable("wall_width_fit", ("time",), "m", "width Δ of the only wall (fit)", "[M9]"),
    Variable("wall_count", ("time",), "1", "number of walls in the wire or window"),
    Variable("wall_positions", TW, "m", "position q of each wall (integral)", "[B11]"),
    Variable("wall_velocities", TW, "m s-1", "velocity of each wall, instantaneous"),
    Variable("wall_widths", TW, "m", "width Δ of each wall (integral)", "[B11]"),
    Variable("wall_tilts", TW, "rad", "tilt φ of each wall"),
    Variable("wall_chiralities", TW, "1", "chirality σ cos φ: ±1 Néel walls, 0 Bloch walls"),
    Variable("wall_positions_fit", TW, "m", "position q of each wall (fit)", "[M9]"),
    Variable("wall_widths_fit", TW, "m", "width Δ of each wall (fit)", "[M9]"),
    Variable("wall_deviations", TW, "1", "difference between integral and fit, relative to Δ"),
    Variable("wall_polarities", W, "1", "polarity σ: 1 where M·a falls along x, −1 where it rises"),
    Variable("wall_regimes", W, "1", "regime of each wall at its end", "", WALL_REGIMES),
    Variable("wall_motions", W, "1", "regime of each wall while it was there", "", WALL_REGIMES),
    Variable("wall_starts", W, "1", "how each wall came to be", "", WALL_STARTS),
    Variable("wall_ends", W, "1", "how each wall ended", "", WALL_ENDS),
    Variable("wall_start_time", W, "s", "time at which each wall is first seen"),
    Variable("wall_end_time", W, "s", "time at which each wall left or vanished; nan if it stays"),
    Variable("mean_velocity", W, "m s-1", "velocity of each wall in its regime"),
    Variable("mean_velocity_error", W, "m s-1", "error of mean_velocity"),
    Variable("mean_velocity_kind", W, "1", "what mean_velocity is", "", VELOCITY_KINDS),
    Variable("mean_velocity_since", W, "s", "start of the time that mean_velocity is taken over"),
    Variable("mean_velocity_until", W, "s", "end of the time that mean_velocity is taken over"),
    Variable("precession_frequency", W, "Hz", "turns of φ by 2π per time; nan if it does not turn"),
    Variable("precession_turns", W, "1", "turns of φ by 2π that mean_velocity is taken over"),
)

# Resistances are times the cross-section and beyond the uniform wire, voltages > 0 along +x.
_CIRCUIT = (
    Variable("wall_resistance_area", T, "ohm m2", "added resistance of the texture", "[C11]"),
    Variable("wall_resistance_area_amr", T, "ohm m2", "anisotropic resistance of the texture"),
    Variable("wall_thermovoltage", T, "V m K-1", "added ∫E dx per ∇T at j_e = 0", "[C11]"),
    Variable("wall_peltier_heat", T, "V m", "added ∫q dx per current density", "[C11]"),
    Variable("wall_voltage", T, "V", "∫E_s dx that the moving magnetisation induces", "[C12]"),
    Variable("magnetisation_rate", XC, "s-1", "∂tM of a magnetisation in motion"),
    Variable("pumped_field", X, "V m-1", "E_s, the field that the motion pumps", "[C11]"),
    Variable("pumped_voltage", T, "V", "∫E_s dx directly; wall_voltage is by reciprocity"),
    Variable("pumped_current_density", T, "A m-2", "charge current pumped in a closed wire"),
    Variable(
        "pumped_heat_current_density", T, "W m-2", "heat current pumped, mean over x", "[C12]"
    ),
    Variable("torque_pumped", XC, "s-1", "torque of the pumped spin, part of dM/dt", "[C3]"),
    Variable("added_damping", T, "1", "Δα, what of the pumped torque damps the motion"),
)

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
    *(
        Variable(f"{name}_error", ("time",), units, f"standard deviation of {name}")
        for name, units in (
            ("effective_velocity", "m s-1"),
            ("effective_beta", "1"),
            ("electrical_velocity", "m3 A-1 s-1"),
            ("electrical_beta", "1"),
            ("electrical_polarisation", "1"),
            ("thermal_velocity_closed", "m2 s-1 K-1"),
            ("thermal_beta_closed", "1"),
            ("thermal_velocity_open", "m2 s-1 K-1"),
            ("thermal_beta_open", "1"),
        )
    ),
    Variable(
        "hot_end_probability_closed",
        ("time",),
        "1",
        "probability that u of a gradient at E = 0 points to the hot end",
    ),
    Variable(
        "hot_end_probability_open",
        ("time",),
        "1",
        "probability that u of a gradient at j_e = 0 points to the hot end",
    ),
    Variable("conductivity_texture", ("time",), "S m-1", "current per field through the texture"),
    Variable("seebeck_texture", ("time",), "V K-1", "field per gradient at j_e = 0 in the texture"),
    *_CIRCUIT,
    *HEAT_VARIABLES,
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
    Variable("spin_conversion_eq25", X, "1", "the paper's P' = A/(C J_Q)", "(25)"),
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
    *_WALLS,
    *(
        Variable(f"drift_{name}", T, "m s-1", f"velocity of the texture that {what} gives", "[H7]")
        for name, what in DRIFTS.items()
    ),
    Variable("exchange_error", T, "1", "error of T between two exchanges with the heat, relative"),
    Variable("heat_state", ("heat_entry",), "", "where the heat stands at the end, to go on from"),
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
    Variable(
        "static_magnetic_field",
        ("x", "component"),
        "A m-1",
        "static magnetic field of a file, in the cells where they are at the end",
    ),
    Variable("window_offset", ("time",), "m", "where the moving window begins"),
    *(
        Variable(f"energy_{name}", ("time",), "J m-2", f"{meaning}, per cross-section", "[M1]")
        for name, meaning in ENERGIES.items()
    ),
    Variable("largest_rate", ("time",), "s-1", "largest component of dM/dt"),
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
WALL_NAMES = tuple(entry.name for entry in _WALLS)

_OF_SEVERAL = (*WALL_REGIMES, "several")
_POINT_ENTRIES = (
    Variable("status", (), "", "what became of the point: done, failed or missing"),
    Variable("reason", (), "", "why the point failed"),
    Variable("end_time_reached", (), "s", "time reached"),
    Variable("wall_regime", (), "1", "regime of the walls at their end", "", _OF_SEVERAL),
    Variable("wall_motion", (), "1", "regime of the walls while there were any", "", _OF_SEVERAL),
    Variable("mean_wall_velocity", (), "m s-1", "velocity of the wall in its regime"),
    Variable("mean_wall_velocity_error", (), "m s-1", "error of mean_wall_velocity"),
    Variable("wall_velocity_estimate", (), "m s-1", "width of the wall over t_s", "[B13]"),
    Variable("settling_time", (), "s", "settling time t_s; nan if nothing settled", "[B12]"),
    Variable("residual_charge_relative", (), "1", "residual of charge continuity, relative"),
    Variable("residual_spin_relative", (), "1", "residual of spin continuity, relative"),
    Variable("conductivity", (), "S m-1", "conductivity of the uniform wire"),
    Variable("seebeck_coefficient", (), "V K-1", "Seebeck coefficient of the uniform wire"),
    Variable("polarisation", (), "1", "spin polarisation of the current in the uniform wire"),
    Variable("spin_conversion", (), "1", "spin conversion of the heat current, uniform wire"),
)

POINT_VARIABLES: dict[str, Variable] = {entry.name: entry for entry in _POINT_ENTRIES}
