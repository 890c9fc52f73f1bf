"""What `transport` prints of the consistent model: the circuit, and the torque in its two numbers.

u and β are those of T = −u ∂xM + βu M×∂xM, [C6]. A texture under this torque drifts with u, so to
+x for u > 0; held back by damping and anisotropy, a wall moves with βu/α, the other way for β < 0.
"""

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import xarray as xr

Row = tuple[str, str]


def torque_rows(dataset: "xr.Dataset") -> Iterator[Row]:
    """Name and text for each line about a transport solution of the consistent model."""
    yield "circuit", _circuit(dataset)
    yield "uniform wire", _uniform(dataset)
    yield "wide wall", f"β = ħ/(Jτ_sf) = {float(dataset.attrs['beta_wide_wall']):.4g}"
    u = _number(dataset, "effective_velocity")
    if math.isnan(_number(dataset, "electrical_velocity")):
        yield "u, β", "none: the magnetisation does not change along the wire"
    else:
        beta = _number(dataset, "effective_beta")
        if not math.isnan(beta):
            yield "u", f"{u:.4g} m/s: {_goes(u, beta, _along_wire(dataset))}"
            yield "β", _beta(dataset, beta)
        yield from _of_each_drive(dataset)
    yield "continuity", _residuals(dataset)


def _circuit(dataset: "xr.Dataset") -> str:
    field, current = _number(dataset, "electric_field"), _current(dataset)
    if dataset.attrs["circuit"] == "open":
        return f"open: E = {field:.4g} V/m stops the current"
    return f"{dataset.attrs['circuit']}: E = {field:.4g} V/m, j = {current:.4g} A/m²"


def _uniform(dataset: "xr.Dataset") -> str:
    of = dataset.attrs
    return (
        f"σ = {of['conductivity']:.4g} S/m, S = {of['seebeck_coefficient'] * 1e6:.4g} µV/K, "
        f"P = {of['polarisation']:.4g}, P' = {of['spin_conversion']:.4g} "
        f"at {of['conduction_temperature']:.4g} K"
    )


def _of_each_drive(dataset: "xr.Dataset") -> Iterator[Row]:
    u, beta = (_number(dataset, f"electrical_{name}") for name in ("velocity", "beta"))
    effective = _number(dataset, "electrical_polarisation")
    # u per current density: electrons flow against j.
    flow = ("along the electron flow", "against the electron flow")
    yield "field alone", f"u = {u:.4g} m/s per A/m²: {_goes(-u, beta, flow)}"
    yield "", f"β = {_beta(dataset, beta)}, P_eff = {effective:.4g}"
    ends = ("towards the hot end", "towards the cold end")
    for name, key in (("closed (E = 0)", "closed"), ("open (j = 0)", "open")):
        u, beta = (_number(dataset, f"thermal_{part}_{key}") for part in ("velocity", "beta"))
        yield f"gradient, {name}", f"u = {u:.4g} m/s per K/m: {_goes(u, beta, ends)}"
        yield "", f"β_Q = {_beta(dataset, beta)}"


def _goes(u: float, beta: float, ways: tuple[str, str]) -> str:
    """The way for u > 0 or for u < 0, and what a negative β makes of it."""
    if u == 0.0:
        return "at rest"
    onward, back = ways if u > 0.0 else ways[::-1]
    return onward if beta >= 0.0 else f"{onward}; {back} where it moves with βu/α, since β < 0"


def _along_wire(dataset: "xr.Dataset") -> tuple[str, str]:
    """What lies in the direction +x and −x: an end, the flow of electrons, hot or cold."""
    ways = ["towards +x", "towards −x"]
    current = _current(dataset)
    if current != 0.0:
        flow = ["along the electron flow", "against the electron flow"]
        ways = _joined(ways, flow if current < 0.0 else flow[::-1])
    warming = float(dataset["temperature"][-1] - dataset["temperature"][0])
    if warming != 0.0:
        ends = ["towards the hot end", "towards the cold end"]
        ways = _joined(ways, ends if warming > 0.0 else ends[::-1])
    return ways[0], ways[1]


def _joined(first: list[str], second: list[str]) -> list[str]:
    return [f"{a}, {b}" for a, b in zip(first, second, strict=True)]


def _beta(dataset: "xr.Dataset", beta: float) -> str:
    wide = float(dataset.attrs["beta_wide_wall"])
    return f"{beta:.4g}, {beta / wide:.4g} of a wide wall's"


def _residuals(dataset: "xr.Dataset") -> str:
    charge, spin = (
        float(dataset.attrs[f"residual_{name}_relative"]) for name in ("charge", "spin")
    )
    return f"charge {charge:.1e}, spin {spin:.1e} left of the largest term"


def _current(dataset: "xr.Dataset") -> float:
    """j in A/m², and 0 where two parts cancel but for rounding."""
    current = float(dataset["charge_current_density"].mean())
    part = _number(dataset, "electric_field") * _number(dataset, "conductivity_texture")
    return current if abs(current) > 1e-9 * abs(part) else 0.0


def _number(dataset: "xr.Dataset", name: str) -> float:
    return float(dataset[name])
