"""What the commands print."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

_STEADY = 0.01  # of the largest steady |m|

if TYPE_CHECKING:
    import xarray as xr

    from boltzwall.config import Config
    from boltzwall.config.scales import Scale
    from boltzwall.config.units import Unit
    from boltzwall.materials import Constant, Preset


def report(config: "Config", head: str, notes: Sequence[str] = ()) -> str:
    """The answer of `check`: how it was read, derived scales, warnings, what is assumed."""
    from boltzwall.config.scales import derived_scales

    scales = derived_scales(config)
    blocks = [head]
    if notes:
        blocks.append("Read:\n" + "\n".join(f"  {line}" for line in notes))
    rows = list(_aligned([_scale_row(entry) for entry in scales.entries]))
    for heading, entries in scales.groups:
        blocks.append("\n".join([heading, *(f"  {rows.pop(0)}" for _ in entries)]))
    blocks += [f"Warning: {warning}" for warning in scales.warnings]
    assumed = config.assumed()
    if assumed:
        blocks.append("Assumed, without a source:\n" + "\n".join(f"  {line}" for line in assumed))
    return "\n\n".join(blocks)


def _scale_row(entry: "Scale") -> tuple[str, str, str, str]:
    value = entry.text or f"{entry.value:.6g} {entry.unit}"
    return entry.name, entry.symbol, value.strip(), entry.remark


def material_table(material: "Preset", with_conduction: bool = False) -> str:
    """A preset with the value and the source of each constant.

    Arguments:
        with_conduction: add the transport coefficients of the consistent model, which takes JAX.
    """
    from boltzwall.config.kinds import unit_of
    from boltzwall.config.sections import Material as Section
    from boltzwall.config.sections import Transport
    from boltzwall.config.units import brief, in_display_unit

    rows = []
    for section, constants in (
        (Section, material.constants),
        (Transport, material.transport_constants),
    ):
        for key, constant in constants.items():
            unit = unit_of(section.model_fields[key])
            value = in_display_unit(constant.value, unit) if unit else brief(constant.value)
            rows.append((key, value, _source(constant, unit)))
    blocks = [f"{material.name}: {material.description}\n{_table(rows)}"]
    if with_conduction:
        from boltzwall.cli.conduction import conduction_rows, measurement_rows

        if material.measurements:
            blocks.append(f"Measured:\n{_table(list(measurement_rows(material)))}")
        for dimension in (3, 1):
            head = f"Consistent model, {dimension}D electrons in a uniform wire at 300 K:"
            blocks.append(f"{head}\n{_table(list(conduction_rows(material, dimension)))}")
    return "\n\n".join(blocks)


def _source(constant: "Constant", unit: "Unit | None") -> str:
    """Where a number comes from, and its error."""
    from boltzwall.config.units import brief, in_display_unit

    def shown(value: float) -> str:
        text = in_display_unit(value, unit) if unit else brief(value)
        number, space, name = text.partition(" ")
        return f"{float(number):.3g}{space}{name}"

    text = "assumed: " * constant.assumed + constant.source
    if constant.span is not None:
        low, high = constant.span
        return f"{text}; {shown(low)} to {shown(high)}: {constant.error_source}"
    if constant.error is not None:
        return f"{text}; ± {shown(constant.error)}: {constant.error_source}"
    return text


def summary(dataset: "xr.Dataset", path: Path) -> str:
    """The result of a computation in a few lines."""
    from boltzwall.walls.words import settling_rows, wall_rows

    attributes = dataset.attrs
    rows = [("file", str(path))]
    if "time" in dataset.dims:
        rows.extend(wall_rows(dataset))
        rows.extend(_torque(dataset))
        rows.extend(settling_rows(dataset))
    if "time" not in dataset.dims:
        largest = (dataset["torque_total"] ** 2).sum("component").max() ** 0.5
        rows.append(("largest torque", f"{float(largest):.4g} 1/s"))
        if attributes.get("model") == "consistent":
            from boltzwall.cli.torque import torque_rows

            rows.extend(torque_rows(dataset))
        from boltzwall.cli.wall_element import wall_element_rows

        rows.extend(wall_element_rows(dataset))
    if "electron_deviation" in dataset:
        rows.append(("electrons", _electrons(dataset)))
    for label, key in (("stopped", "stopped_because"), ("calibrated", "calibrated")):
        if attributes.get(key):
            rows.append((label, str(attributes[key])))
    return _table(rows)


def sweep_summary(dataset: "xr.Dataset") -> str:
    """The velocity of the wall over a sweep, or nothing where no wall was followed."""
    from boltzwall.walls.words import sweep_rows

    return _table(list(sweep_rows(dataset)))


def _torque(dataset: "xr.Dataset") -> Iterator[tuple[str, str]]:
    """u and β at the last state."""
    if "effective_velocity" in dataset:
        u, beta = (float(dataset[f"effective_{name}"][-1]) for name in ("velocity", "beta"))
        if u == u:
            yield "torque", f"u = {u:.5g} m/s, β = {beta:.4g}"


def _electrons(dataset: "xr.Dataset") -> str:
    """When the electrons became steady, and how far from it they are at the end."""
    deviation, time = dataset["electron_deviation"].values, dataset["time"].values
    away = (deviation > _STEADY).nonzero()[0]
    last = f"m differs from its steady value by {deviation[-1]:.2g} at the end"
    if away.size == 0:
        return f"steady to {_STEADY:.0%} throughout; {last}"
    if away[-1] + 1 == time.size:
        return f"not yet steady to {_STEADY:.0%}; {last}"
    return f"steady to {_STEADY:.0%} after {time[away[-1] + 1] * 1e15:.3g} fs; {last}"


def _table(rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(_aligned(rows))


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
