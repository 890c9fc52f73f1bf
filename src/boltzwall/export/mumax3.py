"""A MuMax3 script (.mx3) with a current that gives the computed u.

MuMax3's Zhang–Li torque, in this package's convention T = −u ∂xM + βu M×∂xM, has

    u = −(γ_LL/γ_M) µ_M Pol J/(e_M Msat (1 + xi²)),   β = xi,

with e_M, µ_M and γ_M = 1.7595e11 rad/(T s) fixed in its code, whatever γ_LL (`GammaLL`) is set.
J > 0 is a charge current to +x: electrons flow, and a wall moves, to −x. Source: MuMax3's
cuda/zhangli2.cu and cuda/constants.h; A. Vansteenkiste et al., AIP Adv. 4, 107133 (2014).
"""

import json
import math
from collections.abc import Iterator

from boltzwall.export.problem import Problem, Vector
from boltzwall.version import __version__

ELECTRON_CHARGE = 1.60217646e-19  # C, in MuMax3
BOHR_MAGNETON = 9.2740091523e-24  # J/T, in MuMax3
FIXED_GAMMA = 1.7595e11  # rad/(T s), in the prefactor of its Zhang–Li torque
PERMEABILITY = 4e-7 * math.pi  # T m/A, in MuMax3


def polarised_current(problem: Problem) -> float:
    """Pol·J, A/m², for which MuMax3's torque has the problem's u, from the equation above."""
    scale = ELECTRON_CHARGE * problem.saturation * (1.0 + problem.beta**2) / BOHR_MAGNETON
    return -problem.velocity * scale * FIXED_GAMMA / gamma_ll(problem)


def gamma_ll(problem: Problem) -> float:
    """γ0/µ0, rad/(T s)."""
    return problem.gyromagnetic_ratio / PERMEABILITY


def mumax3_script(problem: Problem, state_file: str) -> str:
    """The script; it reads M from ``state_file``, an OVF file beside it."""
    return "\n".join(
        (*_head(problem), *_wire(problem), *_torque(problem), *_run(problem, state_file))
    )


def _head(problem: Problem) -> Iterator[str]:
    yield f"// MuMax3 script written by boltzwall {__version__}. Run it in its own folder."
    for remark in problem.remarks:
        yield f"// Note: {remark}"
    yield ""


def _wire(problem: Problem) -> Iterator[str]:
    dx, width, thickness = problem.state.cell
    yield f"SetGridSize({problem.state.directions.shape[0]}, 1, 1)"
    yield f"SetCellSize({dx!r}, {width!r}, {thickness!r})"
    yield ""
    yield f"Ms := {problem.saturation!r}  // A/m"
    yield "Msat = Ms"
    if problem.stiffness is not None:
        yield f"Aex = {problem.stiffness!r}  // J/m"
    yield f"alpha = {problem.damping!r}"
    yield f"GammaLL = {gamma_ll(problem)!r}  // gamma0/mu0, rad/(T s)"
    yield f"EnableDemag = {'true' if problem.demagnetising else 'false'}"
    if problem.anisotropy is not None:
        yield f"Ku1 = {problem.anisotropy!r}  // J/m3"
        yield f"anisU = vector({_components(problem.easy_axis)})"
    if problem.hard_anisotropy is not None:
        yield from _hard_axis(problem.hard_anisotropy, problem.hard_axis)
    if any(problem.field):
        yield f"B_ext = vector({_components(problem.field, PERMEABILITY)})  // mu0 H, T"
    yield ""


def _hard_axis(constant: float, axis: Vector) -> Iterator[str]:
    yield "// Hard axis: energy density K_perp (m.e)^2, field B = -2 K_perp/Ms (m.e) e"
    yield f"Kperp := {constant!r}  // J/m3"
    yield f"hardAxis := ConstVector({_components(axis)})"
    yield "hardField := Mul(Const(-2*Kperp/Ms), Mul(Dot(hardAxis, m), hardAxis))"
    yield "AddFieldTerm(hardField)"
    yield "AddEdensTerm(Mul(Const(-0.5*Ms), Dot(hardField, m)))"


def _torque(problem: Problem) -> Iterator[str]:
    # A polarisation near zero, or none, leaves only the product to choose.
    known = problem.polarisation
    polarisation = known if known is not None and abs(known) > 0.01 else 1.0
    current = polarised_current(problem) / polarisation
    yield f"// Torque of boltzwall: -u dM/dx + beta u M x dM/dx, u = {problem.velocity!r} m/s,"
    yield f"// beta = {problem.beta!r}; u > 0 moves a wall to +x."
    yield "// MuMax3: u = -(GammaLL/1.7595e11) mu_B Pol J/(e Msat (1 + xi^2)), beta = xi;"
    yield "// J is the charge current, electrons flow against it. J below is the current that gives"
    yield "// this u, with what the temperature gradient adds to it."
    if problem.current is not None:
        yield f"// The current of the wire itself: {problem.current!r} A/m2."
    yield f"xi = {problem.beta!r}"
    yield f"Pol = {polarisation!r}"
    yield f"J = vector({current!r}, 0, 0)  // A/m2"
    yield ""


def _run(problem: Problem, state_file: str) -> Iterator[str]:
    yield f"m.LoadFile({json.dumps(state_file, ensure_ascii=False)})"
    yield "TableAdd(E_total)"
    yield f"TableAutosave({problem.save_interval!r})"
    yield f"AutoSave(m, {problem.save_interval!r})"
    yield f"Run({problem.end_time!r})"
    yield ""


def _components(vector: Vector, factor: float = 1.0) -> str:
    return ", ".join(repr(factor * part) for part in vector)
