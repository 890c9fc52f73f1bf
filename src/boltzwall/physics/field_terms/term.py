"""What every term of the effective field has: an energy of the cells, and its field."""

from abc import abstractmethod
from types import ModuleType
from typing import Any, ClassVar, NamedTuple

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from boltzwall.constants import VACUUM_PERMEABILITY
from boltzwall.typing import PerCell, Scalar, Vectors


class Cells(eqx.Module):
    """What the terms need of the wire, whose cell centres are (i + ½) dx.

    Attributes:
        spacing: dx in m.
        magnetisation: Ms in A/m, above zero in every cell.
        area: the cross-section S relative to the nominal one.
    """

    spacing: Scalar
    magnetisation: PerCell
    area: PerCell

    @property
    def volume(self) -> PerCell:
        """S dx in m: the volume of each cell per nominal cross-section."""
        _, (area, spacing) = known(self.area, self.spacing)
        return jax.device_put(area * spacing)

    @property
    def weight(self) -> PerCell:
        """µ0 Ms S dx, by which −∂E/∂m is divided to be a field: E in J/m², H in A/m."""
        _, (magnetisation, volume) = known(self.magnetisation, self.volume)
        return jax.device_put(VACUUM_PERMEABILITY * magnetisation * volume)


class Scaling(NamedTuple):
    """Factors by which the constants of the cells differ from those at another temperature."""

    magnetisation: PerCell
    stiffness: PerCell
    anisotropy: PerCell
    dmi: PerCell
    damping: PerCell


class FieldTerm(eqx.Module):
    """A term of the effective field, [B10] of docs/equations.md, and its energy.

    H_i = −(∂E/∂m_i)/(µ0 Ms_i S_i dx), [M1], where a part of H along m_i is free.

    Attributes:
        driven: whether it is there only while a current flows.
    """

    driven: ClassVar[bool] = False

    cells: eqx.AbstractVar[Cells]

    @abstractmethod
    def field(self, m: Vectors, t: Scalar) -> Vectors:
        """H in A/m for the magnetisation ``m`` at the time ``t`` in s."""

    @abstractmethod
    def energy(self, m: Vectors, t: Scalar) -> Scalar:
        """E in J/m², per nominal cross-section of the wire."""

    def scaled(self, cells: Cells, scaling: Scaling) -> "FieldTerm":
        """The same term with other constants; ``cells`` has the Ms of ``scaling`` already."""
        return eqx.tree_at(lambda term: term.cells, self, cells)


def known(*values: Array) -> tuple[ModuleType, tuple[Any, ...]]:
    """(NumPy, the values as its arrays), or (jax.numpy, the values) where one is traced.

    For what is computed once: a process that only begins would compile each operation of JAX.
    """
    if any(isinstance(value, jax.core.Tracer) for value in values):
        return jnp, values
    return np, tuple(np.asarray(value) for value in values)


def along(m: Vectors, axis: Float[Array, " 3"]) -> PerCell:
    """m·a in every cell."""
    return m[:, 0] * axis[0] + m[:, 1] * axis[1] + m[:, 2] * axis[2]


def zeeman_energy(cells: Cells, m: Vectors, field: Vectors) -> Scalar:
    """E = −Σ µ0 Ms m·H S dx of a field that does not depend on m."""
    return -jnp.sum(cells.weight[:, None] * m * field)
