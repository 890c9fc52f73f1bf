"""Prove the tests: put one fault after another into a copy of the code and see that the tests fail.

python scripts/prove_tests.py                  every fault; a table; exit status 1 if one survives
python scripts/prove_tests.py --only fermi     the faults whose file or remark holds a text

Each fault names the tests that ought to notice it. They must pass on the code as it is. If they
pass with the fault as well, the whole quick suite is tried before the fault is said to survive.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
COPIED = ("src", "tests", "docs", "examples", "benchmarks", "scripts", "validation", ".ci")
FILES = ("pyproject.toml", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "mkdocs.yml")
PASSED, FAILED = 0, 1  # exit status of pytest
# All but the test that every fault's text stands in the code.
_ALL = ("-n", "2", "tests", "--deselect", "tests/house/test_faults.py")


@dataclass(frozen=True)
class Fault:
    """One place of the code, made wrong.

    Attributes:
        file: below src/boltzwall.
        text: as it stands there, once.
        wrong: what takes its place.
        remark: what kind of fault it is.
        tests: which tests ought to notice.
    """

    file: str
    text: str
    wrong: str
    remark: str
    tests: tuple[str, ...]

    def applied(self, source: str) -> str:
        """The source with the fault.

        Raises:
            ValueError: the text does not stand there exactly once.
        """
        found = source.count(self.text)
        if found != 1:
            raise ValueError(
                f"The text of a fault must stand once in {self.file}, but it stands {found} times: "
                f"{self.text!r}. Renew it in scripts/prove_tests.py."
            )
        return source.replace(self.text, self.wrong)


FAULTS = (
    Fault(
        "physics/fermi.py",
        "return sech * sech / (4.0 * BOLTZMANN * temperature)",
        "return sech * sech / (2.0 * BOLTZMANN * temperature)",
        "factor 2 in (9)",
        ("tests/physics/test_fermi.py",),
    ),
    Fault(
        "physics/fermi.py",
        "- energy * (down + up))",
        "+ energy * (down + up))",
        "sign in (7)",
        ("tests/physics/test_fermi.py",),
    ),
    Fault(
        "physics/llg.py",
        "total = torque - gyromagnetic_ratio * jnp.cross(m, field)",
        "total = torque + gyromagnetic_ratio * jnp.cross(m, field)",
        "sign of the precession in (26)",
        ("tests/physics/test_llg.py",),
    ),
    Fault(
        "physics/llg.py",
        "return (total + alpha * jnp.cross(m, total)) / (1.0 + alpha**2)",
        "return total + alpha * jnp.cross(m, total)",
        "1 + α² dropped in (26)",
        ("tests/physics/test_llg.py",),
    ),
    Fault(
        "physics/torque.py",
        "gained = time * (current_slope - scales.u",
        "gained = time * (current_slope + scales.u",
        "sign in (16)",
        ("tests/physics/test_torque.py",),
    ),
    Fault(
        "physics/torque.py",
        "        -factor / xi * turned,\n",
        "        0.0 * turned,\n",
        "a term of (17) dropped",
        ("tests/physics/test_torque.py",),
    ),
    Fault(
        "physics/carriers.py",
        "return 4.0 * jnp.pi * p * p / PLANCK**3",
        "return 8.0 * jnp.pi * p * p / PLANCK**3",
        "factor 2 in the density of states",
        ("tests/physics/test_conduction.py",),
    ),
    Fault(
        "physics/conduction.py",
        "(self.majority.conductivity - self.minority.conductivity)",
        "(self.minority.conductivity - self.majority.conductivity)",
        "sign of P",
        ("tests/physics/test_conduction.py",),
    ),
    Fault(
        "physics/field_terms/exchange.py",
        "return jax.device_put(2.0 * left * right",
        "return jax.device_put(left * right",
        "factor 2 in the exchange between cells",
        ("tests/physics/test_field_terms.py",),
    ),
    Fault(
        "physics/collective.py",
        "self.orientation * (beta - alpha) * u / delta",
        "self.orientation * (alpha - beta) * u / delta",
        "sign in [M8]",
        ("tests/simulation/test_collective.py",),
    ),
    Fault(
        "numerics/two_by_two.py",
        "radius2 = half * half + self.a12 * self.a21",
        "radius2 = half * half + self.a12 * self.a12",
        "index of a matrix element",
        ("tests/numerics/test_two_by_two.py",),
    ),
    Fault(
        "numerics/frames.py",
        "weights = jnp.array([1.875, -1.25, 0.375])",
        "weights = jnp.array([1.5, -0.5, 0.0])",
        "an order of the extrapolation dropped",
        ("tests/numerics/test_frames.py",),
    ),
    Fault(
        "numerics/frames.py",
        'jnp.einsum("iab,icb->iac", frames, before)',
        'jnp.einsum("iab,ibc->iac", frames, before)',
        "index: a rotation transposed",
        ("tests/numerics/test_frames.py",),
    ),
    Fault(
        "numerics/block_tridiagonal.py",
        "solution = value - _apply(inverse, _apply(upper, after))",
        "solution = value + _apply(inverse, _apply(upper, after))",
        "sign in the back substitution",
        ("tests/numerics/test_block_tridiagonal.py",),
    ),
    Fault(
        "numerics/exponential_moments.py",
        "recurrent = (n * recurrent - decay) / far",
        "recurrent = ((n + 1) * recurrent - decay) / far",
        "index of a recurrence",
        ("tests/numerics/test_exponential_moments.py",),
    ),
    Fault(
        "numerics/rosenbrock.py",
        "slopes.append(operator.solve(h * GAMMA, h * f + w) - w)",
        "slopes.append(operator.solve(h * GAMMA, h * f + w))",
        "a term of a stage dropped",
        ("tests/numerics/test_stepping.py",),
    ),
    Fault(
        "numerics/momentum.py",
        "operator = collocation + np.outer(left / w, left)",
        "operator = collocation - np.outer(left / w, left)",
        "sign of an upwind flux",
        ("tests/numerics/test_momentum.py",),
    ),
    Fault(
        "numerics/krylov.py",
        ".set(cos * lower - sin * upper)",
        ".set(cos * lower + sin * upper)",
        "sign of a rotation",
        ("tests/numerics/test_krylov.py",),
    ),
    Fault(
        "transport/published/cell.py",
        "c * source[2] - s * source[3],",
        "c * source[2] + s * source[3],",
        "sign of the precession in (6)",
        ("tests/reference/test_numpy_marching.py", "tests/invariants/test_continuity.py"),
    ),
    Fault(
        "transport/published/cell.py",
        "self.v * slope[1] + self.u * slope[0],",
        "self.v * slope[1],",
        "the term in u of (6) dropped",
        ("tests/transport/published/test_cell.py",),
    ),
    Fault(
        "transport/published/momentum_drift.py",
        "return -self.strength * self.grid.difference",
        "return self.strength * self.grid.difference",
        "sign of the ends of the momentum window",
        ("tests/invariants/test_continuity.py",),
    ),
    Fault(
        "transport/published/moments.py",
        ".set(u * slope[:, 0, 0])",
        ".set(0.0 * slope[:, 0, 0])",
        "the term in u of (15) dropped",
        ("tests/invariants/test_continuity.py",),
    ),
    Fault(
        "transport/consistent/cell.py",
        "m0 - 3.0 * m1 + 2.0 * m3,",
        "m0 - 3.0 * m1 + 2.0 * m2,",
        "index of a moment",
        ("tests/transport/consistent/test_cell.py",),
    ),
    Fault(
        "transport/consistent/drive.py",
        "bent = 0.5 * time / carriers.mass * pushed",
        "bent = time / carriers.mass * pushed",
        "factor 2 in the exchange force",
        ("tests/convergence/test_consistent_against_reference.py",),
    ),
    Fault(
        "transport/consistent/drive.py",
        "-energy * (gradient / temperature)[:, None, None],",
        "energy * (gradient / temperature)[:, None, None],",
        "sign of the thermal force",
        ("tests/convergence/test_consistent_against_reference.py",),
    ),
    Fault(
        "transport/consistent/two_stream.py",
        "transmit, even.minus(odd))",
        "transmit, even.plus(odd))",
        "sign of the reflection of a cell",
        ("tests/convergence/test_consistent_against_reference.py",),
    ),
)


@dataclass(frozen=True)
class Copy:
    """A copy of the repository in a folder of its own, into which a fault can be put."""

    folder: Path

    @classmethod
    def make(cls, folder: Path) -> "Copy":
        """Copy what the tests need."""
        skip = shutil.ignore_patterns("__pycache__", ".*_cache", "*.pyc")
        for name in COPIED:
            shutil.copytree(ROOT / name, folder / name, ignore=skip)
        for name in FILES:
            shutil.copy(ROOT / name, folder / name)
        return cls(folder)

    def pytest(self, arguments: Iterable[str]) -> tuple[int, str]:
        """Exit status and output."""
        # Bytecode is not kept: a file that changes twice in a second would be taken for its former.
        added = {"PYTHONPATH": str(self.folder / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider"]
        done = subprocess.run(
            [*command, "-m", "not slow", *arguments],
            cwd=self.folder,
            env=os.environ | added,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    def noticed_by(self, fault: Fault) -> str | None:
        """The first test that fails with the fault; None if none does."""
        file = self.folder / "src" / "boltzwall" / fault.file
        right = file.read_text(encoding="utf-8")
        file.write_text(fault.applied(right), encoding="utf-8")
        try:
            for tests in (fault.tests, _ALL):
                status, output = self.pytest(tests)
                if status == FAILED:
                    return _first_failure(output)
                if status != PASSED:
                    raise RuntimeError(f"The tests could not be run:\n{output}")
            return None
        finally:
            file.write_text(right, encoding="utf-8")


def _first_failure(output: str) -> str:
    for line in output.splitlines():
        if line.startswith(("FAILED ", "ERROR ")):
            return line.split()[1]
    return "a test"


def chosen(part: str) -> list[Fault]:
    """The faults whose file or remark holds a text."""
    return [fault for fault in FAULTS if part in fault.file or part in fault.remark]


def table(found: Iterable[tuple[Fault, str | None]]) -> Iterator[str]:
    """A table in Markdown, a line at a time."""
    yield "| file | fault | noticed by |"
    yield "|---|---|---|"
    for fault, test in found:
        yield f"| `{fault.file}` | {fault.remark} | {f'`{test}`' if test else 'NO TEST'} |"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="", help="a part of the file's name or of the remark")
    faults = chosen(parser.parse_args().only)
    survived = []
    with tempfile.TemporaryDirectory() as folder:
        copy = Copy.make(Path(folder))
        status, output = copy.pytest(sorted({test for fault in faults for test in fault.tests}))
        if status != PASSED:
            print(f"The tests must pass without a fault, but they do not:\n{output}")
            return 1

        def tried() -> Iterator[tuple[Fault, str | None]]:
            for fault in faults:
                test = copy.noticed_by(fault)
                if test is None:
                    survived.append(fault)
                yield fault, test

        for line in table(tried()):
            print(line, flush=True)
    print(f"{len(faults) - len(survived)} of {len(faults)} faults noticed")
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main())
