"""What `transport` prints of the consistent model: the circuit, and the torque in its two numbers.

u and β are those of T = −u ∂xM + βu M×∂xM, [C6]. A texture under this torque drifts with u, so to
+x for u > 0; held back by damping and anisotropy, a wall moves with βu/α, the other way for β < 0.
"""

import json
import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import xarray as xr

Row = tuple[str, str]
_SYMBOLS = {
    "sigma": "σ", "polarisation": "P", "spin_diffusion_length": "λ_sf", "seebeck": "S",
    "spin_seebeck": "S_- − S_+", "electron_density": "n", "exchange_splitting": "J",
    "saturation_magnetisation": "Ms",
}  # fmt: skip


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
            ways = _along_wire(dataset)
            yield "u", f"{_valued(dataset, 'effective_velocity')} m/s: {_goes(u, beta, ways)}"
            yield "β", _beta(dataset, "effective_beta")
        yield from _of_each_drive(dataset)
    yield from _errors(dataset)
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
    effective = _valued(dataset, "electrical_polarisation")
    # u per current density: electrons flow against j.
    flow = ("along the electron flow", "against the electron flow")
    per_current = _valued(dataset, "electrical_velocity")
    yield "field alone", f"u = {per_current} m/s per A/m²: {_goes(-u, beta, flow)}"
    yield "", f"β = {_beta(dataset, 'electrical_beta')}, P_eff = {effective}"
    ends = ("towards the hot end", "towards the cold end")
    for name, key in (("closed (E = 0)", "closed"), ("open (j = 0)", "open")):
        u, beta = (_number(dataset, f"thermal_{part}_{key}") for part in ("velocity", "beta"))
        per_gradient = _valued(dataset, f"thermal_velocity_{key}")
        yield f"gradient, {name}", f"u = {per_gradient} m/s per K/m: {_goes(u, beta, ends)}"
        yield "", f"β_Q = {_beta(dataset, f'thermal_beta_{key}')}"
        if f"hot_end_probability_{key}" in dataset:
            yield "", _probability(dataset, key)
    if "hot_end_probability_open" not in dataset and _is_measured(dataset):
        yield "", "how safe these directions are says: boltzwall transport --uncertainty"


def _is_measured(dataset: "xr.Dataset") -> bool:
    """Whether the metal is fitted to measured Seebeck coefficients."""
    from boltzwall.io import config_of

    return bool(config_of(dataset)["material"].get("scattering") == "power")


def _probability(dataset: "xr.Dataset", circuit: str) -> str:
    """How safe the direction is, and what most of its error comes from."""
    chance = 100.0 * _number(dataset, f"hot_end_probability_{circuit}")
    text = "below 0.1 %" if chance < 0.1 else "above 99.9 %" if chance > 99.9 else f"{chance:.3g} %"
    changes = json.loads(dataset.attrs["uncertainty_by_number"])[f"thermal_velocity_{circuit}"]
    whole = sum(change**2 for change in changes.values())
    if not whole > 0.0:
        return f"u points to the hot end with a probability {text}"
    shares = sorted(changes.items(), key=lambda one: -(one[1] ** 2))
    most = [f"{_SYMBOLS[name]} ({100.0 * change**2 / whole:.0f} %)" for name, change in shares[:2]]
    return f"hot end: {text}; the variance is that of {' and '.join(most)}"


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


def _beta(dataset: "xr.Dataset", name: str) -> str:
    wide = float(dataset.attrs["beta_wide_wall"])
    return f"{_valued(dataset, name)}, {_number(dataset, name) / wide:.4g} of a wide wall's"


def _valued(dataset: "xr.Dataset", name: str) -> str:
    """The number, with its error where that is known."""
    value = f"{_number(dataset, name):.4g}"
    error = f"{name}_error"
    return f"{value} ± {_number(dataset, error):.2g}" if error in dataset else value


def _errors(dataset: "xr.Dataset") -> Iterator[Row]:
    """Where errors come from."""
    if "uncertain_numbers" not in dataset.attrs:
        return
    numbers = json.loads(dataset.attrs["uncertain_numbers"])
    shown = ", ".join(
        f"{_SYMBOLS[name]} {100.0 * one['standard_deviation'] / abs(one['value']):.2g} %"
        for name, one in numbers.items()
    )
    yield "errors", f"standard deviations: {shown}" if shown else "none: every number is yours"
    if dataset.attrs["taken_as_exact"]:
        yield "", f"taken as exact, since they are yours: {dataset.attrs['taken_as_exact']}"


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
