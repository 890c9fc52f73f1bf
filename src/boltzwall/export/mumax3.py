"""A MuMax3 script (.mx3) of a result.

MuMax3's Zhang–Li torque, in this package's convention T = −u ∂xM + βu M×∂xM, has

    u = −(γ_LL/γ_M) µ_M Pol J/(e_M Msat (1 + xi²)),   β = xi,

with e_M, µ_M and γ_M = 1.7595e11 rad/(T s) fixed in its code, whatever γ_LL (`GammaLL`) is set.
J > 0 is a charge current to +x: electrons flow, and a wall moves, to −x. Its DMI has our signs,
Dind > 0 as D > 0 of [M4], Dbulk > 0 as D > 0 of [M5]. Sources: MuMax3 3.10, cuda/zhangli2.cu,
dmi.cu, dmibulk.cu, temperature2.cu, constants.h, engine/customfield.go, ext_centerwall.go;
A. Vansteenkiste et al., AIP Adv. 4, 107133 (2014).
"""

import math

import numpy as np

from boltzwall.build.magnet import noise_step
from boltzwall.config.units import brief
from boltzwall.export.mumax3_fields import components, quoted, write_fields
from boltzwall.export.mumax3_sheet import REGIONS_HERE, REMARKS_HERE, Parameter, Sheet
from boltzwall.export.script import Script
from boltzwall.export.snapshot import Snapshot
from boltzwall.export.time_factors import mumax3_factor
from boltzwall.export.torque import Torque
from boltzwall.values import Values
from boltzwall.version import __version__
from boltzwall.walls.axis import SMALLEST_DROP

ELECTRON_CHARGE = 1.60217646e-19  # C, in MuMax3
BOHR_MAGNETON = 9.2740091523e-24  # J/T, in MuMax3
FIXED_GAMMA = 1.7595e11  # rad/(T s), in the prefactor of its Zhang–Li torque
PERMEABILITY = 4e-7 * math.pi  # T m/A, in MuMax3


def mumax3_script(problem: Snapshot, state_file: str) -> Script:
    """A MuMax3 script that goes on from a state of a result.

    Arguments:
        problem: what `problem_of` gives.
        state_file: name of the OVF file beside the script from which it reads unit vectors.

    Returns:
        The text, and the fields that must lie beside it; `write_script` writes all of them.
    """
    config = problem.config
    sheet = Sheet(
        length=config.wire.length,
        moves=config.dynamics.moving_window,
        left_out=[*problem.remarks],
        notes=problem.notes,
    )
    _head(sheet)
    _wire(problem, sheet)
    write_fields(problem, sheet, state_file.removesuffix(".ovf"))
    if problem.torque is not None:
        _torque(problem, problem.torque, sheet)
    if config.dynamics.thermal_noise:
        _noise(problem, sheet)
    sheet.line("", f"m.LoadFile({quoted(state_file)})")
    _window(problem, sheet)
    _run(problem, sheet)
    return Script(sheet.text(), sheet.fields, "T")


def gamma_ll(problem: Snapshot) -> float:
    """γ0/µ0, rad/(T s)."""
    return float(problem.magnet.gyromagnetic_ratio) / PERMEABILITY


def polarised_current(problem: Snapshot, velocity: Values, beta: float) -> Values:
    """Pol·J in A/m², (cells,), for which MuMax3's torque has this u, from the equation above."""
    return current_for(velocity, beta, problem.saturation, gamma_ll(problem))


def current_for(velocity: Values, beta: float, saturation: Values, gamma: float) -> Values:
    """The same for u in m/s, Ms in A/m and γ_LL in rad/(T s)."""
    scale = ELECTRON_CHARGE * saturation * (1.0 + beta**2) / BOHR_MAGNETON
    return np.asarray(-velocity * scale * FIXED_GAMMA / gamma)


def _head(sheet: Sheet) -> None:
    sheet.line(
        f"// MuMax3 script (3.10 or later) written by boltzwall {__version__}; SI units.",
        "// Run it in its own folder.",
        REMARKS_HERE,
        "",
    )


def _wire(problem: Snapshot, sheet: Sheet) -> None:
    edges = ", ".join(brief(edge) for edge in problem.state.cell)
    sheet.line(
        f"SetGridSize({problem.state.directions.shape[0]}, 1, 1)",
        f"SetCellSize({edges})",
        REGIONS_HERE,
        "",
    )
    if not np.all(problem.area == 1.0):
        sheet.line("// A cell of the cross-section S has Ms, A, K and D times S.")
    sheet.parameter("Msat", problem.saturation, "A/m")
    sheet.parameter("alpha", np.asarray(problem.magnet.damping, dtype=float))
    sheet.line(f"GammaLL = {brief(gamma_ll(problem))}  // gamma0/mu0, rad/(T s)")
    if problem.config.field.demagnetising != "full":
        sheet.line("EnableDemag = false")


def _torque(problem: Snapshot, torque: Torque, sheet: Sheet) -> None:
    sheet.left_out += torque.remarks
    driven = polarised_current(problem, torque.driven, torque.beta)
    steady = polarised_current(problem, np.full_like(driven, torque.steady), torque.beta)
    polarisation, explanation = _polarisation(torque, driven)
    u = float(np.mean(torque.full))
    sheet.line(
        "",
        f"// Torque of boltzwall: -u dM/dx + beta u M x dM/dx, u = {brief(_rounded(u))} m/s, "
        f"beta = {brief(_rounded(torque.beta))};",
        "// u > 0 moves a wall to +x.",
        "// MuMax3: u = -(GammaLL/1.7595e11) mu_B Pol J/(e Msat (1 + xi^2)), beta = xi;",
        "// J is the charge current, electrons flow against it.",
        *(f"// {line}" for line in explanation),
        f"xi = {brief(torque.beta)}",
        f"Pol = {brief(polarisation)}",
    )
    along = np.zeros((driven.size, 3))
    along[:, 0] = driven / polarisation
    rest = np.zeros_like(along)
    rest[:, 0] = steady / polarisation
    factor = mumax3_factor(torque.waveform)
    sheet.entries.append(Parameter("J", along, "A/m2", factor, rest))
    sheet.line("TableAdd(J)")


def _polarisation(torque: Torque, driven: Values) -> tuple[float, list[str]]:
    """Pol, and what it and J mean."""
    known, current = torque.polarisation, torque.current
    if known and current:
        lines = [
            f"J is the wire's own current; its P is {brief(_rounded(known))}, and Pol makes up for "
            "MuMax3's fixed constants.",
        ]
        if torque.steady:
            lines.append("The constant part of J stands for the torque of the gradient.")
        return float(np.mean(driven)) / current, lines
    lines = ["No polarisation is known: Pol = 1, and J is the current that gives this u."]
    if current is not None and math.isfinite(current):
        lines.append(f"The wire's own current is {brief(_rounded(current))} A/m2.")
    return 1.0, lines


def _rounded(value: float, digits: int = 6) -> float:
    return float(f"{value:.{digits}g}")


def _noise(problem: Snapshot, sheet: Sheet) -> None:
    dynamics = problem.config.dynamics
    sheet.line("", "// Thermal noise, Heun's method with fixed steps")
    sheet.parameter("Temp", problem.temperature, "K")
    sheet.line(
        f"ThermSeed({dynamics.noise_seed})",
        "SetSolver(2)",
        f"FixDt = {brief(noise_step(problem.config.dynamics))}",
        "TableAdd(Temp)",
    )
    sheet.left_out.append("the random numbers of the thermal noise: MuMax3 draws its own")


def _window(problem: Snapshot, sheet: Sheet) -> None:
    """The moving window, and a column with the wall's position."""
    m = problem.state.directions
    axis = int(np.argmax(np.abs(m[0] - m[-1])))
    drop = float(m[0, axis] - m[-1, axis])
    if abs(drop) < SMALLEST_DROP:
        return
    follows = problem.config.dynamics.moving_window
    if follows:
        sheet.line(
            f"ShiftMagL = vector({components(m[0])})",
            f"ShiftMagR = vector({components(m[-1])})",
            f"ext_centerWall({axis})",
            "TableAdd(ext_dwpos)",
            "TableAdd(ext_dwspeed)",
        )
    slope = problem.config.wire.length / drop
    begin = problem.state.origin - slope * float(m[-1, axis])
    sign = "+" if slope > 0.0 else ""
    begin, slope = _rounded(begin, 9), _rounded(slope, 9)
    place = f"{brief(begin)}{sign}{brief(slope)}*m.comp({axis}).average()"
    place = f"ext_dwpos+{place}" if follows else place
    sheet.line(f'TableAddVar({place}, "wall_position", "m")')


def _run(problem: Snapshot, sheet: Sheet) -> None:
    interval = brief(problem.config.dynamics.save_interval)
    if problem.start:
        sheet.line(f"t = {brief(problem.start)}")
    sheet.line(
        "TableAdd(E_total)",
        f"TableAutosave({interval})",
        f"AutoSave(m, {interval})",
        f"Run({brief(problem.duration)})",
    )
