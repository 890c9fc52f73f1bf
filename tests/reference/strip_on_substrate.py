"""A strip on a substrate by finite volumes over the cross-section, in SciPy: slow and independent.

Half of it, by symmetry: y from the middle of the strip outwards, z down into the substrate. Cells
grow away from the strip and its edge; the far sides are insulated, where no heat arrives. A wire is
a row of cells on the surface that hold heat and pass it sideways; without one the flux goes in.
"""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sparse
from scipy.sparse.linalg import splu


@dataclass(frozen=True)
class CrossSection:
    """What lies under the strip.

    Attributes:
        width: of the strip, m.
        flux: heat that comes into the strip, W/m².
        layers: (κ, C, thickness in m) from the top; the last goes on for ever.
        far: how far the mesh goes, m.
        finest: the smallest cells at the edge of the strip and at the surface, m.
        wire: its (κ, C, thickness); None: the flux goes straight into the substrate.
        sideways: whether heat moves across the wire too.
    """

    width: float
    flux: float
    layers: tuple[tuple[float, float, float], ...]
    far: float
    finest: float
    wire: tuple[float, float, float] | None = None
    sideways: bool = False
    growth: float = 1.12

    def mean_rise(self, times: np.ndarray) -> np.ndarray:
        """Rise of the strip in K at the times: the mean of the surface under it, if it is thin."""
        y, z = self._across(), self._down()
        ny, nz = y.size - 1, z.size - 1
        number = np.arange(ny * nz).reshape(nz, ny)
        dy, dz = np.diff(y), np.diff(z)
        kappa, capacity = self._media(0.5 * (z[1:] + z[:-1]))
        under = int(np.argmin(np.abs(y - 0.5 * self.width)))  # cells under the strip
        conduct = self._conductances(number, (dy, dz), kappa)
        store = (capacity[:, None] * dz[:, None] * dy[None, :]).ravel()
        heated, half = number[0, :under], dz[0] / (2.0 * kappa[0])  # K m²/W to the surface
        if self.wire is not None:
            heated, half = ny * nz + np.arange(under), 0.0
            conduct = self._with_wire(conduct, number[0, :under], (dy, dz), kappa[0])
            store = np.concatenate([store, self.wire[1] * self.wire[2] * dy[:under]])
        source = np.zeros(store.size)
        source[heated] = self.flux * dy[:under]
        rise = np.zeros(store.size)
        found = []
        steps = np.diff(times, prepend=0.0)
        factors: dict[float, object] = {}
        for dt in steps:
            key = float(f"{dt:.6e}")
            rise = self._step(rise, dt, (store, conduct, source), factors, key)
            top = rise[heated] + self.flux * half
            found.append(float(np.sum(top * dy[:under]) / np.sum(dy[:under])))
        return np.array(found)

    @staticmethod
    def _step(rise, dt, parts, factors, key):
        """Two backward Euler steps of half the length, and one of the whole, extrapolated."""
        store, conduct, source = parts
        for share in (1.0, 0.5):
            if (key, share) not in factors:
                matrix = sparse.diags(store / (share * dt)) + conduct
                factors[key, share] = splu(matrix.tocsc())
        whole = factors[key, 1.0].solve(store / dt * rise + source)
        half = rise
        for _ in range(2):
            half = factors[key, 0.5].solve(store / (0.5 * dt) * half + source)
        return 2.0 * half - whole

    def _with_wire(self, conduct, surface, sizes, kappa):
        """The matrix with the wire's cells behind those of the substrate."""
        dy, dz = sizes[0][: surface.size], sizes[1]
        own, first = self.wire or (0.0, 0.0, 0.0), conduct.shape[0]
        wire = first + np.arange(surface.size)
        down = dy / (0.5 * dz[0] / kappa + 0.5 * own[2] / own[0])
        along = self.sideways * own[0] * own[2] / (0.5 * (dy[1:] + dy[:-1]))
        size = first + surface.size
        ones = np.concatenate([surface, wire[:-1]])
        others = np.concatenate([wire, wire[1:]])
        off = sparse.coo_matrix((np.concatenate([down, along]), (ones, others)), shape=(size, size))
        off = (off + off.T).tocsr()
        padded = sparse.block_diag([conduct, sparse.csr_matrix((surface.size,) * 2)])
        return padded + sparse.diags(np.asarray(off.sum(axis=1)).ravel()) - off

    def _across(self) -> np.ndarray:
        """Edges of cells, finest at the edge of the strip."""
        inside = _graded(0.5 * self.width, self.finest, self.growth)
        outside = _graded(self.far - 0.5 * self.width, self.finest, self.growth)
        return np.concatenate([0.5 * self.width - inside[::-1], 0.5 * self.width + outside[1:]])

    def _down(self) -> np.ndarray:
        """Edges of cells; each layer ends at one."""
        edges, top = [np.zeros(1)], 0.0
        for _, _, thickness in self.layers[:-1]:
            both = _graded(0.5 * thickness, self.finest, self.growth)
            edges += [top + both[1:], top + thickness - both[::-1][1:]]
            top += thickness
        edges.append(top + _graded(self.far - top, self.finest, self.growth)[1:])
        return np.concatenate(edges)

    def _media(self, z: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        bottoms = np.cumsum([thickness for _, _, thickness in self.layers[:-1]])
        layer = np.searchsorted(bottoms, z)
        kappa, capacity = (np.array([one[k] for one in self.layers]) for k in (0, 1))
        return kappa[layer], capacity[layer]

    @staticmethod
    def _conductances(number, sizes, kappa):
        """The matrix of Σ conductance·(T_i − T_j), W/(m K)."""
        dy, dz = sizes
        sideways = kappa[:, None] * dz[:, None] / (0.5 * (dy[1:] + dy[:-1]))[None, :]
        resistance = 0.5 * dz / kappa
        downwards = dy[None, :] / (resistance[1:] + resistance[:-1])[:, None]
        pairs = [
            (number[:, :-1].ravel(), number[:, 1:].ravel(), sideways.ravel()),
            (number[:-1].ravel(), number[1:].ravel(), downwards.ravel()),
        ]
        size = number.size
        matrix = sparse.csr_matrix((size, size))
        for one, other, value in pairs:
            off = sparse.coo_matrix((value, (one, other)), shape=(size, size))
            off = off + off.T
            matrix = matrix + sparse.diags(np.asarray(off.sum(axis=1)).ravel()) - off
        return matrix


def _graded(length: float, first: float, growth: float) -> np.ndarray:
    """Edges from 0 to a length, cells growing from the first."""
    count = int(np.ceil(np.log1p(length / first * (growth - 1.0)) / np.log(growth)))
    cells = growth ** np.arange(max(count, 1))
    return np.concatenate([[0.0], np.cumsum(cells) * length / cells.sum()])


def growing_times(first: float, last: float, per_octave: int) -> np.ndarray:
    """Steps that double after every ``per_octave`` of them, so that few matrices are factored."""
    times, dt, t = [], first, 0.0
    while t < last * (1.0 - 1e-12):
        for _ in range(per_octave):
            t += dt
            times.append(t)
        dt *= 2.0
    return np.array(times)
