"""Material presets: one module each, every number with its source or marked as assumed.

Numbers only; what follows from them is computed in `physics` and `config.scales`.
"""

from boltzwall.errors import InputError
from boltzwall.materials import (
    cobalt,
    cofeb,
    iron,
    nickel,
    permalloy,
    permalloy_wang2022,
    platinum_cobalt,
    tantalum_cofeb,
)
from boltzwall.materials.material import Constant, Preset

__all__ = ["Constant", "Preset", "get", "names", "stacks"]

_METALS = (permalloy_wang2022, permalloy, cobalt, cofeb, iron, nickel)
_STACKS = (platinum_cobalt, tantalum_cofeb)
_PRESETS = {module.MATERIAL.name: module.MATERIAL for module in (*_METALS, *_STACKS)}


def names() -> tuple[str, ...]:
    """The names of the material presets.

    Returns:
        Them in the order in which they are listed.
    """
    return tuple(_PRESETS)


def stacks() -> tuple[str, ...]:
    """Names of those presets that are a magnetic film on a heavy metal."""
    return tuple(module.MATERIAL.name for module in _STACKS)


def get(name: str) -> Preset:
    """One of the material presets.

    Arguments:
        name: as `names` lists it.

    Returns:
        Its constants, each with its source.

    Raises:
        InputError: there is none of this name; the message lists them.
    """
    try:
        return _PRESETS[name]
    except (KeyError, TypeError):
        listed = ", ".join(f'"{known}"' for known in names())
        raise InputError(
            f"Argument `preset` must be one of {listed}, but {name!r} was given."
        ) from None
