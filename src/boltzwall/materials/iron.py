"""Iron, bcc: s electrons fitted to its σ, polarisation, λ_sf, S and S_- − S_+."""

from boltzwall.materials import sources
from boltzwall.materials.material import Constant, Preset

MATERIAL = Preset(
    name="iron",
    description="Iron (bcc), s electrons fitted to its σ, P, λ_sf, S and S_s",
    constants={
        "gyromagnetic_ratio": sources.GYROMAGNETIC_RATIO,
        "saturation_magnetisation": sources.boris(1.71e6, sources.COEY, 0.085e6, "5 %, assumed"),
        "damping": Constant(
            0.0024,
            "polycrystalline films of 4 to 25 nm at room temperature, by FMR (2022 preprint)",
        ),
        "exchange_stiffness": sources.boris(2.1e-11, sources.COEY),
        "fermi_energy": sources.fermi_energy(8.02928345e-19),
        "effective_mass": sources.FREE_MASS,
        "exchange_splitting": sources.exchange_splitting(1.25803563e-19),
        "spinor_velocity": sources.spinor_velocity(525553.547),
        "momentum_time": sources.single_time(6.94881925e-15),
        "spin_flip_time": sources.flip_time(4.92470458e-14),
        "scattering_exponent_majority": sources.exponent(-11.884739),
        "scattering_exponent_minority": sources.exponent(-15.1066679),
        "conductivity": sources.resistive(1e7, sources.ALLOYS),
        "seebeck_coefficient": Constant(
            15e-6,
            "nanowires as bulk, Sci. Rep. 13, 9280 (2023): diffusion −15 µV/K, magnon drag close "
            "to +30 µV/K",
            error=2e-6,
            error_source="assumed: that of the nickel wire",
        ),
        "lorenz_number": sources.LORENZ_NUMBER,
        "thermal_conductivity": sources.boris(79.5, "10.1007/10201438_52"),
        "heat_capacity": sources.heat_capacity(7874.0, 450.0, "10.1007/10201438_51"),
        "resistivity_coefficient": sources.handbook_slope(5.671e-3),
        "curie_temperature": sources.transition(1043.0, "iron"),
        "melting_temperature": sources.transition(1811.0, "iron"),
        "anisotropic_magnetoresistance": sources.boris(0.002, sources.MCGUIRE),
    },
    transport_constants={
        "momentum_time_majority": sources.spin_time(1.09604007e-14),
        "momentum_time_minority": sources.spin_time(1.79196385e-15),
    },
    constant_times={
        "spin_flip_time": sources.flip_time(4.92390498e-14),
        "momentum_time_majority": sources.spin_time(1.10090836e-14),
        "momentum_time_minority": sources.spin_time(1.81041981e-15),
    },
    measurements={
        "polarisation": Constant(
            0.77,
            "spin waves' Doppler shift at 303 K in MgO/Fe/MgO, arXiv:2412.20531",
            error=0.06,
            error_source="the distance to 0.83 in Fe/MgO, arXiv:1704.02217",
        ),
        "spin_diffusion_length": sources.boris(
            9.5e-9, "10.1088/0953-8984/19/18/183201", 1.9e-9, "20 %, assumed"
        ),
        "electron_density": sources.electron_density(
            5.095e28,
            "0.6 s electrons per atom, as in nickel and permalloy; 7874 kg/m³ (BORIS materials "
            "database)",
        ),
        "spin_dependent_seebeck": Constant(
            -7.6e-6,
            "Fe/Cu multilayer nanowires at ambient temperature, Sci. Rep. 13, 9280 (2023)",
            error=2.5e-6,
            error_source="a third, assumed: as measurements of permalloy differ",
        ),
    },
)
