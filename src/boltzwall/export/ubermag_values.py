"""Numbers of all cells or of subregions, and functions of time, as Python for Ubermag."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from boltzwall.config.units import brief
from boltzwall.export.snapshot import Snapshot
from boltzwall.export.time_factors import python_factor, shortest
from boltzwall.export.zones import Zones, is_uniform, zones_of
from boltzwall.physics.waveforms import Waveform
from boltzwall.values import Values

_MOST = 1000  # subregions


@dataclass(frozen=True)
class CellValues:
    """The subregions of the mesh in which all constants are uniform."""

    zones: Zones

    @classmethod
    def of(cls, problem: Snapshot) -> "CellValues":
        """The subregions that the constants of a problem ask for."""
        columns = [np.asarray(problem.magnet.damping), problem.area]
        if problem.torque is not None:
            columns.append(problem.torque.full)
        for term in problem.magnet.terms.values():
            for name in ("stiffness", "constant", "profile", "field_like", "strength"):
                if hasattr(term, name):
                    columns.append(np.asarray(getattr(term, name)))
        columns.append(np.asarray(problem.magnet.cells.magnetisation))
        varying = [column for column in columns if not is_uniform(column)]
        if not varying:
            return cls(Zones((0, len(problem.area))))
        return cls(zones_of(varying, _MOST))

    def definitions(self) -> Iterator[str]:
        """The subregions, and two helpers."""
        if self.zones.count == 1:
            return
        yield f"edges = {list(self.zones.edges)}  # the first cell of each subregion, and the last"
        yield "low, high, cell = (np.array(system.m.mesh.region.pmin), "
        yield "                   np.array(system.m.mesh.region.pmax), system.m.mesh.cell[0])"
        yield "system.m.mesh.subregions = {"
        yield '    f"zone{i}": df.Region('
        yield "        p1=(low[0] + edges[i] * cell, *low[1:]),"
        yield "        p2=(low[0] + edges[i + 1] * cell, *high[1:]),"
        yield "    )"
        yield "    for i in range(len(edges) - 1)"
        yield "}"
        yield ""
        yield ""
        yield "def zones(*values):"
        yield '    """A value for each subregion."""'
        yield '    return {f"zone{i}": value for i, value in enumerate(values)}'
        yield ""
        yield ""
        yield "def pairs(*values):"
        yield '    """The same, and the harmonic mean between neighbours."""'
        yield "    between = {"
        yield '        f"zone{i}:zone{i + 1}": 2.0 * a * b / (a + b) if a + b else 0.0'
        yield "        for i, (a, b) in enumerate(zip(values, values[1:]))"
        yield "    }"
        yield "    return zones(*values) | between"
        yield ""

    def value(self, column: Values, coupled: bool = False) -> str:
        """A number, a vector, or one for each subregion; ``coupled`` between these too."""
        if is_uniform(column):
            return _text(np.mean(column, axis=0))
        name = "pairs" if coupled else "zones"
        return f"{name}({', '.join(_text(value) for value in self.zones.values(column))})"

    @staticmethod
    def step(waveform: Waveform, duration: float) -> str:
        """The time step in which OOMMF is told of a waveform."""
        return brief(float(f"{shortest(waveform, duration):.3g}"))


def function(name: str, waveform: Waveform, start: float) -> Iterator[str]:
    """The factor of time as a function; OOMMF takes it at the nearest multiple of its dt."""
    yield from python_factor(name, waveform, start)


def _text(value: Values) -> str:
    if np.ndim(value):
        return f"({', '.join(brief(float(part)) for part in value)})"
    return brief(float(value))
