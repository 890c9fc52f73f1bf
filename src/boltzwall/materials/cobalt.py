"""Cobalt, hcp: s electrons fitted to its σ, polarisation, λ_sf, S and S_- − S_+."""

from boltzwall.materials import sources
from boltzwall.materials.material import Constant, Preset

MATERIAL = Preset(
    name="cobalt",
    description="Cobalt (hcp), s electrons fitted to its σ, P, λ_sf, S and S_s",
    constants={
        "gyromagnetic_ratio": sources.GYROMAGNETIC_RATIO,
        "saturation_magnetisation": sources.boris(1.44e6, sources.COEY, 0.07e6, "5 %, assumed"),
        "damping": sources.boris(0.005, "10.1016/0038-1098(94)00906-6"),
        "exchange_stiffness": sources.boris(3.1e-11, sources.COEY),
        "uniaxial_anisotropy": sources.boris(4.1e5, sources.COEY),
        "fermi_energy": sources.fermi_energy(9.5056598e-19),
        "effective_mass": sources.FREE_MASS,
        "exchange_splitting": sources.exchange_splitting(1.05939843e-19),
        "spinor_velocity": sources.spinor_velocity(482281.01),
        "momentum_time": sources.single_time(9.18119114e-15),
        "spin_flip_time": sources.flip_time(3.23089918e-13),
        "scattering_exponent_majority": sources.exponent(18.123471),
        "scattering_exponent_minority": sources.exponent(14.6905882),
        "conductivity": sources.resistive(1.7e7, sources.COEY),
        "seebeck_coefficient": Constant(
            -22.5e-6,
            "S_s/P_S = −1.8 µV/K / 0.08 of Dejene et al., arXiv:1206.1659, a thin film",
            error=2e-6,
            error_source="assumed: that of the nickel wire",
        ),
        "lorenz_number": sources.LORENZ_NUMBER,
        "thermal_conductivity": sources.boris(122.0, "10.1007/10201438_52"),
        "heat_capacity": sources.heat_capacity(8920.0, 420.0, "10.1007/10201438_51"),
        "resistivity_coefficient": Constant(
            6.0e-3, "the pure metal, as handbooks have it; no source opened", assumed=True
        ),
        "curie_temperature": sources.transition(1388.0, "cobalt"),
        "melting_temperature": sources.transition(1768.0, "cobalt"),
        "anisotropic_magnetoresistance": sources.boris(0.019, sources.MCGUIRE),
    },
    transport_constants={
        "momentum_time_majority": sources.spin_time(1.19104139e-14),
        "momentum_time_minority": sources.spin_time(5.7603969e-15),
    },
    constant_times={
        "spin_flip_time": sources.flip_time(3.23067759e-13),
        "momentum_time_majority": sources.spin_time(1.20328353e-14),
        "momentum_time_minority": sources.spin_time(5.81009596e-15),
    },
    measurements={
        "polarisation": sources.boris(
            0.42, sources.ANDREEV, 0.05, "assumed: Andreev reflection is no transport"
        ),
        "spin_diffusion_length": sources.boris(42e-9, "10.1007/s100510050398", 12e-9, "assumed"),
        "electron_density": sources.electron_density(
            6.563e28,
            "0.72 s electrons per atom, as 9 valence electrons and 1.72 µ_B with a full majority d "
            "band leave; 8920 kg/m³ (both from the BORIS materials database)",
        ),
        "spin_dependent_seebeck": Constant(
            -1.8e-6,
            "Dejene et al., arXiv:1206.1659",
            error=0.6e-6,
            error_source="a third, assumed: as measurements of permalloy differ",
        ),
    },
)
