"""Constants and sources that several materials share."""

import math

from boltzwall.constants import (
    BOHR_MAGNETON,
    BOLTZMANN,
    ELECTRON_MASS,
    ELEMENTARY_CHARGE,
    REDUCED_PLANCK,
    VACUUM_PERMEABILITY,
)
from boltzwall.materials.material import Constant

COEY = "10.1017/CBO9780511845000"
ALLOYS = "10.1063/1.555684"
MCGUIRE = "10.1109/TMAG.1975.1058782"
ANDREEV = "10.1126/science.282.5386.85"

GYROMAGNETIC_RATIO = Constant(
    2.0 * VACUUM_PERMEABILITY * BOHR_MAGNETON / REDUCED_PLANCK,
    "2µ0µ_B/ħ, g = 2 as for the electrons of the consistent model",
    assumed=True,
)
FREE_MASS = Constant(
    ELECTRON_MASS, "free-electron mass, customary for the s electrons of these metals", assumed=True
)
LORENZ_NUMBER = Constant(
    (math.pi**2 / 3.0) * (BOLTZMANN / ELEMENTARY_CHARGE) ** 2,
    "Sommerfeld's value (π²/3)(k_B/e)²",
    assumed=True,
)


def boris(value: float, doi: str, error: float | None = None, error_source: str = "") -> Constant:
    """A number of the BORIS materials database, with the work that it names."""
    source = f"BORIS materials database, which cites doi:{doi} (not opened)"
    return Constant(value, source, error=error, error_source=error_source)


def resistive(value: float, doi: str) -> Constant:
    """σ, which differs from film to film."""
    return boris(value, doi, 0.1 * value, "10 %, assumed: films differ")


def heat_capacity(density: float, specific: float, doi: str) -> Constant:
    """C per volume from the mass density in kg/m³ and the specific heat in J/(kg K)."""
    return Constant(
        density * specific,
        f"{density:g} kg/m³ · {specific:g} J/(kg K), BORIS materials database, which cites "
        f"doi:{doi} (not opened)",
    )


def handbook_slope(value: float) -> Constant:
    """α_ρ of a pure metal."""
    return Constant(
        value,
        "the pure metal at 20 °C, a handbook's table as quoted on the web; a film with other "
        "scattering has less, in proportion to σ",
    )


def fermi_energy(value: float) -> Constant:
    """E_F of free electrons of the assumed density."""
    return Constant(
        value, "free electrons of the electron density below, whose number is assumed", assumed=True
    )


def exchange_splitting(value: float) -> Constant:
    """J in proportion to Ms."""
    return Constant(
        value,
        "in proportion to Ms, from 0.225 eV in nickel; assumed for every other metal",
        assumed=True,
        span=(0.5 * value, 1.5 * value),
        error_source="half to one and a half of it, as measured in nickel",
    )


def electron_density(value: float, reason: str) -> Constant:
    """n of the s electrons."""
    return Constant(value, reason, assumed=True, error=0.2 * value, error_source="20 %, assumed")


def spinor_velocity(value: float) -> Constant:
    """√(2J/m) of the published model."""
    return Constant(value, "√(2J/m), as in the paper's table; from an assumed J", assumed=True)


def single_time(value: float) -> Constant:
    """One time for both spins, of the published model."""
    return Constant(
        value, "fitted to σ with one time for both spins, τ = mσ/(ne²), by scripts/fit_materials.py"
    )


def spin_time(value: float) -> Constant:
    """τ_+ or τ_-, at µ where they depend on the energy."""
    return Constant(value, "fitted to σ and P at 300 K by scripts/fit_materials.py")


def exponent(value: float, of_assumed: bool = False) -> Constant:
    """r_+ or r_-; assumed where S_s is."""
    spin = "the assumed S_s" if of_assumed else "S_s"
    return Constant(
        value, f"fitted to S and {spin} at 300 K by scripts/fit_materials.py", of_assumed
    )


def flip_time(value: float, of_assumed_length: bool = False) -> Constant:
    """τ_sf; assumed where the length is."""
    length = (
        "the assumed spin diffusion length" if of_assumed_length else "the spin diffusion length"
    )
    return Constant(
        value, f"fitted to {length} at 300 K by scripts/fit_materials.py", of_assumed_length
    )


def transition(value: float, metal: str) -> Constant:
    """The Curie or the melting temperature."""
    return Constant(
        value, f"handbooks' value of bulk {metal}; no source opened, thin films less", assumed=True
    )


def customary(value: float, of: str) -> Constant:
    """A number that simulations of such a film take; no measurement was opened."""
    return Constant(value, f"customary in simulations of {of}; no source opened", assumed=True)
