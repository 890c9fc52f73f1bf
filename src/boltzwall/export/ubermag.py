"""A Python script for Ubermag (with OOMMF) of a result.

OOMMF's Anv_SpinTEvolve, which Ubermag calls, adds to dm/dt

    −(1 + αβ)/(1 + α²) u ∂xm + (β − α)/(1 + α²) u m×∂xm,

the explicit form of −u ∂xm + βu m×∂xm: u and β are this package's, without a factor 1/(1 + β²), and
u > 0 moves a wall to +x. Its DMI of the class Cnv_z, D (m·∇m_z − m_z ∇·m), has the sign opposite to
D of [M4]; that of the class T, D m·(∇×m), is D of [M5]. Where constants vary, they are given by
subregions: oommfc takes the absolute value of a scalar field. Sources: spintevolve_3d.cc of OOMMF's
extension anv-spintevolve-3d; DMI_Cnv_z.cc; oommfc 0.66, scripts/util.py, energy.py, driver.py. (The
formula of the torque in the documentation of micromagneticmodel 0.65 has the other sign of u.)
"""

from collections.abc import Iterator, Sequence

import numpy as np

from boltzwall.build.magnet import noise_step
from boltzwall.config.units import brief
from boltzwall.constants import ELEMENTARY_CHARGE, REDUCED_PLANCK, VACUUM_PERMEABILITY
from boltzwall.export.script import Script, remark_lines
from boltzwall.export.snapshot import Snapshot
from boltzwall.export.torque import Torque
from boltzwall.export.ubermag_fields import Energies, energies_of
from boltzwall.export.ubermag_values import CellValues, function
from boltzwall.export.zones import is_uniform
from boltzwall.physics.field_terms import OerstedField, SpinOrbitTorque
from boltzwall.physics.waveforms import AlwaysOn
from boltzwall.version import __version__


def ubermag_script(problem: Snapshot, state_file: str) -> Script:
    """A Python script for Ubermag, with OOMMF, that goes on from a state of a result.

    Arguments:
        problem: what `problem_of` gives.
        state_file: name of the OVF file beside the script from which it reads M in A/m.

    Returns:
        The text, and the fields that must lie beside it; `write_script` writes all of them.
    """
    cells = CellValues.of(problem)
    energies = energies_of(problem, cells, state_file.removesuffix(".ovf"))
    left_out = [*problem.remarks, *energies.left_out, *_left_out(problem, cells)]
    if problem.torque is not None:
        left_out += problem.torque.remarks
    lines = (
        *_head(problem.notes, left_out),
        *_mesh(problem, cells, state_file),
        *_functions(problem),
        *_energy(energies),
        *_dynamics(problem, cells),
        *_run(problem),
    )
    return Script("\n".join(lines), energies.fields, "A/m")


def _head(notes: Sequence[str], left_out: list[str]) -> Iterator[str]:
    yield f'"""Ubermag script written by boltzwall {__version__}; all numbers in SI units."""'
    yield ""
    for line in remark_lines(notes, left_out):
        yield f"# {line}"
    yield "from pathlib import Path"
    yield ""
    yield "import discretisedfield as df"
    yield "import micromagneticmodel as mm"
    yield "import numpy as np"
    yield ""


def _left_out(problem: Snapshot, cells: CellValues) -> Iterator[str]:
    config = problem.config
    if config.dynamics.moving_window:
        yield (
            "dynamics.moving_window: OOMMF has none, and the wall leaves the mesh where it moves "
            "further than to its end"
        )
        if config.field.demagnetising == "full":
            yield "the field of what lies beyond the mesh"
    if cells.zones.merged:
        yield (
            f"differences within each of {cells.zones.count} subregions: they hold the means of "
            "their cells"
        )
    if config.dynamics.thermal_noise and not _has_noise(problem):
        yield (
            "dynamics.thermal_noise: OOMMF's thermal evolver knows no current and one temperature "
            "and damping only"
        )
    elif _has_noise(problem):
        yield "the random numbers of the thermal noise: OOMMF draws its own"


def _has_noise(problem: Snapshot) -> bool:
    """Whether OOMMF's thermal evolver can take this problem."""
    return (
        problem.config.dynamics.thermal_noise
        and problem.torque is None
        and _spin_orbit(problem) is None
        and is_uniform(problem.temperature)
        and is_uniform(np.asarray(problem.magnet.damping))
    )


def _mesh(problem: Snapshot, cells: CellValues, state_file: str) -> Iterator[str]:
    yield 'system = mm.System(name="boltzwall")'
    yield f"system.m = df.Field.from_file(Path(__file__).with_name({state_file!r}))  # A/m"
    yield from cells.definitions()
    if _has_noise(problem):
        yield f"system.T = {brief(float(np.mean(problem.temperature)))}  # K"
    yield ""


def _functions(problem: Snapshot) -> Iterator[str]:
    """The factors of time as functions, of what needs them."""
    zeeman = problem.magnet.terms["zeeman"]
    needed = {}
    if np.any(np.asarray(zeeman.external)):  # type: ignore[attr-defined]
        needed["magnetic"] = zeeman.waveform  # type: ignore[attr-defined]
    if problem.torque is not None:
        needed["electric"] = problem.torque.waveform
    for term in problem.magnet.terms.values():
        if isinstance(term, SpinOrbitTorque | OerstedField):
            needed["electric"] = term.waveform
    for name, waveform in needed.items():
        if not isinstance(waveform, AlwaysOn):
            yield ""
            yield from function(name, waveform, problem.start)
            yield ""


def _energy(energies: Energies) -> Iterator[str]:
    yield "system.energy = ("
    for index, term in enumerate(energies.terms):
        yield f"    {'+ ' if index else ''}{term}"
    yield ")"


def _dynamics(problem: Snapshot, cells: CellValues) -> Iterator[str]:
    spin_orbit = _spin_orbit(problem)
    yield "system.dynamics = ("
    yield f"    mm.Precession(gamma0={brief(float(problem.magnet.gyromagnetic_ratio))})"
    yield f"    + mm.Damping(alpha={cells.value(np.asarray(problem.magnet.damping))})"
    if problem.torque is not None:
        yield f"    + mm.ZhangLi({_zhang_li(problem, problem.torque, cells)})"
    elif spin_orbit is not None and np.any(spin_orbit.damping_like):
        yield f"    + mm.Slonczewski({_slonczewski(problem, spin_orbit, cells)})"
    yield ")"
    if problem.torque is not None:
        yield "# Torque of boltzwall: -u dM/dx + beta u M x dM/dx; u > 0 moves a wall to +x."
        yield "# OOMMF's u and beta are the same, without a factor 1/(1 + beta^2)."
        current, known = problem.torque.current, problem.torque.polarisation
        if current is not None and np.isfinite(current):
            of = f", P = {float(f'{known:.6g}')}" if known else ""
            yield f"# The wire's own current: j = {brief(float(f'{current:.6g}'))} A/m2{of}."
    yield ""


def _zhang_li(problem: Snapshot, torque: Torque, cells: CellValues) -> str:
    text = f"u={cells.value(torque.full)}, beta={brief(torque.beta)}"
    if isinstance(torque.waveform, AlwaysOn):
        return text
    step = cells.step(torque.waveform, problem.duration)
    if not torque.steady:
        return f"{text}, func=electric, dt={step}"
    share = float(np.mean(torque.driven) / np.mean(torque.full))
    mixed = f"lambda t: {brief(share)} * electric(t) + {brief(1.0 - share)}"
    return f"{text}, func={mixed}, dt={step}"


def _spin_orbit(problem: Snapshot) -> SpinOrbitTorque | None:
    term = problem.magnet.terms.get("spin_orbit_torque")
    return term if isinstance(term, SpinOrbitTorque) else None


def _slonczewski(problem: Snapshot, term: SpinOrbitTorque, cells: CellValues) -> str:
    """The damping-like torque: with P = Lambda = 1, OOMMF's is that of H = ħJ/(2eµ0Ms t)."""
    thickness = problem.state.cell[2]
    moment = VACUUM_PERMEABILITY * problem.saturation * thickness
    scale = 2.0 * ELEMENTARY_CHARGE * moment / REDUCED_PLANCK
    current = np.asarray(term.damping_like) * scale
    axis = cells.value(np.asarray(term.axis)[None])
    text = f"J={cells.value(current)}, mp={axis}, P=1, Lambda=1"
    if isinstance(term.waveform, AlwaysOn):
        return text
    return f"{text}, func=electric, dt={cells.step(term.waveform, problem.duration)}"


def _run(problem: Snapshot) -> Iterator[str]:
    saves = max(round(problem.duration / problem.config.dynamics.save_interval), 1)
    yield 'if __name__ == "__main__":'
    yield "    import oommfc"
    yield ""
    if _has_noise(problem):
        dynamics = problem.config.dynamics
        yield "    # Needs an OOMMF with the extension UHH_ThetaEvolve."
        yield "    evolver = oommfc.UHH_ThetaEvolver("
        yield f"        fixed_timestep={brief(noise_step(problem.config.dynamics))}, "
        yield f"        uniform_seed={dynamics.noise_seed},"
        yield "    )"
        yield "    driver = oommfc.TimeDriver(evolver=evolver)"
    else:
        yield "    driver = oommfc.TimeDriver()"
    yield f"    driver.drive(system, t={brief(problem.duration)}, n={saves})"
    yield "    print(system.table.data)"
    yield ""
