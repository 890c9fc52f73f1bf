"""A window that follows the wall."""

import numpy as np

from boltzwall.values import Values
from boltzwall.walls.axis import SMALLEST_DROP


def recentred(m: Values) -> tuple[Values, int]:
    """M shifted by whole cells so that the wall stands in the middle, and by how many, to +x.

    Cells that come in have the M of the end where they do, as a domain that goes on.

    Arguments:
        m: (cells, 3).
    """
    axis = m[0] - m[-1]
    size = float(axis @ axis)
    if size < SMALLEST_DROP**2:
        return m, 0
    behind, ahead = float(m[0] @ axis), float(m[-1] @ axis)
    count = m.shape[0]
    position = count * (float(np.mean(m @ axis)) - ahead) / (behind - ahead)
    shift = int(np.rint(position - 0.5 * count))
    if abs(shift) >= count:
        return m, 0
    if shift > 0:
        return np.concatenate([m[shift:], np.repeat(m[-1:], shift, axis=0)]), shift
    if shift < 0:
        return np.concatenate([np.repeat(m[:1], -shift, axis=0), m[:shift]]), shift
    return m, 0
