"""Tantalum below 1 nm of CoFeB, MgO above: customary numbers of spin–orbit memories."""

from boltzwall.materials import cofeb, sources
from boltzwall.materials.material import Constant, Preset

MATERIAL = Preset(
    name="tantalum-cofeb",
    description="Ta (5 nm)/CoFeB (1 nm)/MgO, perpendicular, weak DMI; conduction of CoFeB",
    constants={
        **cofeb.MATERIAL.constants,
        "uniaxial_anisotropy": sources.customary(
            8e5, "1 nm of CoFeB under MgO, without the film's shape (switch on demagnetising)"
        ),
        "damping": sources.customary(0.02, "1 nm of CoFeB on Ta"),
        "interfacial_dmi": Constant(
            5e-5,
            "sign: left-handed walls in Ta/CoFe/MgO, Emori et al., Nat. Mater. 12, 611 (2013), "
            "abstract; size: after Martinez et al., JAP 115, 213909 (2014), which was not opened",
            assumed=True,
        ),
        "spin_hall_angle": Constant(
            -0.12,
            "β-Ta in Ta/CoFeB/MgO, −0.12 ± 0.04 as quoted of Liu et al., Science 336, 555 (2012), "
            "which was not opened; sign as in Emori et al. (2013): opposite to Pt",
        ),
        "heavy_metal_thickness": sources.customary(5e-9, "Ta below CoFeB"),
    },
    transport_constants=cofeb.MATERIAL.transport_constants,
    constant_times=cofeb.MATERIAL.constant_times,
    measurements=cofeb.MATERIAL.measurements,
)
