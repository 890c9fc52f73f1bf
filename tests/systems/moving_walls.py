"""M(x, t) of walls whose motion is known in closed form, and the motion itself.

**Profile.** In the frame (e₁, e₂, a) of the domains' axis M = (sin θ cos φ, sin θ sin φ, cos θ),
θ = Σ ±2 arctan exp((x − q_i)/Δ), thus cos θ = −tanh((x − q)/Δ) for one wall; between two walls
sin θ = 0, and φ may change from one to the next.

**Motion.** Collective coordinates with constant Δ (K⊥ ≪ K), [M8]:
αq'/Δ + σφ' = σγ0H + βu/Δ, φ' = a − b sin 2φ with a = [γ0H + σ(β − α)u/Δ]/(1 + α²) and
b = ½αγ0H_K/(1 + α²). For |a| > |b|

    tan φ = b/a + √(1 − b²/a²) tan(√(a² − b²) (t − t0)),

which advances by π in π/√(a² − b²); for |a| < |b| it rests where sin 2φ = a/b. With φ known,
q = q0 + (Δ/α)[(σγ0H + βu/Δ)t − σ(φ − φ0)].
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from boltzwall.walls import Mesh, Reader, Walls, follow

GAMMA = 2.21e5


@dataclass(frozen=True)
class Rigid:
    """A wall of constant width in a field H (A/m) and a current u (m/s)."""

    damping: float = 0.1
    width: float = 12e-9
    anisotropy_field: float = 0.0
    field: float = 0.0
    u: float = 0.0
    beta: float = 0.0
    sign: float = 1.0

    @property
    def push(self) -> float:
        """a in 1/s."""
        drift = self.sign * (self.beta - self.damping) * self.u / self.width
        return (GAMMA * self.field + drift) / (1.0 + self.damping**2)

    @property
    def hold(self) -> float:
        """b in 1/s."""
        return 0.5 * self.damping * GAMMA * self.anisotropy_field / (1.0 + self.damping**2)

    @property
    def turning(self) -> float:
        """Mean of φ' in 1/s; 0 below breakdown."""
        rate = self.push**2 - self.hold**2
        return float(np.sign(self.push) * np.sqrt(rate)) if rate > 0.0 else 0.0

    @property
    def velocity(self) -> float:
        """Mean of q' in m/s, over whole turns or in the end."""
        driven = self.sign * GAMMA * self.field + self.beta * self.u / self.width
        return (driven - self.sign * self.turning) * self.width / self.damping

    def tilt(self, t: np.ndarray) -> np.ndarray:
        """φ(t) with φ(0) = 0."""
        a, b = self.push, self.hold
        if a == 0.0:
            return np.zeros_like(t)
        if abs(a) > abs(b):
            rate = np.sqrt(1.0 - (b / a) ** 2)
            phase = a * rate * t + np.arctan(-b / a / rate)
            whole = np.round(phase / np.pi)
            return np.arctan(b / a + rate * np.tan(phase - whole * np.pi)) + whole * np.pi
        # tan φ = y: y' = a(1 + y²) − 2by has the roots y± = (b ± √(b² − a²))/a.
        root = np.sqrt(b**2 - a**2)
        rest, other = a / (b + root), (b + root) / a
        decay = (rest / other) * np.exp(-2.0 * root * t)
        return np.arctan((rest - decay * other) / (1.0 - decay))

    def position(self, t: np.ndarray) -> np.ndarray:
        """q(t) with q(0) = 0, m."""
        driven = self.sign * GAMMA * self.field + self.beta * self.u / self.width
        turned = self.sign * (self.tilt(t) - self.tilt(np.zeros(1))[0])
        return (driven * t - turned) * self.width / self.damping


@dataclass(frozen=True)
class Strip:
    """A wire in which walls are drawn.

    Attributes:
        axis: of the domains, any direction.
        slope: angle by which a field turns both domains towards e₁, rad.
        noise: standard deviation of M across itself, with a correlation of three cells.
    """

    length: float = 1e-6
    cells: int = 500
    axis: tuple[float, float, float] = (0.0, 0.0, 1.0)
    slope: float = 0.0
    noise: float = 0.0
    seed: int = 1

    def frame(self) -> np.ndarray:
        """Rows e₁, e₂, a: x and y for the axis z, as tilts are counted."""
        a = np.array(self.axis) / np.linalg.norm(self.axis)
        start = np.array([1.0, 0.0, 0.0]) if abs(a[0]) < 0.9 else np.array([0.0, 1.0, 0.0])
        first = start - (start @ a) * a
        first /= np.linalg.norm(first)
        return np.stack([first, np.cross(a, first), a])

    def draw(self, walls: Sequence["Drawn"], offset: np.ndarray | float = 0.0) -> np.ndarray:
        """M, (times, cells, 3), of walls that wind on in the same sense, from left to right."""
        x = (np.arange(self.cells) + 0.5) * self.length / self.cells
        x = x[None, :] + np.reshape(offset, (-1, 1))
        theta = np.zeros(np.broadcast_shapes(x.shape, (walls[0].position.size, 1)))
        phi, nearest = np.zeros_like(theta), np.full_like(theta, np.inf)
        for wall in walls:
            away = x - wall.position[:, None]
            theta = theta + wall.winding * 2.0 * np.arctan(
                np.exp(np.clip(away / wall.width, -99, 99))
            )
            own = np.abs(away) < nearest
            phi = np.where(own, wall.tilt[:, None], phi)
            nearest = np.where(own, np.abs(away), nearest)
        local = np.stack(
            [np.sin(theta) * np.cos(phi), np.sin(theta) * np.sin(phi), np.cos(theta)], axis=-1
        )
        local[..., 0] += np.tan(self.slope)
        local /= np.linalg.norm(local, axis=-1, keepdims=True)
        return self._shaken(local @ self.frame())

    def _shaken(self, m: np.ndarray) -> np.ndarray:
        if self.noise == 0.0:
            return m
        random = np.random.default_rng(self.seed).normal(size=m.shape)
        smooth = (np.roll(random, 1, axis=1) + random + np.roll(random, -1, axis=1)) / np.sqrt(3.0)
        m = m + self.noise * smooth
        return m / np.linalg.norm(m, axis=-1, keepdims=True)

    def read(self, m: np.ndarray, time: np.ndarray, offset: np.ndarray | float = 0.0) -> Walls:
        """What the package makes of it."""
        reader = Reader(Mesh(self.length, self.cells))
        moved = np.broadcast_to(np.asarray(offset, dtype=float), time.shape)
        return follow(reader.read(m), time, moved, reader)


@dataclass(frozen=True)
class Drawn:
    """One wall against time: q in m, φ in rad, Δ in m; it winds up (1) or down (−1)."""

    position: np.ndarray
    tilt: np.ndarray
    width: float = 12e-9
    winding: float = 1.0
