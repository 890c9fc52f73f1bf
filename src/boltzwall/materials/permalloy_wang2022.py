"""Permalloy as Wang et al., Phys. Rev. B 106, 054432 (2022), describe it in Table I."""

import math

from boltzwall.constants import BOLTZMANN, ELECTRON_MASS, ELEMENTARY_CHARGE
from boltzwall.materials.material import Constant, Preset

_TABLE = "Wang et al., PRB 106, 054432 (2022), Table I"

MATERIAL = Preset(
    name="permalloy-wang2022",
    description="Permalloy with the constants of Wang et al. (2022), Table I",
    constants={
        "gyromagnetic_ratio": Constant(2.21e5, f"{_TABLE}: γ0"),
        "saturation_magnetisation": Constant(8e5, f"{_TABLE}: Ms"),
        "damping": Constant(0.2, f"{_TABLE}: α"),
        "fermi_energy": Constant(0.14 * ELEMENTARY_CHARGE, f"{_TABLE}: E_F = 0.14 eV"),
        "effective_mass": Constant(
            ELECTRON_MASS,
            f"free-electron mass; E_F and v_F = 2.21e5 m/s of {_TABLE} give 1.008 of it",
        ),
        "exchange_splitting": Constant(0.106 * ELEMENTARY_CHARGE, f"{_TABLE}: J_ex = 0.106 eV"),
        "spinor_velocity": Constant(1.93e5, f"{_TABLE}: u_x"),
        "momentum_time": Constant(1e-15, f"{_TABLE}: τ"),
        "spin_flip_time": Constant(1e-12, f"{_TABLE}: τ_sf"),
        "conductivity": Constant(1.26e6, f"{_TABLE}: σ"),
        "seebeck_coefficient": Constant(
            -18e-6,
            "not in the paper; from the spin-dependent Seebeck numbers of Dejene et al., "
            "arXiv:1206.1659, for another permalloy film",
            assumed=True,
        ),
        "lorenz_number": Constant(
            (math.pi**2 / 3.0) * (BOLTZMANN / ELEMENTARY_CHARGE) ** 2,
            "not in the paper; Sommerfeld's value (π²/3)(k_B/e)²",
            assumed=True,
        ),
        "exchange_stiffness": Constant(
            1.3e-11,
            "not in the paper; customary for permalloy (BORIS materials database, which cites "
            "no measurement)",
            assumed=True,
        ),
    },
)
