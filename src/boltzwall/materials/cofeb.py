"""CoFeB, a glass: s electrons fitted to its σ and P and an assumed spin diffusion length."""

from boltzwall.materials import sources
from boltzwall.materials.material import Constant, Preset

MATERIAL = Preset(
    name="cofeb",
    description="CoFeB (a glass), s electrons fitted to its σ, P and an assumed diffusion length",
    constants={
        "gyromagnetic_ratio": sources.GYROMAGNETIC_RATIO,
        "saturation_magnetisation": Constant(
            1e6,
            "customary for thin CoFeB, after Ikeda et al. (2010), which was not opened",
            assumed=True,
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
        "fermi_energy": sources.fermi_energy(7.19289e-19),
        "effective_mass": sources.FREE_MASS,
        "exchange_splitting": sources.exchange_splitting(7.35693e-20),
        "spinor_velocity": sources.spinor_velocity(401901),
        "momentum_time": sources.single_time(5.12886e-16),
        "spin_flip_time": sources.flip_time(8.56977e-14, of_assumed_length=True),
        "conductivity": Constant(
            6.25e5, "160 µΩ cm, Table 1 of the spin Nernst measurement on W/CoFeB, Sci. Adv. (2017)"
        ),
        "seebeck_coefficient": Constant(
            -4e-6, "Table 1 of the spin Nernst measurement on W/CoFeB, Sci. Adv. (2017)"
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
        "momentum_time_majority": sources.spin_time(6.62174e-16),
        "momentum_time_minority": sources.spin_time(3.38822e-16),
    },
    measurements={
        "polarisation": Constant(
            0.39,
            "spin waves' Doppler shift, 0.18 to 0.39 ± 0.05, APL 126, 072402 (2025): the largest",
        ),
        "spin_diffusion_length": Constant(
            4.5e-9,
            "order of what magnetoresistance gives at low temperature; no source opened",
            assumed=True,
        ),
        "electron_density": Constant(
            4.32e28,
            "0.6 s electrons per Co or Fe atom, 80 % of 9e28 atoms/m³; no source for the glass",
            assumed=True,
        ),
    },
)
