"""Numbers where no JAX is: in configurations, files, pictures, and what is read from results."""

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
"""Real numbers of any shape."""
