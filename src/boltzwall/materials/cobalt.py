"""Cobalt, hcp: s electrons fitted to its conductivity, polarisation and spin diffusion length."""

from boltzwall.materials import sources
from boltzwall.materials.material import Constant, Preset

MATERIAL = Preset(
    name="cobalt",
    description="Cobalt (hcp), s electrons fitted to its σ, P and spin diffusion length",
    constants={
        "gyromagnetic_ratio": sources.GYROMAGNETIC_RATIO,
        "saturation_magnetisation": sources.boris(1.44e6, sources.COEY),
        "damping": sources.boris(0.005, "10.1016/0038-1098(94)00906-6"),
        "exchange_stiffness": sources.boris(3.1e-11, sources.COEY),
        "uniaxial_anisotropy": sources.boris(4.1e5, sources.COEY),
        "fermi_energy": sources.fermi_energy(9.50566e-19),
        "effective_mass": sources.FREE_MASS,
        "exchange_splitting": sources.exchange_splitting(1.0594e-19),
        "spinor_velocity": sources.spinor_velocity(482281),
        "momentum_time": sources.single_time(9.18119e-15),
        "spin_flip_time": sources.flip_time(3.23068e-13),
        "conductivity": sources.boris(1.7e7, sources.COEY),
        "seebeck_coefficient": Constant(
            -22.5e-6, "S_s/P_S = −1.8 µV/K / 0.08 of Dejene et al., arXiv:1206.1659, a thin film"
        ),
        "lorenz_number": sources.LORENZ_NUMBER,
        "thermal_conductivity": sources.boris(122.0, "10.1007/10201438_52"),
        "heat_capacity": sources.heat_capacity(8920.0, 420.0, "10.1007/10201438_51"),
        "resistivity_coefficient": Constant(
            6.0e-3, "the pure metal, as handbooks have it; no source opened", assumed=True
        ),
        "anisotropic_magnetoresistance": sources.boris(0.019, sources.MCGUIRE),
    },
    transport_constants={
        "momentum_time_majority": sources.spin_time(1.20328e-14),
        "momentum_time_minority": sources.spin_time(5.8101e-15),
    },
    measurements={
        "polarisation": sources.boris(0.42, sources.ANDREEV),
        "spin_diffusion_length": sources.boris(42e-9, "10.1007/s100510050398"),
        "electron_density": Constant(
            6.563e28,
            "0.72 s electrons per atom, as 9 valence electrons and 1.72 µ_B with a full majority d "
            "band leave; 8920 kg/m³ (both from the BORIS materials database)",
            assumed=True,
        ),
        "spin_dependent_seebeck": Constant(-1.8e-6, "Dejene et al., arXiv:1206.1659"),
    },
)
