"""Iron, bcc: s electrons fitted to its conductivity, polarisation and spin diffusion length."""

from boltzwall.materials import sources
from boltzwall.materials.material import Constant, Preset

MATERIAL = Preset(
    name="iron",
    description="Iron (bcc), s electrons fitted to its σ, P and spin diffusion length",
    constants={
        "gyromagnetic_ratio": sources.GYROMAGNETIC_RATIO,
        "saturation_magnetisation": sources.boris(1.71e6, sources.COEY),
        "damping": Constant(
            0.0024,
            "polycrystalline films of 4 to 25 nm at room temperature, by FMR (2022 preprint)",
        ),
        "exchange_stiffness": sources.boris(2.1e-11, sources.COEY),
        "fermi_energy": sources.fermi_energy(8.02928e-19),
        "effective_mass": sources.FREE_MASS,
        "exchange_splitting": sources.exchange_splitting(1.25804e-19),
        "spinor_velocity": sources.spinor_velocity(525554),
        "momentum_time": sources.single_time(6.94882e-15),
        "spin_flip_time": sources.flip_time(4.9239e-14),
        "conductivity": sources.boris(1e7, sources.ALLOYS),
        "seebeck_coefficient": Constant(
            15e-6,
            "nanowires as bulk, Sci. Rep. 13, 9280 (2023): diffusion −15 µV/K, magnon drag close "
            "to +30 µV/K",
        ),
        "lorenz_number": sources.LORENZ_NUMBER,
        "thermal_conductivity": sources.boris(79.5, "10.1007/10201438_52"),
        "heat_capacity": sources.heat_capacity(7874.0, 450.0, "10.1007/10201438_51"),
        "resistivity_coefficient": sources.handbook_slope(5.671e-3),
        "anisotropic_magnetoresistance": sources.boris(0.002, sources.MCGUIRE),
    },
    transport_constants={
        "momentum_time_majority": sources.spin_time(1.10091e-14),
        "momentum_time_minority": sources.spin_time(1.81042e-15),
    },
    measurements={
        "polarisation": Constant(
            0.77, "spin waves' Doppler shift at 303 K in MgO/Fe/MgO, arXiv:2412.20531"
        ),
        "spin_diffusion_length": sources.boris(9.5e-9, "10.1088/0953-8984/19/18/183201"),
        "electron_density": Constant(
            5.095e28,
            "0.6 s electrons per atom, as in nickel and permalloy; 7874 kg/m³ (BORIS materials "
            "database)",
            assumed=True,
        ),
        "spin_dependent_seebeck": Constant(
            -7.6e-6, "Fe/Cu multilayer nanowires at ambient temperature, Sci. Rep. 13, 9280 (2023)"
        ),
    },
)
