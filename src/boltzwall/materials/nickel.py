"""Nickel, fcc: s electrons fitted to its conductivity, polarisation and spin diffusion length."""

from boltzwall.materials import sources
from boltzwall.materials.material import Constant, Preset

MATERIAL = Preset(
    name="nickel",
    description="Nickel (fcc), s electrons fitted to its σ, P and spin diffusion length",
    constants={
        "gyromagnetic_ratio": sources.GYROMAGNETIC_RATIO,
        "saturation_magnetisation": sources.boris(4.9e5, sources.COEY),
        "damping": sources.boris(0.05, "10.1088/0022-3727/41/16/164016"),
        "exchange_stiffness": sources.boris(8e-12, sources.COEY),
        "fermi_energy": sources.fermi_energy(8.43294e-19),
        "effective_mass": sources.FREE_MASS,
        "exchange_splitting": Constant(
            3.6049e-20,
            "0.225 eV, the middle of 0.113 to 0.337 eV measured for an sp-like band of Ni(110) by "
            "inverse photoemission (1998)",
        ),
        "spinor_velocity": sources.spinor_velocity(281331),
        "momentum_time": sources.single_time(9.05757e-15),
        "spin_flip_time": sources.flip_time(9.64257e-14, of_assumed_length=True),
        "conductivity": sources.boris(1.4e7, sources.ALLOYS),
        "seebeck_coefficient": Constant(
            -19e-6, "−19 ± 2 µV/K at 295 K in a nanowire, arXiv:1111.1873"
        ),
        "lorenz_number": sources.LORENZ_NUMBER,
        "thermal_conductivity": sources.boris(106.0, "10.1007/10201438_52"),
        "heat_capacity": sources.heat_capacity(8908.0, 440.0, "10.1007/10201438_51"),
        "resistivity_coefficient": sources.handbook_slope(5.866e-3),
        "anisotropic_magnetoresistance": sources.boris(0.02, sources.MCGUIRE),
    },
    transport_constants={
        "momentum_time_majority": sources.spin_time(1.26378e-14),
        "momentum_time_minority": sources.spin_time(5.2402e-15),
    },
    measurements={
        "polarisation": sources.boris(0.44, sources.ANDREEV),
        "spin_diffusion_length": Constant(
            21e-9,
            "21 ± 2 nm at 4.2 K in sputtered films, APL 90, 012101 (2007), taken to hold at 300 K",
            assumed=True,
        ),
        "electron_density": Constant(
            5.484e28,
            "0.6 s electrons per atom, as 10 valence electrons and 0.6 µ_B with a full majority d "
            "band leave; 8908 kg/m³ (both from the BORIS materials database)",
            assumed=True,
        ),
    },
)
