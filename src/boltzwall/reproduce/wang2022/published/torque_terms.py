"""The paper's torques (17) and (22) rebuilt, term by term, from the currents in a Dataset."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import xarray as xr

from boltzwall.constants import BOHR_MAGNETON
from boltzwall.relations import torque_share
from boltzwall.reproduce.wang2022.shared.measures import largest, longest, setting

Z = np.array([0.0, 0.0, 1.0])


class TorqueParts(NamedTuple):
    """The field-like part, along M×s, and the damping-like one, along M×(M×s), in 1/s."""

    field_like: np.ndarray
    damping_like: np.ndarray


@dataclass(frozen=True)
class TorqueTerms:
    """One instant of a run, with second-order differences along x.

    Torques have the Dataset's sign, opposite to (17) and (22), and its factor µ_B/Ms; ``u`` is
    signed, −u in the moment convention.
    """

    frame: xr.Dataset
    xi: float
    u: float
    factor: float

    @classmethod
    def of(cls, frame: xr.Dataset) -> "TorqueTerms":
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

    def parts(self, slope: np.ndarray) -> TorqueParts:
        """The parts (1/ξ) M×s and M×(M×s) of a torque, with their common factor."""
        prefactor = self.factor * torque_share(self.xi)
        M = self["magnetisation"]
        across = np.cross(M, slope)
        return TorqueParts(prefactor * across / self.xi, prefactor * np.cross(M, across))

    def thermal_without_b(self) -> list[np.ndarray]:
        """The four terms of (22) with j_T = A M, and ∂x(A M) by the product rule."""
        M, a, n = self["magnetisation"], self["thermal_current_a"], self["thermal_charge_density"]
        slope_of_m = self.slope(M)
        current = self.slope(a)[:, None] * M + a[:, None] * slope_of_m
        return [*self.parts(current), *self.parts(-self.u * n[:, None] * slope_of_m)]

    def of_b(self) -> np.ndarray:
        """What ∂xB ẑ alone gives in (22)."""
        along, across = self.parts(Z * self.slope(self["thermal_current_b"])[:, None])
        return along + across

    def of_v(self) -> np.ndarray:
        """What ∂x∫vG dp alone gives in (17)."""
        carried = self.u * self["charge_density"][:, None] * self["magnetisation"]
        along, across = self.parts(self.slope(self["spin_current_density"] - carried))
        return along + across

    def deviation_of_a(self) -> float:
        """Largest |A/(u n_T) − 1|."""
        ratio = self["thermal_current_a"] / (self.u * self["thermal_charge_density"])
        return largest(ratio - 1.0)


def difference(one: np.ndarray, other: np.ndarray) -> float:
    """Largest length of the difference, relative to the largest length of ``other``."""
    return longest(one - other) / longest(other)
