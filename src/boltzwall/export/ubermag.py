"""A Python script for Ubermag (with OOMMF) with the computed u and β as its `ZhangLi` term.

OOMMF's Anv_SpinTEvolve, which Ubermag calls, adds to dm/dt

    −(1 + αβ)/(1 + α²) u ∂xm + (β − α)/(1 + α²) u m×∂xm,

the explicit form of −u ∂xm + βu m×∂xm: u and β are this package's, without a factor 1/(1 + β²), and
u > 0 moves a wall to +x. Source: spintevolve_3d.cc of OOMMF's extension anv-spintevolve-3d. (The
formula printed in the documentation of micromagneticmodel 0.65 has the other sign of u.)
"""

import json
from collections.abc import Iterator

from boltzwall.export.problem import Problem
from boltzwall.version import __version__


def ubermag_script(problem: Problem, state_file: str) -> str:
    """The script; it reads M in A/m from ``state_file``, an OVF file beside it."""
    return "\n".join((*_head(problem), *_system(problem, state_file), *_run(problem)))


def _head(problem: Problem) -> Iterator[str]:
    yield f'"""Ubermag script written by boltzwall {__version__}; all numbers in SI units."""'
    yield ""
    for remark in problem.remarks:
        yield f"# Note: {remark}"
    yield "from pathlib import Path"
    yield ""
    yield "import discretisedfield as df"
    yield "import micromagneticmodel as mm"
    yield ""


def _system(problem: Problem, state_file: str) -> Iterator[str]:
    quoted = json.dumps(state_file, ensure_ascii=False)
    yield 'system = mm.System(name="boltzwall")'
    yield f"system.m = df.Field.from_file(Path(__file__).with_name({quoted}))  # A/m"
    yield "system.energy = (" if _energies(problem) else "system.energy = 0"
    if _energies(problem):
        for index, term in enumerate(_energies(problem)):
            yield f"    {'+ ' if index else ''}{term}"
        yield ")"
    yield "# Torque of boltzwall: -u dM/dx + beta u M x dM/dx; u > 0 moves a wall to +x."
    yield "# OOMMF's u and beta are the same, without a factor 1/(1 + beta^2)."
    yield "system.dynamics = ("
    yield f"    mm.Precession(gamma0={problem.gyromagnetic_ratio!r})"
    yield f"    + mm.Damping(alpha={problem.damping!r})"
    if problem.velocity != 0.0:
        yield f"    + mm.ZhangLi(u={problem.velocity!r}, beta={problem.beta!r})"
    yield ")"
    yield ""


def _energies(problem: Problem) -> list[str]:
    found = []
    if problem.stiffness is not None:
        found.append(f"mm.Exchange(A={problem.stiffness!r})")
    if problem.anisotropy is not None:
        found.append(
            f"mm.UniaxialAnisotropy(K={problem.anisotropy!r}, u={problem.easy_axis!r}, "
            'name="easyaxis")'
        )
    if problem.hard_anisotropy is not None:
        # Ubermag's energy density is −K (m·u)², so a hard axis has K < 0.
        found.append(
            f"mm.UniaxialAnisotropy(K={-problem.hard_anisotropy!r}, u={problem.hard_axis!r}, "
            'name="hardaxis")'
        )
    if any(problem.field):
        found.append(f"mm.Zeeman(H={problem.field!r})")
    if problem.demagnetising:
        found.append("mm.Demag()")
    return found


def _run(problem: Problem) -> Iterator[str]:
    saves = max(round(problem.end_time / problem.save_interval), 1)
    yield 'if __name__ == "__main__":'
    yield "    import oommfc"
    yield ""
    yield f"    oommfc.TimeDriver().drive(system, t={problem.end_time!r}, n={saves})"
    yield "    print(system.table.data)"
    yield ""
