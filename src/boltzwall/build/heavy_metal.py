"""From a configuration to the fields of a current in a neighbouring heavy metal."""

import numpy as np

from boltzwall.build.place import Place, constant
from boltzwall.config.heavy_metal import HeavyMetal
from boltzwall.config.sections import EffectiveField, Wire
from boltzwall.physics import field_terms as terms
from boltzwall.physics.waveforms import Waveform


def heavy_metal_terms(
    layer: HeavyMetal, field: EffectiveField, wire: Wire, place: Place, electric: Waveform
) -> dict[str, terms.FieldTerm]:
    """Spin–orbit torque and Oersted field, where they are on.

    Both layers are narrower together: where the cross-section is S, the current density is j/S.
    """
    cells = place.magnet_cells
    found: dict[str, terms.FieldTerm] = {}
    share = 1.0 / np.asarray(cells.area)
    if field.spin_orbit_torque:
        current, thickness = float(layer.current_density or 0.0), float(wire.thickness or 0)
        strength = [
            terms.spin_orbit_strength(float(angle or 0.0), current, cells.magnetisation, thickness)
            for angle in (layer.damping_like, layer.field_like)
        ]
        axis = constant((0.0, layer.moment, 0.0))
        found["spin_orbit_torque"] = terms.SpinOrbitTorque(
            cells, constant(share * strength[0]), constant(share * strength[1]), axis, electric
        )
    if field.oersted:
        size = terms.oersted_strength(
            float(layer.current_density or 0.0),
            float(layer.thickness or 0.0),
            wire.width,
            0.5 * float(wire.thickness or 0.0),
        )
        along = layer.moment * size * share[:, None] * np.array([0.0, 1.0, 0.0])
        found["oersted"] = terms.OerstedField(cells, constant(along), electric)
    return found
