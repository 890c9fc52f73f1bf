"""The paper's torques (17) and (22) rebuilt, term by term, from the currents in a Dataset."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray as xr

from boltzwall.constants import BOHR_MAGNETON
from boltzwall.io import config_of

Z = np.array([0.0, 0.0, 1.0])


@dataclass(frozen=True)
class Wire:
    """One instant of a run, with second-order differences along x.

    Torques have the Dataset's sign, opposite to (17) and (22), and its factor µ_B/Ms; ``u`` is
    signed, −u in the moment convention.
    """

    frame: xr.Dataset
    xi: float
    u: float
    factor: float

    @classmethod
    def of(cls, frame: xr.Dataset) -> "Wire":
        """From a Dataset without time."""
        u = setting(frame, "material", "spinor_velocity")
        if setting(frame, "transport", "spin_convention") == "moment":
            u = -u
        factor = BOHR_MAGNETON / setting(frame, "material", "saturation_magnetisation")
        return cls(frame, float(frame.attrs["xi"]), u, factor)

    def __getitem__(self, name: str) -> np.ndarray:
        return self.frame[name].values

    def slope(self, values: np.ndarray) -> np.ndarray:
        """∂x of values whose first axis is x."""
        return np.gradient(values, self["x"], axis=0, edge_order=2)

    def terms(self, slope: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The parts (1/ξ) M×s and M×(M×s) of a torque, with their common factor."""
        prefactor = self.factor * self.xi**2 / (1.0 + self.xi**2)
        M = self["magnetisation"]
        across = np.cross(M, slope)
        return prefactor * across / self.xi, prefactor * np.cross(M, across)

    def thermal_terms_without_b(self) -> tuple[np.ndarray, ...]:
        """The four terms of (22) with j_T = A M, and ∂x(A M) by the product rule."""
        M, a, n = self["magnetisation"], self["thermal_current_a"], self["thermal_charge_density"]
        slope_of_m = self.slope(M)
        current = self.slope(a)[:, None] * M + a[:, None] * slope_of_m
        return (*self.terms(current), *self.terms(-self.u * n[:, None] * slope_of_m))

    def torque_of_b(self) -> np.ndarray:
        """What ∂xB ẑ alone gives in (22)."""
        along, across = self.terms(Z * self.slope(self["thermal_current_b"])[:, None])
        return along + across

    def torque_of_v(self) -> np.ndarray:
        """What ∂x∫vG dp alone gives in (17)."""
        carried = self.u * self["charge_density"][:, None] * self["magnetisation"]
        along, across = self.terms(self.slope(self["spin_current_density"] - carried))
        return along + across

    def deviation_of_a(self) -> float:
        """Largest |A/(u n_T) − 1|."""
        ratio = self["thermal_current_a"] / (self.u * self["thermal_charge_density"])
        return largest(ratio - 1.0)


def setting(dataset: xr.Dataset, section: str, key: str) -> Any:
    """One key of the configuration that the Dataset carries."""
    return config_of(dataset)[section][key]


def largest(values: np.ndarray) -> float:
    """Largest magnitude of a scalar field."""
    return float(np.abs(values).max())


def longest(vectors: Any) -> float:
    """Largest length of a vector field."""
    return float(np.linalg.norm(vectors, axis=-1).max())


def difference(one: np.ndarray, other: np.ndarray) -> float:
    """Largest length of the difference, relative to the largest length of ``other``."""
    return longest(one - other) / longest(other)
