"""What must hold between `drive.voltage` and the other keys."""

from collections.abc import Iterator

from boltzwall.config.completion import nominal_current, same_field
from boltzwall.config.config import Config


def voltage_problems(config: Config) -> Iterator[str]:
    """Every contradiction about the voltage."""
    drive, nominal = config.drive, nominal_current(config)
    if drive.voltage is None:
        return
    if config.heat.kind == "none":
        yield (
            'Key `drive.voltage` must come with `heat.kind` = "wire", but that is "none": the '
            "resistance of the wire sets the current. Give [heat], or `drive.current_density`."
        )
    if nominal is None:
        yield (
            "Key `drive.voltage` must come with `material.conductivity`, but the material has "
            "none: without a resistivity no current follows. Give it."
        )
    elif drive.current_density is not None and not same_field(drive.current_density, nominal):
        yield (
            "Keys `drive.voltage` and `drive.current_density` must not both be given, but "
            f"{drive.voltage:.6g} V and {drive.current_density:.6g} A/m^2 were. Remove one."
        )
    if drive.circuit == "open":
        yield (
            'Key `drive.circuit` must be "closed" with `drive.voltage`, but "open" was given. '
            "Remove one."
        )
    if config.field.spin_orbit_torque or config.field.oersted:
        yield (
            "Key `drive.voltage` must not come with `field.spin_orbit_torque` or `field.oersted`, "
            "but it does: how a heavy metal shares the current is not known. Give "
            "`drive.current_density`."
        )
