"""Scripts on disk, with the OVF files that they read beside them."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from boltzwall.errors import InputError
from boltzwall.export.mumax3 import mumax3_script
from boltzwall.export.script import Script
from boltzwall.export.snapshot import Snapshot
from boltzwall.export.ubermag import ubermag_script
from boltzwall.io.netcdf import check_writable, replacing
from boltzwall.io.ovf import Ovf, write_ovf
from boltzwall.io.states import write_state

Simulator = Literal["mumax3", "ubermag"]
_WRITERS: dict[str, Callable[[Snapshot, str], Script]] = {
    "mumax3": mumax3_script,
    "ubermag": ubermag_script,
}


def write_script(
    problem: Snapshot, simulator: Simulator, path: str | Path, overwrite: bool = False
) -> list[Path]:
    """Write a script and what it reads, M first and the script last; return their paths.

    M goes beside the script under its name with `.ovf`: unit vectors for MuMax3, A/m for Ubermag.

    Raises:
        InputError: ``path`` ends in .ovf, or a file cannot be written (as ``check_writable``).
    """
    path = Path(path)
    state_path = path.with_suffix(".ovf")
    if state_path == path:
        raise InputError(f"The output must be a script, but `{path}` ends in .ovf.")
    script = _WRITERS[simulator](problem, state_path.name)
    fields = {path.with_name(name): values for name, values in script.fields.items()}
    for target in (path, state_path, *fields):
        check_writable(target, overwrite)
    state = problem.state
    units = simulator == "mumax3"
    written = [write_state(state, state_path, unit_vectors=units, overwrite=overwrite)]
    for target, values in fields.items():
        origin = (state.origin, 0.0, 0.0)
        title = "B" if script.units == "T" else "H"
        ovf = Ovf(values[:, None, None, :], origin, state.cell, title, script.units, state.time)
        written.append(write_ovf(ovf, target, overwrite=overwrite))
    try:
        with replacing(path) as temporary:
            temporary.write_text(script.text, encoding="utf-8")
    except OSError as error:
        raise InputError(f"The file `{path}` cannot be written: {error.strerror}.") from None
    return [*written, path]
