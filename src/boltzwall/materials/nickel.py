"""Nickel, fcc: s electrons fitted to its σ, polarisation, λ_sf and S; S_- − S_+ is assumed."""

from boltzwall.constants import ELEMENTARY_CHARGE
from boltzwall.materials import sources
from boltzwall.materials.material import Constant, Preset

MATERIAL = Preset(
    name="nickel",
    description="Nickel (fcc), s electrons fitted to its σ, P, λ_sf, S and an assumed S_s",
    constants={
        "gyromagnetic_ratio": sources.GYROMAGNETIC_RATIO,
        "saturation_magnetisation": sources.boris(4.9e5, sources.COEY, 0.25e5, "5 %, assumed"),
        "damping": sources.boris(0.05, "10.1088/0022-3727/41/16/164016"),
        "exchange_stiffness": sources.boris(8e-12, sources.COEY),
        "fermi_energy": sources.fermi_energy(8.43293905e-19),
        "effective_mass": sources.FREE_MASS,
        "exchange_splitting": Constant(
            0.225 * ELEMENTARY_CHARGE,
            "0.225 eV, the middle of 0.113 to 0.337 eV measured for an sp-like band of Ni(110) by "
            "inverse photoemission (1998)",
            span=(0.113 * ELEMENTARY_CHARGE, 0.337 * ELEMENTARY_CHARGE),
            error_source="as measured",
        ),
        "spinor_velocity": sources.spinor_velocity(281330.589),
        "momentum_time": sources.single_time(9.05756532e-15),
        "spin_flip_time": sources.flip_time(9.65330587e-14, of_assumed_length=True),
        "scattering_exponent_majority": sources.exponent(14.7432942, of_assumed=True),
        "scattering_exponent_minority": sources.exponent(6.08427737, of_assumed=True),
        "conductivity": sources.resistive(1.4e7, sources.ALLOYS),
        "seebeck_coefficient": Constant(
            -19e-6,
            "−19 ± 2 µV/K at 295 K in a nanowire, arXiv:1111.1873",
            error=2e-6,
            error_source="as measured",
        ),
        "lorenz_number": sources.LORENZ_NUMBER,
        "thermal_conductivity": sources.boris(106.0, "10.1007/10201438_52"),
        "heat_capacity": sources.heat_capacity(8908.0, 440.0, "10.1007/10201438_51"),
        "resistivity_coefficient": sources.handbook_slope(5.866e-3),
        "curie_temperature": sources.transition(627.0, "nickel"),
        "melting_temperature": sources.transition(1728.0, "nickel"),
        "anisotropic_magnetoresistance": sources.boris(0.02, sources.MCGUIRE),
    },
    transport_constants={
        "momentum_time_majority": sources.spin_time(1.25196578e-14),
        "momentum_time_minority": sources.spin_time(5.22953759e-15),
    },
    constant_times={
        "spin_flip_time": sources.flip_time(9.64256904e-14, of_assumed_length=True),
        "momentum_time_majority": sources.spin_time(1.26378082e-14),
        "momentum_time_minority": sources.spin_time(5.24020338e-15),
    },
    measurements={
        "polarisation": sources.boris(
            0.44, sources.ANDREEV, 0.05, "assumed: Andreev reflection is no transport"
        ),
        "spin_diffusion_length": Constant(
            21e-9,
            "21 ± 2 nm at 4.2 K in sputtered films, APL 90, 012101 (2007), taken to hold at 300 K",
            assumed=True,
            error=2e-9,
            error_source="as measured at 4.2 K",
        ),
        "spin_dependent_seebeck": Constant(
            -11.4e-6,
            "not measured in nickel: the middle of −21 µV/K in Ni97Fe3/Cu "
            "(doi:10.3390/nano11051133) and −1.8 µV/K in cobalt",
            assumed=True,
            span=(-21e-6, -1.8e-6),
            error_source="these two",
        ),
        "electron_density": sources.electron_density(
            5.484e28,
            "0.6 s electrons per atom, as 10 valence electrons and 0.6 µ_B with a full majority d "
            "band leave; 8908 kg/m³ (both from the BORIS materials database)",
        ),
    },
)
