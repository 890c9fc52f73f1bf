"""Which studies a store was filled by, and in what another one differs from them."""

import hashlib
import json
from collections.abc import Iterator

from boltzwall.config.resumption import differing_keys
from boltzwall.sweeps.store import Store
from boltzwall.sweeps.study import Study


def note_study(study: Study, store: Store) -> Iterator[str]:
    """Note a study in its store; yields in what it differs from each that was swept there before.

    Points of one configuration are none of another: what differs says why nothing is taken over.
    """
    swept = {key.name for axis in study.axes for key in axis.keys}
    mine = {"configuration": study.base.filled(), "swept": sorted(swept)}
    name = hashlib.sha256(json.dumps(mine, sort_keys=True).encode()).hexdigest()[:24]
    others = store.studies()
    if name in others:
        return
    for other in others.values():
        keys = differing_keys(other["configuration"], mine["configuration"])  # type: ignore[arg-type]
        free = {one.rsplit(".", one.count(".") - 1)[0] for one in (*swept, *other["swept"])}
        found = [text for key, text in keys.items() if key not in free]
        if found:
            yield (
                f"The store `{store.address}` holds points of a study that differs in "
                f"{', '.join(found)}. None of them is taken for a point of this one."
            )
    store.keep_study(name, mine)
