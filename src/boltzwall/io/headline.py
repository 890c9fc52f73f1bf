"""What drives a run, in words: read from the configuration that a Dataset carries."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from boltzwall.io.settings import Settings

MODELS = {
    "published": "published model",
    "consistent": "consistent model",
    "zhang-li": "torque of Zhang and Li",
    "bauer": "torque of Bauer",
    "none": "no spin-transfer torque",
}
_SUBJECTS = {
    "uniform": "Uniform magnetisation", "spiral": "Spin spiral", "file": "Magnetisation",
    "walls": "Domain walls",
}  # fmt: skip
_IN_TIME = {"ramp": "ramped", "linear": "ramped", "pulse": "pulsed", "sine": "alternating"}
_ELECTRONS = ("published", "consistent")  # models that solve for electrons: an E drives them


@dataclass(frozen=True)
class DrivingForce:
    """One cause of motion.

    Attributes:
        noun: ``a current``.
        symbol: ``j``; empty where no number says how strong it is.
        value: in the unit ``units``; at its full size, if it varies in time.
    """

    noun: str
    symbol: str = ""
    value: float = 0.0
    units: str = "1"


def driving_forces(settings: Settings) -> tuple[DrivingForce, ...]:
    """What moves the magnetisation in a run with these settings, the strongest kind first."""
    return (
        *_magnetic(settings),
        *_electrical(settings),
        *_thermal(settings),
        *_spin_orbit(settings),
        *_noise(settings),
    )


def title_of(settings: Settings) -> str:
    """``Domain wall driven by a current and a temperature gradient``."""
    subject = _SUBJECTS.get(settings.get("texture", "kind", ""), "Domain wall")
    nouns = list(dict.fromkeys(force.noun for force in driving_forces(settings)))
    if settings.get("dynamics", "magnetisation", "moving") != "moving":
        subject += " held in place"
    return f"{subject} driven by {_listed(nouns)}" if nouns else f"{subject} without a drive"


def _magnetic(settings: Settings) -> Iterator[DrivingForce]:
    field = settings.get("drive", "magnetic_field", ())
    noun = _in_time(settings, "magnetic", "field")
    for axis, value in zip("xyz", field if isinstance(field, Sequence) else (), strict=False):
        if isinstance(value, int | float) and value:
            yield DrivingForce(noun, f"H_{axis}", float(value), "A m-1")
    if settings.get("drive", "magnetic_field_file"):
        yield DrivingForce("a field of its surroundings")
    if settings.get("field", "initial_state_field", 0.0):
        constant = float(settings.get("field", "initial_state_field"))
        yield DrivingForce("the field of its initial state", "c", constant)


def _electrical(settings: Settings) -> Iterator[DrivingForce]:
    model = settings.get("transport", "model", "published")
    if settings.get("drive", "circuit", "closed") == "open" or model in ("none", "bauer"):
        return
    current = settings.optional("drive", "current_density")
    velocity = settings.optional("transport", "u")
    field = settings.optional("drive", "electric_field")
    if velocity:
        yield DrivingForce(_in_time(settings, "electric", "current"), "u", velocity, "m s-1")
    elif current:
        yield DrivingForce(_in_time(settings, "electric", "current"), "j", current, "A m-2")
    elif field and current is None and model in _ELECTRONS:
        yield DrivingForce(_in_time(settings, "electric", "electric field"), "E", field, "V m-1")


def _thermal(settings: Settings) -> Iterator[DrivingForce]:
    model = settings.get("transport", "model", "published")
    law = settings.get("field", "temperature_law", "none")
    if model in ("none", "zhang-li") and law == "none":
        return  # nothing feels the temperature
    gradient = settings.optional("temperature", "gradient")
    if settings.get("temperature", "kind", "linear") == "file":
        yield DrivingForce("a temperature profile")
    elif gradient:
        yield DrivingForce("a temperature gradient", "κ", gradient, "K m-1")


def _spin_orbit(settings: Settings) -> Iterator[DrivingForce]:
    if settings.get("field", "spin_orbit_torque", False):
        own = settings.optional("field", "heavy_metal_current_density")
        found = settings.optional("drive", "current_density") if own is None else own
        if found:
            yield DrivingForce("a spin–orbit torque", "j_hm", found, "A m-2")


def _noise(settings: Settings) -> Iterator[DrivingForce]:
    if settings.get("dynamics", "thermal_noise", False):
        yield DrivingForce("thermal noise")


def _in_time(settings: Settings, section: str, what: str) -> str:
    """``a pulsed current``; from a table only ``a current``."""
    shape = _IN_TIME.get(settings.get("drive", f"{section}_waveform", "constant"))
    words = f"{shape} {what}" if shape else what
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"


def _listed(nouns: Sequence[str]) -> str:
    if len(nouns) < 2:
        return "".join(nouns)
    return f"{', '.join(nouns[:-1])} and {nouns[-1]}"
