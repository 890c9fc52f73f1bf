"""Permalloy, Ni80Fe20: s electrons fitted to its σ, polarisation and spin diffusion length."""

from boltzwall.materials import sources
from boltzwall.materials.material import Constant, Preset

_THERMAL = "10.1063/1.4966607"

MATERIAL = Preset(
    name="permalloy",
    description="Permalloy (Ni80Fe20), s electrons fitted to its σ, P and spin diffusion length",
    constants={
        "gyromagnetic_ratio": sources.GYROMAGNETIC_RATIO,
        "saturation_magnetisation": Constant(
            8e5,
            "customary for permalloy; BORIS materials database, which cites nothing",
            assumed=True,
        ),
        "damping": Constant(
            0.008,
            "within 0.004 to 0.013 measured, as quoted by Starikov et al., arXiv:1010.1626; the "
            "value of Ubermag's FMR standard problem",
            assumed=True,
        ),
        "exchange_stiffness": Constant(
            1.3e-11,
            "customary for permalloy; BORIS materials database, which cites nothing",
            assumed=True,
        ),
        "fermi_energy": sources.fermi_energy(8.38057e-19),
        "effective_mass": sources.FREE_MASS,
        "exchange_splitting": sources.exchange_splitting(5.88555e-20),
        "spinor_velocity": sources.spinor_velocity(359471),
        "momentum_time": sources.single_time(4.37411e-15),
        "spin_flip_time": sources.flip_time(1.61377e-14),
        "conductivity": sources.boris(6.7e6, sources.ALLOYS),
        "seebeck_coefficient": Constant(
            -18e-6, "S_s/P_S = −4.5 µV/K / 0.25 of Dejene et al., arXiv:1206.1659, a thin film"
        ),
        "lorenz_number": sources.LORENZ_NUMBER,
        "thermal_conductivity": sources.boris(46.4, _THERMAL),
        "heat_capacity": sources.heat_capacity(8740.0, 430.0, _THERMAL),
        "resistivity_coefficient": Constant(
            2.8e-3,
            "nickel's dρ/dT, 4.2e-10 Ω m/K, over permalloy's ρ (Matthiessen's rule); no "
            "measurement opened",
            assumed=True,
        ),
        "anisotropic_magnetoresistance": Constant(
            0.03,
            "BORIS materials database, which cites doi:10.1109/TMAG.1975.1058782 (not opened); "
            "3.2 % in a film of 12 nm, 4 % in bulk (abstracts of IBM, 2000 and 1991)",
        ),
    },
    transport_constants={
        "momentum_time_majority": sources.spin_time(5.8175e-15),
        "momentum_time_minority": sources.spin_time(2.7703e-15),
    },
    measurements={
        "polarisation": Constant(
            0.40, "0.40 ± 0.02 at room temperature, Lepadatu et al., PRB 79, 094402 (2009)"
        ),
        "spin_diffusion_length": Constant(
            6.097e-9, "0.91 fΩ m² times σ, arXiv:1904.01921 (lateral spin valves and literature)"
        ),
        "electron_density": Constant(
            5.433e28,
            "0.6 s electrons per atom, as 9.6 valence electrons and 1.0 µ_B with a full majority d "
            "band leave; 8740 kg/m³ (BORIS materials database)",
            assumed=True,
        ),
        "spin_dependent_seebeck": Constant(
            -4.5e-6, "Dejene et al., arXiv:1206.1659; −3.8 µV/K in Slachter et al., arXiv:1004.1566"
        ),
    },
)
