"""Physical constants in SI units (CODATA 2018; the first three are exact by definition)."""

import math

ELEMENTARY_CHARGE = 1.602176634e-19  # C
PLANCK = 6.62607015e-34  # J s
BOLTZMANN = 1.380649e-23  # J/K
REDUCED_PLANCK = PLANCK / (2.0 * math.pi)  # J s
ELECTRON_MASS = 9.1093837015e-31  # kg
BOHR_MAGNETON = 9.2740100783e-24  # J/T
VACUUM_PERMEABILITY = 1.25663706212e-6  # N/A²
ROOM_TEMPERATURE = 300.0  # K, where coefficients of temperature belong
