"""From a configuration to the published transport model, and what a Dataset says about it."""

import math
from itertools import pairwise
from typing import Any, NamedTuple

from boltzwall.build.place import Place, constant
from boltzwall.config import Config, sections
from boltzwall.config.scales.common import fermi_density, fermi_momentum
from boltzwall.constants import ELEMENTARY_CHARGE
from boltzwall.errors import NumericsError
from boltzwall.numerics.momentum import NODES_PER_PANEL, share_panels
from boltzwall.physics.electrons import Electrons
from boltzwall.relations import beta_q, xi_of
from boltzwall.transport.published.model import PublishedModel, PublishedOptions
from boltzwall.transport.published.momentum_drift import FieldSchedule
from boltzwall.transport.published.outputs import HeatConstants
from boltzwall.transport.published.transport import PublishedTransport


def build_published(config: Config, place: Place) -> PublishedTransport:
    """The published transport model of a configuration."""
    material, transport = config.material, config.transport
    electrons = Electrons(
        *(
            constant(value)
            for value in (
                material.effective_mass,
                material.fermi_energy,
                material.exchange_splitting,
                material.spinor_velocity,
                material.momentum_time,
                material.spin_flip_time,
            )
        )
    )
    model = PublishedModel(
        electrons=electrons,
        temperature=place.temperature,
        length=constant(place.length),
        electric_field=constant(config.drive.electric_field),
        window=constant(transport.momentum_window),
        reference_density=constant(_reference_density(material, transport)),
        saturation_magnetisation=place.magnet_cells.magnetisation,
        options=_options(config),
    )
    unknown = (material.seebeck_coefficient, material.lorenz_number)
    heat = HeatConstants(*(constant(math.nan if v is None else v) for v in unknown))
    return PublishedTransport(model, heat)


def describe_published(config: Config, place: Place) -> dict[str, Any]:
    """Attributes of a Dataset of this model."""
    material, transport = config.material, config.transport
    xi = xi_of(material.exchange_splitting, material.spin_flip_time)
    moment = transport.spin_convention == "moment"
    return {
        "spin_accumulation_is": "moment density" if moment else "spin density",
        "spin_convention": transport.spin_convention,
        "reference_density": _reference_density(material, transport),
        "xi": xi,
        "beta_q": beta_q(xi),
        "torque_sign": "torques are contributions to dM/dt; the paper's (17),(21),(22) have the "
        "opposite sign",
        "wall_element_note": "this model does not conserve charge",
        "residual_charge_is": "steady charge continuity without the relaxation term, which "
        "creates charge in the published model",
    }


def _reference_density(material: sections.Material, transport: sections.Transport) -> float:
    density = transport.reference_density
    return fermi_density(material) if density is None else density


def _options(config: Config) -> PublishedOptions:
    """The static choices: grid, closure, and how the field term is iterated."""
    transport, unit = config.transport, fermi_momentum(config.material)
    low, high = (edge * unit for edge in transport.momentum_window)
    speed = config.material.effective_mass * config.material.spinor_velocity
    breaks = tuple(k for k in (-1.0, 0.0, 1.0) if low < k * speed < high)
    characteristic = transport.inflow == "characteristic"
    nodes = transport.momentum_nodes
    panels: tuple[int, ...]
    if transport.momentum_rule == "uniform":
        order, breaks, panels = 1, (), (nodes,)
        resolved = 4.0 * (high - low) / nodes
    else:
        order = NODES_PER_PANEL if nodes % NODES_PER_PANEL == 0 else NODES_PER_PANEL // 2
        marks = [low, *(k * speed for k in breaks), high]
        lengths = [b - a for a, b in pairwise(marks)]
        panels = share_panels(lengths, nodes // order)
        resolved = min(length / count for length, count in zip(lengths, panels, strict=True))
    speeds = [abs(edge) for edge in (low, high)]
    slowest = (max(speeds) if characteristic else min(speeds)) / config.material.effective_mass
    return PublishedOptions(
        cells=config.wire.cells,
        equilibrium_vector=transport.equilibrium_vector,
        moment_convention=transport.spin_convention == "moment",
        characteristic_inflow=characteristic,
        momentum_rule=transport.momentum_rule,
        panels=panels,
        nodes_per_panel=order,
        breakpoints=breaks,
        schedule=_schedule(
            config.wire, config.drive.electric_field, characteristic, _Push(slowest, resolved)
        ),
    )


class _Push(NamedTuple):
    """The slowest electrons in m/s, and the momentum in kg m/s that their grid resolves."""

    slowest: float
    resolved: float


def _schedule(
    wire: sections.Wire, electric_field: float, characteristic: bool, push: _Push
) -> FieldSchedule:
    cell = wire.length / wire.cells
    gained = abs(ELEMENTARY_CHARGE * electric_field) * cell / push.slowest
    schedule = FieldSchedule.choose(gained, push.resolved, wire.cells)
    if schedule is None and characteristic:
        return FieldSchedule(1, panelwise=True)
    if schedule is None:
        raise NumericsError(
            f"The field of {electric_field:g} V/m pushes electrons through more of "
            "the momentum grid in one cell than the iteration of the field term can follow. Use "
            "more cells (`wire.cells`) or fewer momenta (`transport.momentum_nodes`)."
        )
    return schedule
