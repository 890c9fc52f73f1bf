"""The heavy metal beside the magnetic layer, with the keys that follow from others resolved."""

from dataclasses import dataclass

from boltzwall.config import sections


@dataclass(frozen=True)
class HeavyMetal:
    """A layer with a current; None where a number is not given.

    Attributes:
        current_density: j along x at full drive, A/m².
        damping_like, field_like: θ of both parts of the torque.
        thickness: m.
        moment: y component of ŝ for a positive current and angle, and the sign of the Oersted
            field's y component for a positive current.
    """

    current_density: float | None
    damping_like: float | None
    field_like: float
    thickness: float | None
    moment: float


def heavy_metal(
    field: sections.EffectiveField, metal: sections.Material, drive: sections.Drive
) -> HeavyMetal:
    """What the sections of a configuration say of it."""
    current = field.heavy_metal_current_density
    angle, other = field.spin_hall_angle, field.fieldlike_angle
    return HeavyMetal(
        current_density=drive.current_density if current is None else current,
        damping_like=metal.spin_hall_angle if angle is None else angle,
        field_like=(metal.fieldlike_angle or 0.0) if other is None else other,
        thickness=field.heavy_metal_thickness or metal.heavy_metal_thickness,
        moment=-1.0 if field.heavy_metal_side == "below" else 1.0,
    )
