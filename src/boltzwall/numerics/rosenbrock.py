"""A semi-implicit step for unit-vector fields whose stiff part is a tangent operator.

ROS34PW2 of Rang & Angermann, BIT Numer. Math. 45, 761 (2005): four stages, third order with an
embedded second-order solution, stiffly accurate and L-stable. As a W-method it keeps its order for
any matrix in place of the Jacobian, so that the tangent operator need only hold the stiff part.
"""

from collections.abc import Callable
from typing import Any, ClassVar

import diffrax
import numpy as np

from boltzwall.numerics.sphere import normalise
from boltzwall.numerics.tangent import Coefficients, TangentOperator
from boltzwall.typing import Vectors

GAMMA = 0.435866521508459
A = (
    (),
    (0.871733043016918,),
    (0.844570600153694, -0.112990642364842),
    (0.0, 0.0, 1.0),
)
C = (
    (),
    (-0.871733043016918,),
    (-0.903380570130441, 0.0541806723880953),
    (0.242123807060954, -1.223250583904515, 0.545260255335102),
)
B = (0.242123807060954, -1.223250583904515, 1.545260255335102, 0.435866521508459)
B_EMBEDDED = (0.378109031458194, -0.0960422922124232, 0.5, 0.217933260754230)
STAGES = len(B)


class SemiImplicit(diffrax.AbstractAdaptiveSolver):
    """One linear solve per stage: (1 − hγJ) kᵢ = h f(t + αᵢh, y + Σ aᵢⱼkⱼ) + hJ Σ γᵢⱼkⱼ.

    Attributes:
        stiffness: the coefficients of J at (t, M), of which M is of unit length.
    """

    stiffness: Callable[[Any, Vectors], Coefficients]

    term_structure: ClassVar = diffrax.AbstractTerm
    interpolation_cls: ClassVar = diffrax.ThirdOrderHermitePolynomialInterpolation

    def order(self, terms: Any) -> int:
        return 3

    def init(self, terms: Any, t0: Any, t1: Any, y0: Any, args: Any) -> Any:
        return self.func(terms, t0, y0, args)

    def step(
        self, terms: Any, t0: Any, t1: Any, y0: Any, args: Any, solver_state: Any, made_jump: Any
    ) -> Any:
        h = t1 - t0
        operator = TangentOperator.of(y0, self.stiffness(t0, y0))
        slopes: list[Vectors] = []
        for stage in range(STAGES):
            argument = y0 + _sum(A[stage], slopes)
            time = t0 + sum(A[stage]) * h
            f = self.func(terms, time, argument, args) if stage else solver_state
            # With w = Σ γᵢⱼkⱼ/γ the product J w needs not be formed: (1 − hγJ)(k + w) = h f + w.
            w = _sum(C[stage], slopes) / GAMMA
            slopes.append(operator.solve(h * GAMMA, h * f + w) - w)
        y1 = normalise(y0 + _sum(B, slopes))
        error = _sum(tuple(np.subtract(B, B_EMBEDDED)), slopes)
        f1 = self.func(terms, t1, y1, args)
        dense = {"y0": y0, "y1": y1, "k0": h * solver_state, "k1": h * f1}
        return y1, error, dense, f1, diffrax.RESULTS.successful

    def func(self, terms: Any, t0: Any, y0: Any, args: Any) -> Any:
        return terms.vf(t0, y0, args)


def _sum(weights: tuple[float, ...], slopes: list[Vectors]) -> Vectors | float:
    total: Vectors | float = 0.0
    for weight, slope in zip(weights, slopes, strict=False):
        if weight != 0.0:
            total = total + weight * slope
    return total
