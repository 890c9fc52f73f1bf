"""A wall as a position and a tilt, in plain numbers: what it will do, before anything is solved.

The equations are [M8] of docs/equations.md with any quadratic anisotropy and the Dzyaloshinskii–
Moriya interactions. With the energy of the wall e(φ) = 4√(A K(φ)) + π(D_c cos φ + D_s sin φ), in
J/m², and h(φ) = e'(φ)/(2µ0MsΔ(φ)),

    (1 + α²) q' = σγ0Δ(αH + h) + (1 + αβ)u,      (1 + α²) φ' = γ0(H − αh) + σ(β − α)u/Δ,

where fields across the domains add ½π(H₁ sin φ − H₂ cos φ) to h, and the damping-like torque of a
heavy metal ½π(P₂ cos φ − P₁ sin φ) to H, [M15]. `boltzwall.collective_coordinates` integrates them
in time, which needs JAX.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from boltzwall.constants import VACUUM_PERMEABILITY

_ANGLES = 4096  # of a whole turn of the tilt


@dataclass(frozen=True)
class Anisotropy:
    """K(φ) = mean + (cosine cos 2φ + sine sin 2φ), the height of the barrier between the domains.

    In J/m³: the energy density of M across the domains, at the tilt φ, less that of the domains.
    """

    mean: float
    cosine: float
    sine: float

    def at(self, tilt: float) -> float:
        return self.mean + self.cosine * math.cos(2.0 * tilt) + self.sine * math.sin(2.0 * tilt)

    def slope(self, tilt: float) -> float:
        return 2.0 * (self.sine * math.cos(2.0 * tilt) - self.cosine * math.sin(2.0 * tilt))

    @property
    def lowest(self) -> float:
        """K, the barrier that a wall at rest has to take."""
        return self.mean - math.hypot(self.cosine, self.sine)

    @property
    def hard(self) -> float:
        """K⊥, by how much the barrier rises from the easy to the hard tilt."""
        return 2.0 * math.hypot(self.cosine, self.sine)


@dataclass(frozen=True)
class WallDrive:
    """What moves the wall.

    Attributes:
        field: H along the domains in A/m.
        velocity: u in m/s, with β of the torque.
        across: (H₁, H₂), the field across the domains in A/m.
        push: (P₁, P₂) = H_DL ŝ of the torque −γ0 H_DL M×(M×ŝ), in A/m.
    """

    field: float = 0.0
    velocity: float = 0.0
    beta: float = 0.0
    across: tuple[float, float] = (0.0, 0.0)
    push: tuple[float, float] = (0.0, 0.0)

    @property
    def on(self) -> bool:
        """Whether anything drives the wall; a field across the domains alone does not."""
        return bool(self.field or self.velocity or any(self.push))

    def along(self, tilt: float) -> float:
        """H with the part of the damping-like torque, in A/m."""
        one, two = self.push
        return self.field + 0.5 * math.pi * (two * math.cos(tilt) - one * math.sin(tilt))

    def turning(self, tilt: float) -> float:
        """The part of h that fields across the domains have, in A/m."""
        one, two = self.across
        return 0.5 * math.pi * (one * math.sin(tilt) - two * math.cos(tilt))


@dataclass(frozen=True)
class ExpectedMotion:
    """How a wall goes on under a constant drive.

    Attributes:
        velocity: of the steady wall, or the mean over whole turns of its tilt, in m/s.
        frequency: of these turns, in 1/s; 0: the tilt comes to rest.
        settling: time in which the tilt comes closer to its rest by e, in s; 0 if it turns.
        first: the velocity at the start, in m/s; of a wall that turns, the mean.
        fastest: the largest |q'|/Δ + |φ'| on the way, in 1/s.
    """

    velocity: float
    frequency: float
    settling: float
    first: float
    fastest: float

    def path(self, time: float) -> float:
        """How far the wall goes in ``time``, in m: v t and what the start adds or takes."""
        if self.settling == 0.0:
            return self.velocity * time
        late = self.settling * -math.expm1(-time / self.settling)
        return self.velocity * time + (self.first - self.velocity) * late

    def time_for(self, path: float) -> float:
        """When it has gone ``path`` in m, which has the sign of the velocity; inf: never."""
        if self.velocity == 0.0 or path / self.velocity < 0.0:
            return math.inf
        low, high = (
            0.0,
            path / self.velocity + 2.0 * self.settling * (1.0 + abs(self.first / self.velocity)),
        )
        for _ in range(100):
            middle = 0.5 * (low + high)
            if abs(self.path(middle)) < abs(path) or self.path(middle) * path < 0.0:
                low = middle
            else:
                high = middle
        return high


@dataclass(frozen=True)
class ExpectedWall:
    """The constants of a wall between two domains.

    Attributes:
        gyromagnetic_ratio: γ0 in m/(A s).
        damping: α.
        magnetisation: Ms in A/m.
        stiffness: A in J/m.
        anisotropy: K(φ).
        chirality: (D_c, D_s) in J/m².
        orientation: σ, 1 if M along the axis of the domains falls along x.
        start: the tilt of the texture, in rad.
    """

    gyromagnetic_ratio: float
    damping: float
    magnetisation: float
    stiffness: float
    anisotropy: Anisotropy
    chirality: tuple[float, float]
    orientation: float
    start: float

    def width(self, tilt: float) -> float:
        """Δ(φ) = √(A/K(φ)) in m."""
        return math.sqrt(self.stiffness / self.anisotropy.at(tilt))

    def energy(self, tilt: float) -> float:
        """e(φ) in J/m²."""
        bare = 4.0 * math.sqrt(self.stiffness * self.anisotropy.at(tilt))
        cosine, sine = self.chirality
        return bare + math.pi * (cosine * math.cos(tilt) + sine * math.sin(tilt))

    def twist(self, tilt: float) -> float:
        """h(φ) in A/m, the field with which the energy turns the wall."""
        cosine, sine = self.chirality
        slope = 2.0 * self.width(tilt) * self.anisotropy.slope(tilt)
        slope += math.pi * (sine * math.cos(tilt) - cosine * math.sin(tilt))
        return slope / (2.0 * VACUUM_PERMEABILITY * self.magnetisation * self.width(tilt))

    @property
    def exchange_length(self) -> float:
        """√(2A/(µ0Ms²)) in m."""
        return math.sqrt(2.0 * self.stiffness / VACUUM_PERMEABILITY) / self.magnetisation

    @property
    def rest(self) -> float:
        """The tilt of least energy next to that of the texture, in rad."""
        first = self.twist(self.start)
        downhill = -math.copysign(2.0 * math.pi / _ANGLES, first)
        for k in range(_ANGLES):
            before, after = self.start + k * downhill, self.start + (k + 1) * downhill
            if self.twist(after) * first <= 0.0:
                return _crossing(lambda tilt: self.twist(tilt) * first, before, after)
        return self.start

    @property
    def walker_field(self) -> float:
        """H_W = α max h in A/m: in a stronger field, without a current, the tilt never rests."""
        return self.damping * max(self.twist(tilt) for tilt in _turn())

    def walker_velocity(self, beta: float) -> float:
        """u_W = αγ0 max(hΔ)/|β − α| in m/s; infinite for β = α."""
        if beta == self.damping:
            return math.inf
        push = max(self.twist(tilt) * self.width(tilt) for tilt in _turn())
        return self.damping * self.gyromagnetic_ratio * push / abs(beta - self.damping)

    def motion(self, drive: WallDrive, start: float) -> ExpectedMotion | None:
        """How the wall goes on from the tilt ``start``; None without damping, when nothing settles.

        Where φ' has a zero ahead of the start, the tilt rests there and the wall goes with
        v = (σγ0ΔH + βu)/α; otherwise it turns for ever, and v is the mean over a whole turn.
        """
        if self.damping == 0.0:
            return None
        rest = self._rest_ahead(drive, start)
        if rest is not None:
            return self._settled(drive, start, rest)
        rates = [self._rates(drive, tilt) for tilt in _turn()]
        times = [1.0 / abs(turning) for _, turning in rates]
        period = sum(times) * 2.0 * math.pi / _ANGLES
        path = sum(speed * time for (speed, _), time in zip(rates, times, strict=True))
        mean = path / sum(times)
        fastest = max(self._pace(drive, tilt) for tilt in _turn())
        return ExpectedMotion(mean, 1.0 / period, 0.0, mean, fastest)

    def steady_velocity(self, drive: WallDrive, tilt: float) -> float:
        """v = (σγ0Δ(φ)H + βu)/α in m/s, of a wall whose tilt rests at φ, [M8e]."""
        pushed = self.orientation * self.gyromagnetic_ratio * self.width(tilt) * drive.along(tilt)
        return (pushed + drive.beta * drive.velocity) / self.damping

    def free_velocity(self, drive: WallDrive) -> float:
        """v = (σαγ0ΔH + (1 + αβ)u)/(1 + α²) in m/s, far above Walker's breakdown, [M8f]."""
        alpha, width = self.damping, self.width(self.rest)
        pushed = self.orientation * alpha * self.gyromagnetic_ratio * width * drive.field
        return (pushed + (1.0 + alpha * drive.beta) * drive.velocity) / (1.0 + alpha**2)

    def _settled(self, drive: WallDrive, start: float, rest: float) -> ExpectedMotion:
        step = 1e-4
        slope = (self._rates(drive, rest + step)[1] - self._rates(drive, rest - step)[1]) / step / 2
        settling = 0.0 if slope == 0.0 else 1.0 / abs(slope)
        first = self._rates(drive, start)[0]
        fastest = max(self._pace(drive, start), self._pace(drive, rest))
        return ExpectedMotion(self.steady_velocity(drive, rest), 0.0, settling, first, fastest)

    def _pace(self, drive: WallDrive, tilt: float) -> float:
        speed, turning = self._rates(drive, tilt)
        return abs(speed) / self.width(tilt) + abs(turning)

    def _rates(self, drive: WallDrive, tilt: float) -> tuple[float, float]:
        """(q' in m/s, φ' in 1/s)."""
        gamma, alpha, width = self.gyromagnetic_ratio, self.damping, self.width(tilt)
        field, twist = drive.along(tilt), self.twist(tilt) + drive.turning(tilt)
        speed = self.orientation * gamma * width * (alpha * field + twist)
        speed += (1.0 + alpha * drive.beta) * drive.velocity
        turning = gamma * (field - alpha * twist)
        turning += self.orientation * (drive.beta - alpha) * drive.velocity / width
        return speed / (1.0 + alpha**2), turning / (1.0 + alpha**2)

    def _rest_ahead(self, drive: WallDrive, start: float) -> float | None:
        """The zero of φ' that the tilt runs into, or None within a whole turn."""
        first = self._rates(drive, start)[1]
        if first == 0.0:
            return start
        step = math.copysign(2.0 * math.pi / _ANGLES, first)
        for k in range(1, _ANGLES + 1):
            before, after = start + (k - 1) * step, start + k * step
            if self._rates(drive, after)[1] * first <= 0.0:
                return _crossing(lambda tilt: self._rates(drive, tilt)[1] * first, before, after)
        return None


def _crossing(function: Callable[[float], float], before: float, after: float) -> float:
    """Where a function that is positive at ``before`` and not at ``after`` crosses zero."""
    for _ in range(60):
        middle = 0.5 * (before + after)
        if function(middle) > 0.0:
            before = middle
        else:
            after = middle
    return after


def _turn() -> list[float]:
    return [2.0 * math.pi * k / _ANGLES for k in range(_ANGLES)]
