"""The published model: equations (5),(6) of Wang et al., PRB 106, 054432 (2022), at given M(x)."""

from dataclasses import dataclass, replace
from typing import NamedTuple

import equinox as eqx
import jax
import jax.numpy as jnp
from jaxtyping import Array, Float

from boltzwall.constants import BOHR_MAGNETON, ELEMENTARY_CHARGE
from boltzwall.numerics.frames import extrapolate_ends, frame_changes, local_frames
from boltzwall.numerics.momentum import GaussPanels, MomentumGrid, UniformCells, panel_edges
from boltzwall.physics.electrons import Electrons, EquilibriumCells, LocalEquilibrium, Occupations
from boltzwall.physics.temperature import Temperature
from boltzwall.physics.torque import exchange_torque
from boltzwall.transport.published.boundary_value import InflowOf, Turns, solve_boundary_value
from boltzwall.transport.published.march import (
    Kinetics,
    LocalSource,
    SourceData,
    SourceOf,
    at_momenta,
    march,
)
from boltzwall.transport.published.moments import KineticMoments
from boltzwall.transport.published.momentum_drift import FieldSchedule, MomentumDrift
from boltzwall.transport.published.sums import Sums
from boltzwall.typing import Ends, PerCell, Quad, Scalar, Vectors


@dataclass(frozen=True)
class PublishedOptions:
    """Choices that fix the shape of the computation (the paper's open settings and the grid).

    Attributes:
        breakpoints: multiples of u, within the window, where the solution may jump in p.
        panels: panels in each stretch between them (Gauss) or the number of cells (uniform).
    """

    cells: int
    equilibrium_vector: str
    moment_convention: bool
    characteristic_inflow: bool
    momentum_rule: str
    panels: tuple[int, ...]
    nodes_per_panel: int
    breakpoints: tuple[float, ...]
    schedule: FieldSchedule


class Tables(eqx.Module):
    """What does not change when M moves.

    Attributes:
        kinetics: the operator, whatever the field.
        nodes, ends: occupations of all cells, at the momentum nodes and at the ends of the window.
    """

    kinetics: Kinetics
    nodes: Occupations
    ends: Occupations


class FramedTexture(NamedTuple):
    """Frames along M in the cells, and M at both ends of the wire."""

    frames: Float[Array, "cells 3 3"]
    ends: Ends


class PublishedModel(eqx.Module):
    """Steady transport for any magnetisation on one wire.

    Attributes:
        saturation_magnetisation: Ms in A/m of each cell.
        tables: made by `prepared`, once for many magnetisations.
    """

    electrons: Electrons
    temperature: Temperature
    length: Scalar
    electric_field: Scalar
    window: Float[Array, " 2"]
    reference_density: Scalar
    saturation_magnetisation: PerCell
    options: PublishedOptions = eqx.field(static=True)
    tables: Tables | None = None

    def prepared(self) -> "PublishedModel":
        """The same model, with what does not depend on the magnetisation computed once."""
        if self.options.characteristic_inflow:
            return self
        equilibrium, grid = self.equilibrium(jnp.zeros((2, 3))), self.grid()
        x, temperature = self.centres, self.temperature.at(self.centres)
        nodes, ends = (equilibrium.occupations(p, x, temperature) for p in (grid.nodes, grid.ends))
        return replace(self, tables=Tables(self.kinetics().prepared(), nodes, ends))

    @property
    def spacing(self) -> Scalar:
        """Length of a cell in m."""
        return self.length / self.options.cells

    @property
    def centres(self) -> PerCell:
        """Cell centres in m."""
        return self.spacing * (jnp.arange(self.options.cells) + 0.5)

    @property
    def signed_spinor_velocity(self) -> Scalar:
        """u, or −u in the moment convention."""
        return self._spin_sign * self.electrons.spinor_velocity

    @property
    def density_scale(self) -> Scalar:
        """n_ref/p_F, from the paper's integrals over p to densities in 1/m³."""
        return self.reference_density / self.electrons.fermi_momentum

    @property
    def torque_scale(self) -> PerCell:
        """(n_ref/p_F)(µ_B/Ms) in every cell, from (17) to dM/dt (with the sign of the paper)."""
        return self.density_scale * BOHR_MAGNETON / self.saturation_magnetisation

    @property
    def _spin_sign(self) -> float:
        return -1.0 if self.options.moment_convention else 1.0

    def grid(self) -> MomentumGrid:
        """The momentum grid of the window."""
        edges = self.window * self.electrons.fermi_momentum
        if self.options.momentum_rule == "uniform":
            return UniformCells(edges[0], edges[1], self.options.panels[0])
        unit = self.electrons.mass * self.electrons.spinor_velocity
        breaks = [unit * multiple for multiple in self.options.breakpoints]
        marks = panel_edges(edges[0], edges[1], breaks, self.options.panels)
        return GaussPanels(marks, self.options.nodes_per_panel)

    def kinetics(self, extra: float | Array = 0.0, *, keep: bool = False) -> Kinetics:
        """The discrete kinetic operator; ``extra`` is added to both collision rates.

        A prepared model is one of steady states, without it.
        """
        strength = ELEMENTARY_CHARGE * self.electric_field
        if self.tables is not None:
            known = replace(self.tables.kinetics, keep_distributions=keep)
            return eqx.tree_at(lambda k: k.field.strength, known, strength)
        grid, extra = self.grid(), jnp.asarray(extra, dtype=float)
        rates, weights = at_momenta(self.electrons, grid, self._spin_sign, extra)
        return Kinetics(
            electrons=self.electrons,
            field=MomentumDrift(grid, strength),
            rates=rates,
            weights=weights,
            spacing=self.spacing,
            extra=extra,
            spin_sign=self._spin_sign,
            schedule=self.options.schedule,
            keep_distributions=keep,
        )

    def moments(self, magnetisation: Vectors, ends: Ends | None = None) -> KineticMoments:
        """Moments of the steady solution of (5),(6).

        Arguments:
            magnetisation: unit vectors at the cell centres.
            ends: unit vectors at both ends of the wire; extrapolated if not given.
        """
        moments, _ = self.solve(magnetisation, ends)
        return moments

    def spin(self, magnetisation: Vectors) -> Vectors:
        """∫G dp of the steady solution."""
        return self.moments(magnetisation).spin

    def solve(
        self,
        magnetisation: Vectors,
        ends: Ends | None = None,
        *,
        keep: bool = False,
    ) -> tuple[KineticMoments, Quad | None]:
        """Moments, and with ``keep`` the cell averages of (F, G·M, G·e₁, G·e₂) in local frames."""
        ends = extrapolate_ends(magnetisation) if ends is None else ends
        frames = local_frames(magnetisation)
        equilibrium = self.equilibrium(ends)
        cells = EquilibriumCells(self.centres, self.temperature.at(self.centres), frames)
        known, nodes = (self.tables.ends, self.tables.nodes) if self.tables else (None, None)

        def inflow_of(p: Array) -> tuple[Quad, Quad]:
            return self._inflow(equilibrium, frames, p)

        sums, mean = self.distribute(
            self.kinetics(keep=keep),
            FramedTexture(frames, ends),
            SourceData((cells, known), nodes),
            EquilibriumSource(equilibrium),
            inflow_of,
        )
        u = self.signed_spinor_velocity
        return KineticMoments.of(sums, frames, u, self.spacing), mean

    def distribute(
        self,
        kinetics: Kinetics,
        texture: FramedTexture,
        data: SourceData,
        source_of: SourceOf,
        inflow_of: InflowOf,
    ) -> tuple[Sums, Quad | None]:
        """Solve for the distributions by the method that the inflow setting asks for.

        Arguments:
            data, source_of, inflow_of: as `march` and `solve_boundary_value` take them.
        """
        frames, ends = texture
        rotations = frame_changes(frames)
        if self.options.characteristic_inflow:
            turns = local_frames(ends) @ jnp.swapaxes(frames[jnp.array([0, -1])], 1, 2)
            return solve_boundary_value(
                kinetics, Turns(rotations, turns), data, source_of, inflow_of
            )
        start, _ = inflow_of(kinetics.field.grid.nodes)
        return march(kinetics, rotations, data, source_of, start)

    def equilibrium(self, ends: Ends) -> LocalEquilibrium:
        """<F> and <G> on this wire."""
        options = self.options
        return LocalEquilibrium(
            self.electrons, self.length, ends, options.equilibrium_vector, options.moment_convention
        )

    def torque(self, magnetisation: Vectors, spin: Array) -> Array:
        """The contribution −(J/ħ)(µ_B/Ms) M × m of the spin accumulation to dM/dt, [B7].

        Arguments:
            spin: ∫G dp, (cells, 3).
        """
        rate = self.electrons.precession_rate * self.torque_scale
        return -exchange_torque(magnetisation, spin, rate)

    def _inflow(
        self, equilibrium: LocalEquilibrium, frames: Float[Array, "cells 3 3"], p: Array
    ) -> tuple[Quad, Quad]:
        """<F>, <G> at both ends, in the frames of the first and the last cell."""
        at = jnp.stack([jnp.zeros_like(self.length), self.length])
        own = local_frames(equilibrium.ends)
        left, right = (
            jax.tree.map(
                lambda a: a[0],
                equilibrium.at(
                    p,
                    EquilibriumCells(
                        at[k : k + 1], self.temperature.at(at[k : k + 1]), own[k : k + 1]
                    ),
                ),
            )
            for k in range(2)
        )
        return _reframe(frames[0] @ own[0].T, left), _reframe(frames[-1] @ own[1].T, right)


def _reframe(rotation: Float[Array, "3 3"], y: Quad) -> Quad:
    g = jnp.einsum("ab,bp->ap", rotation, jnp.stack(y[1:]))
    return (y[0], g[0], g[1], g[2])


class EquilibriumSource(eqx.Module):
    """Relaxation towards <F>, <G> in some cells."""

    equilibrium: LocalEquilibrium

    def __call__(
        self,
        kinetics: Kinetics,
        piece: tuple[EquilibriumCells, Occupations | None],
        nodes: Occupations | None,
    ) -> LocalSource:
        """Occupations at the ends of the window and at the nodes, or None: computed here."""
        rates, field, (cells, ends) = kinetics.rates, kinetics.field, piece
        p, entering = field.grid.nodes, field.inflow_momentum
        if nodes is None or ends is None:
            at_rest, inflow = self.equilibrium.at(p, cells), self.equilibrium.at(entering, cells)
        else:
            side = jax.tree.map(lambda a: jnp.where(field.upward, a[:, :1], a[:, 1:]), ends)
            at_rest = self.equilibrium.directed(nodes, p, cells.frame)
            inflow = self.equilibrium.directed(side, entering, cells.frame)
        rest = at_rest
        if not self.equilibrium.along_m:
            # What relaxes towards <G> is turned by precession before it gets there.
            spin = rates.spin
            turned = rates.relax((at_rest[0], at_rest[1], spin * at_rest[2], spin * at_rest[3]))
            rest = (at_rest[0], at_rest[1], turned[2], turned[3])
        return LocalSource(rest=rest, tilt=None, inflow=inflow, equilibrium=at_rest)
