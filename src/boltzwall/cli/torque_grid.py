"""The command `torque`: the kinetic torque on the magnetisation of an OVF file."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from boltzwall.cli.interrupts import uninterrupted
from boltzwall.cli.outputs import Target, new_file
from boltzwall.cli.sources import load_one
from boltzwall.errors import InputError
from boltzwall.progress import progress

if TYPE_CHECKING:
    import xarray as xr

    from boltzwall.io.ovf import Ovf

_ENDING = "-torque.ovf"
_SUFFIXES = (".ovf", ".nc", ".mx3")


def torque(file: Path, source: Path | None, overrides: Sequence[str], target: Target) -> None:
    """Compute the torque of a current along x and write it as the suffix of the output says."""
    from boltzwall.io.ovf import read_ovf

    path = target.output or file.with_name(file.stem + _ENDING)
    if path.suffix not in _SUFFIXES:
        raise InputError(
            f"Option `--output` must end with {', '.join(_SUFFIXES)}, but `{path}` was given. They "
            "stand for dM/dt as a field, the whole Dataset, and lines for MuMax3 with their field."
        )
    config = load_one(source, overrides)
    new_file(path, target.overwrite)
    field = read_ovf(file)
    if field.values.shape[-1] != 3:
        raise InputError(f"The file `{file}` must hold vectors, but it holds something else.")
    lengths = np.linalg.norm(field.values, axis=-1, keepdims=True)
    m = np.divide(field.values, lengths, out=np.zeros_like(field.values), where=lengths > 0.0)
    with progress("Solving the transport of each row", target.quiet) as report:
        from boltzwall.simulation import torque_field

        dataset = torque_field(m, field.step, config, progress=None)
        if report:
            report(1.0, 1.0, "done")
    with uninterrupted():
        written = _write(dataset, field, path)
    u, beta = (float(dataset[f"effective_{name}"]) for name in ("velocity", "beta"))
    print(f"{'u':26}{u:.4g} m/s")
    print(f"{'β':26}{beta:.4g}")
    print(f"{'transverse scale':26}{dataset.attrs['transverse_ratio']:.3g} mean free paths")
    for one in written:
        print(f"{'file':26}{one}")


def _write(dataset: "xr.Dataset", field: "Ovf", path: Path) -> tuple[Path, ...]:
    """Write the torque; the paths of the files."""
    if path.suffix == ".mx3":
        from boltzwall.adapters.mumax3 import write_mumax3_torque

        return write_mumax3_torque(dataset, path, overwrite=True)
    if path.suffix == ".nc":
        from boltzwall.io import write_dataset

        write_dataset(dataset, path, overwrite=True)
        return (path,)
    from boltzwall.io.ovf import Ovf, write_ovf

    values = dataset["magnetisation_torque"].to_numpy()
    found = Ovf(values, field.origin, field.step, "torque", "A/m/s", field.time)
    return (write_ovf(found, path, "binary 8", overwrite=True),)
