"""The command `materials`: the presets, and electrons fitted to a user's own numbers."""

from collections.abc import Sequence

from boltzwall import materials
from boltzwall.cli.text import material_table
from boltzwall.errors import InputError


def listed(name: str | None, numbers: Sequence[str], fit: bool) -> str:
    """What the command prints.

    Raises:
        InputError: there is no such preset, a number is wrong, or no fit exists.
    """
    if fit:
        return _fitted(name, numbers)
    if numbers:
        raise InputError(
            f"Numbers such as {numbers[0]} must come with --fit, but it is missing. "
            f"Type: boltzwall materials {name} --fit {' '.join(numbers)}"
        )
    chosen = materials.names() if name is None else (name,)
    return "\n\n".join(
        material_table(materials.get(one), with_conduction=name is not None) for one in chosen
    )


def _fitted(name: str | None, numbers: Sequence[str]) -> str:
    if name is None or "=" in name:
        raise InputError(
            "Option --fit must follow the name of a preset, from which all that is not given is "
            "taken, but none was given. Type: boltzwall materials permalloy --fit sigma=4e6"
        )
    pairs = {}
    for text in numbers:
        key, equals, value = text.partition("=")
        if not (equals and key.strip() and value.strip()):
            raise InputError(
                f"A number to fit must read key=value, such as seebeck=-20uV/K, but {text!r} was "
                "given."
            )
        pairs[key.strip()] = value.strip()
    from boltzwall.build.fitting import fit_material
    from boltzwall.compilation.cache import keep_compiled_code
    from boltzwall.config import load_config

    keep_compiled_code()
    sections = fit_material(name, **pairs)
    text = str(load_config(sections)).partition("\n")[2]
    asked = ", ".join(f"{key} = {value}" for key, value in pairs.items()) or "its own numbers"
    return f"# {name}, 3D electrons fitted at 300 K to {asked}; the rest is {name}'s\n{text}"
