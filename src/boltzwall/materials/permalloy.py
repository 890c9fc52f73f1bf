"""Permalloy, Ni80Fe20: s electrons fitted to its σ, polarisation, λ_sf, S and S_- − S_+."""

from boltzwall.materials import sources
from boltzwall.materials.material import Constant, Preset

_THERMAL = "10.1063/1.4966607"

MATERIAL = Preset(
    name="permalloy",
    description="Permalloy (Ni80Fe20), s electrons fitted to its σ, P, λ_sf, S and S_s",
    constants={
        "gyromagnetic_ratio": sources.GYROMAGNETIC_RATIO,
        "saturation_magnetisation": Constant(
            8e5,
            "customary for permalloy; BORIS materials database, which cites nothing",
            assumed=True,
            error=0.4e5,
            error_source="5 %, assumed",
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
        "fermi_energy": sources.fermi_energy(8.38057469e-19),
        "effective_mass": sources.FREE_MASS,
        "exchange_splitting": sources.exchange_splitting(5.88554682e-20),
        "spinor_velocity": sources.spinor_velocity(359471.041),
        "momentum_time": sources.single_time(4.37410739e-15),
        "spin_flip_time": sources.flip_time(1.61410098e-14),
        "scattering_exponent_majority": sources.exponent(12.7744338),
        "scattering_exponent_minority": sources.exponent(8.72110923),
        "conductivity": sources.resistive(6.7e6, sources.ALLOYS),
        "seebeck_coefficient": Constant(
            -18e-6,
            "S_s/P_S = −4.5 µV/K / 0.25 of Dejene et al., arXiv:1206.1659, a thin film",
            error=2e-6,
            error_source="assumed: that of the nickel wire",
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
        "curie_temperature": sources.transition(850.0, "Ni80Fe20"),
        "melting_temperature": sources.transition(1710.0, "Ni80Fe20"),
        "anisotropic_magnetoresistance": Constant(
            0.03,
            "BORIS materials database, which cites doi:10.1109/TMAG.1975.1058782 (not opened); "
            "3.2 % in a film of 12 nm, 4 % in bulk (abstracts of IBM, 2000 and 1991)",
        ),
    },
    transport_constants={
        "momentum_time_majority": sources.spin_time(5.77647248e-15),
        "momentum_time_minority": sources.spin_time(2.75914536e-15),
    },
    constant_times={
        "spin_flip_time": sources.flip_time(1.61377274e-14),
        "momentum_time_majority": sources.spin_time(5.81750432e-15),
        "momentum_time_minority": sources.spin_time(2.77029896e-15),
    },
    measurements={
        "polarisation": Constant(
            0.40,
            "0.40 ± 0.02 at room temperature, Lepadatu et al., PRB 79, 094402 (2009)",
            error=0.055,
            error_source="half the distance to 0.51 ± 0.02, PRL 102, 127203",
        ),
        "spin_diffusion_length": Constant(
            6.097e-9,
            "0.91 fΩ m² times σ, arXiv:1904.01921 (lateral spin valves and literature)",
            error=0.27e-9,
            error_source="0.91 ± 0.04 fΩ m²",
        ),
        "electron_density": sources.electron_density(
            5.433e28,
            "0.6 s electrons per atom, as 9.6 valence electrons and 1.0 µ_B with a full majority d "
            "band leave; 8740 kg/m³ (BORIS materials database)",
        ),
        "spin_dependent_seebeck": Constant(
            -4.5e-6,
            "Dejene et al., arXiv:1206.1659",
            error=1.6e-6,
            error_source="half of −3.8 (arXiv:1004.1566) to −7 µV/K (Ni60Fe40, Ni70Fe30; "
            "doi:10.3390/nano11051133)",
        ),
    },
)
