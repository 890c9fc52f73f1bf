"""Platinum below 0.6 nm of cobalt, an oxide above: customary numbers of present racetracks."""

from boltzwall.materials import cobalt, sources
from boltzwall.materials.material import Constant, Preset

MATERIAL = Preset(
    name="platinum-cobalt",
    description="Pt (3 nm)/Co (0.6 nm)/AlOx, perpendicular, left-handed walls; conduction of bulk "
    "cobalt",
    constants={
        **cobalt.MATERIAL.constants,
        "saturation_magnetisation": sources.customary(1.1e6, "Pt/Co (0.6 nm)/AlOx"),
        "exchange_stiffness": sources.customary(1.6e-11, "Pt/Co (0.6 nm)/AlOx"),
        "uniaxial_anisotropy": sources.customary(
            1.27e6, "Pt/Co (0.6 nm)/AlOx, without the film's shape (switch on demagnetising)"
        ),
        "damping": sources.customary(0.3, "films of less than a nanometre of Co on Pt"),
        "interfacial_dmi": Constant(
            1.2e-3,
            "sign: left-handed walls in Pt/CoFe/MgO, Emori et al., Nat. Mater. 12, 611 (2013), "
            "abstract; size: after Martinez et al., JAP 115, 213909 (2014), which was not opened",
            assumed=True,
        ),
        "spin_hall_angle": Constant(
            0.07,
            "sign: walls on Pt move along the current, Emori et al. (2013); size: after Martinez "
            "et al. (2014), which was not opened",
            assumed=True,
        ),
        "heavy_metal_thickness": sources.customary(3e-9, "Pt below Co"),
    },
    transport_constants=cobalt.MATERIAL.transport_constants,
    constant_times=cobalt.MATERIAL.constant_times,
    measurements=cobalt.MATERIAL.measurements,
)
