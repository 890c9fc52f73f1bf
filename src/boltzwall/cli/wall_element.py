"""What `transport` prints of the texture as an element of the circuit, [C11]."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import xarray as xr

Row = tuple[str, str]


def wall_element_rows(dataset: "xr.Dataset") -> Iterator[Row]:
    """Name and text for each line; one line with the reason where there is nothing to tell."""
    note = dataset.attrs.get("wall_element_note", "")
    if note:
        yield "wall in the circuit", f"no numbers: {note}"
        return
    if "wall_resistance_area" not in dataset:  # of a former version
        return
    resistance, amr, voltage, heat = (
        float(dataset[f"wall_{name}"])
        for name in ("resistance_area", "resistance_area_amr", "thermovoltage", "peltier_heat")
    )
    length = resistance * dataset.attrs["conductivity"]
    yield "wall in the circuit", f"resistance {resistance:.4g} Ω m², as {length:.3g} m more wire"
    if amr != 0.0:
        yield "", f"anisotropic magnetoresistance of its M: {amr:.4g} Ω m² in addition"
    yield "", f"thermovoltage at j = 0: {voltage:.4g} V per K/m"
    yield "", f"Peltier heat, over x: {heat:.4g} W/m per A/m²"
