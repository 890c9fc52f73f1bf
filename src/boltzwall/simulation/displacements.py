"""How far each torque and field moved a wall in a run."""

import numpy as np

from boltzwall.values import Values
from boltzwall.variables import DRIFTS

_FREE = 3.0  # Δ from an end of the wire


def displacements(arrays: dict[str, Values], length: float) -> dict[str, float]:
    """What each torque moved the only wall by, m, while it was free of the ends of the wire.

    Near an end M is no longer that of a wall, and what moves it there means nothing, [H7].
    """
    parts = {name: arrays.get(f"drift_{name}") for name in DRIFTS}
    known = {name: part for name, part in parts.items() if part is not None and part.ndim == 1}
    if not known:
        return {}
    place = arrays["wall_position"] - arrays.get("window_offset", 0.0)
    reach = _FREE * arrays["wall_width"]
    free = (place > reach) & (place < length - reach)
    count = int(np.argmin(free)) if not free.all() else free.size
    time = arrays["time"][:count]
    if count < 2:
        return {f"displacement_{name}": np.nan for name in known} | {"displaced_until": np.nan}
    ways = {
        f"displacement_{name}": float(np.trapezoid(part[:count], time))
        for name, part in known.items()
    }
    return ways | {"displaced_until": float(time[-1])}
