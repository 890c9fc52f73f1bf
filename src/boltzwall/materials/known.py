"""What a metal's electrons are fitted to, under the names that a fit takes."""

from boltzwall.materials.material import Constant, Preset

# Name of the number: the key of the preset that holds it.
MEASURED = {
    "sigma": "conductivity",
    "polarisation": "polarisation",
    "spin_diffusion_length": "spin_diffusion_length",
    "seebeck": "seebeck_coefficient",
    "spin_seebeck": "spin_dependent_seebeck",
}
BAND = {
    "electron_density": "electron_density",
    "exchange_splitting": "exchange_splitting",
    "effective_mass": "effective_mass",
}


def known_numbers(preset: Preset) -> dict[str, Constant]:
    """The numbers of MEASURED and BAND that the preset has, by name."""
    everything = {**preset.constants, **preset.measurements}
    return {name: everything[key] for name, key in (MEASURED | BAND).items() if key in everything}
