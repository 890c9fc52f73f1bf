"""CoFeB, a glass: s electrons fitted to its σ, P and S; λ_sf and S_- − S_+ are assumed."""

from boltzwall.materials import sources
from boltzwall.materials.material import Constant, Preset

MATERIAL = Preset(
    name="cofeb",
    description="CoFeB (a glass), s electrons fitted to its σ, P, S; λ_sf and S_s are assumed",
    constants={
        "gyromagnetic_ratio": sources.GYROMAGNETIC_RATIO,
        "saturation_magnetisation": Constant(
            1e6,
            "customary for thin CoFeB, after Ikeda et al. (2010), which was not opened",
            assumed=True,
            error=1e5,
            error_source="10 %, assumed",
        ),
        "damping": Constant(
            0.004, "Gnoatto et al., APL 126, 072402 (2025): the film with the largest P"
        ),
        "exchange_stiffness": Constant(
            1.6e-11, "16 ± 2 pJ/m in Co40Fe40B20 of 5 to 40 nm, arXiv:2211.02497"
        ),
        "uniaxial_anisotropy": Constant(
            1e5,
            "customary order for films of a nanometre on MgO, after Ikeda et al. (2010), which was "
            "not opened",
            assumed=True,
        ),
        "fermi_energy": sources.fermi_energy(7.19288575e-19),
        "effective_mass": sources.FREE_MASS,
        "exchange_splitting": sources.exchange_splitting(7.35693352e-20),
        "spinor_velocity": sources.spinor_velocity(401900.842),
        "momentum_time": sources.single_time(5.12886085e-16),
        "spin_flip_time": sources.flip_time(8.57098063e-14, of_assumed_length=True),
        "scattering_exponent_majority": sources.exponent(1.82236012, of_assumed=True),
        "scattering_exponent_minority": sources.exponent(-0.710131228, of_assumed=True),
        "conductivity": Constant(
            6.25e5,
            "160 µΩ cm, Table 1 of the spin Nernst measurement on W/CoFeB, Sci. Adv. (2017)",
            error=0.6e5,
            error_source="10 %, assumed: films differ",
        ),
        "seebeck_coefficient": Constant(
            -4e-6,
            "Table 1 of the spin Nernst measurement on W/CoFeB, Sci. Adv. (2017)",
            error=1e-6,
            error_source="assumed",
        ),
        "lorenz_number": sources.LORENZ_NUMBER,
        "thermal_conductivity": Constant(
            4.6, "ℒσT at 300 K, the electrons alone; no source found for CoFeB", assumed=True
        ),
        "heat_capacity": Constant(
            3.6e6, "between iron's and cobalt's; no source found for CoFeB", assumed=True
        ),
        "resistivity_coefficient": Constant(
            0.0, "a metallic glass: below 1e-3 in size and of either sign", assumed=True
        ),
        "anisotropic_magnetoresistance": Constant(
            0.003,
            "0.3 % along the current in an annealed film, K. Chandra, IJARS (abstract); not known "
            "for the glass",
            assumed=True,
        ),
    },
    transport_constants={
        "momentum_time_majority": sources.spin_time(6.61946404e-16),
        "momentum_time_minority": sources.spin_time(3.3884081e-16),
    },
    constant_times={
        "spin_flip_time": sources.flip_time(8.56976861e-14, of_assumed_length=True),
        "momentum_time_majority": sources.spin_time(6.62174023e-16),
        "momentum_time_minority": sources.spin_time(3.38822007e-16),
    },
    measurements={
        "polarisation": Constant(
            0.39,
            "spin waves' Doppler shift, 0.18 to 0.39 ± 0.05, APL 126, 072402 (2025): the largest",
            error=0.05,
            error_source="as measured",
        ),
        "spin_diffusion_length": Constant(
            4.5e-9,
            "order of what magnetoresistance gives at low temperature; no source opened",
            assumed=True,
            error=1.5e-9,
            error_source="a third, assumed",
        ),
        "spin_dependent_seebeck": Constant(
            -3.8e-6,
            "not measured: the middle of 0 and iron's −7.6 µV/K",
            assumed=True,
            span=(-7.6e-6, 0.0),
            error_source="these two",
        ),
        "electron_density": sources.electron_density(
            4.32e28,
            "0.6 s electrons per Co or Fe atom, 80 % of 9e28 atoms/m³; no source for the glass",
        ),
    },
)
