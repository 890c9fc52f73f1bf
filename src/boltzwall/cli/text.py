"""What the commands print, and text files."""

import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from boltzwall.errors import InputError

if TYPE_CHECKING:
    import xarray as xr

    from boltzwall.config import Config
    from boltzwall.materials import Material


def report(config: "Config", name: str) -> str:
    """The answer of `check`: derived scales, warnings, and what is assumed or calibrated."""
    from boltzwall.config.scales import derived_scales

    scales = derived_scales(config)
    rows = [
        (entry.name, entry.symbol, f"{entry.value:.6g} {entry.unit}".strip(), entry.remark)
        for entry in scales.entries
    ]
    blocks = [f"The configuration is valid: {name}", _table(rows)]
    blocks += [f"Warning: {warning}" for warning in scales.warnings]
    assumed = config.material.assumed()
    if assumed:
        blocks.append("Assumed, without a source:\n" + "\n".join(f"  {line}" for line in assumed))
    return "\n\n".join(blocks)


def material_table(material: "Material") -> str:
    """A preset with the value and the source of each constant."""
    from boltzwall.config.schema import Material as Section
    from boltzwall.config.templates import unit_of
    from boltzwall.config.units import brief, in_display_unit

    rows = []
    for key, constant in material.constants.items():
        unit = unit_of(Section.model_fields[key])
        value = in_display_unit(constant.value, unit) if unit else brief(constant.value)
        rows.append((key, value, "assumed: " * constant.assumed + constant.source))
    return f"{material.name}: {material.description}\n{_table(rows)}"


def summary(dataset: "xr.Dataset", path: Path) -> str:
    """The result of a computation in a few lines."""
    attributes = dataset.attrs
    rows = [("file", str(path))]
    for label, key, scale, unit in (
        ("settling time", "settling_time", 1e9, "ns"),
        ("wall velocity", "wall_velocity_estimate", 1.0, "m/s"),
    ):
        if key in attributes:
            rows.append((label, f"{float(attributes[key]) * scale:.4g} {unit}"))
    for label, key in (("stopped", "stopped_because"), ("calibrated", "calibrated")):
        if attributes.get(key):
            rows.append((label, str(attributes[key])))
    return _table(rows)


def write_text(text: str, path: Path, overwrite: bool) -> None:
    """Write a text file, whole or not at all; InputError if it exists or cannot be written."""
    from boltzwall.io import check_writable

    check_writable(path, overwrite)
    temporary = None
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
        os.replace(temporary, path)
    except OSError as error:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
        raise InputError(f"The file `{path}` cannot be written: {error.strerror}.") from None


def _table(rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(_aligned(rows))


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
