"""What stands above a picture: what drives, how strongly, and which torque is solved for."""

import numpy as np
import xarray as xr

from boltzwall.io.headline import MODELS, driving_forces, title_of
from boltzwall.io.settings import Settings
from boltzwall.plot.units import display_unit

_GENERIC = "Domain wall driven by an electric field and a temperature gradient"


def headline(dataset: xr.Dataset) -> str:
    """Title and, below it, the numbers: ``j = −1 × 10¹² A m⁻², T = 300 K, torque of …``."""
    return "\n".join(part for part in (title(dataset), numbers(dataset)) if part)


def title(dataset: xr.Dataset) -> str:
    """The Dataset's own title, or one from its configuration where it has none of its own."""
    own = str(dataset.attrs.get("title", ""))
    settings = Settings(dataset)
    # Version 0.1 gave every run the same title.
    if own and (own != _GENERIC or not settings.section("drive")):
        return own
    return title_of(settings) if settings.section("drive") else own


def numbers(dataset: xr.Dataset) -> str:
    """How strong each drive is, the temperature where it is one number, and the model."""
    settings = Settings(dataset)
    parts = [
        f"${_symbol(force.symbol)}$ = {display_unit(force.value, force.units).text(force.value)}"
        for force in driving_forces(settings)
        if force.symbol
    ]
    if settings.get("drive", "circuit", "closed") == "open":
        parts.append("open circuit")
    parts += [_temperature(dataset), MODELS.get(settings.get("transport", "model", ""), "")]
    return ", ".join(filter(None, parts))


def _symbol(name: str) -> str:
    base, _, index = name.partition("_")
    return rf"{base}_{{\mathrm{{{index}}}}}" if len(index) > 1 else name.replace("κ", r"\kappa")


def _temperature(dataset: xr.Dataset) -> str:
    if "temperature" not in dataset:
        return ""
    values = dataset["temperature"].values
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    if high - low < 1e-6 * high:
        return f"$T$ = {low:.4g} K"
    return f"$T$ = {low:.4g} to {high:.4g} K"
