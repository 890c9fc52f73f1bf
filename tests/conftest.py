"""Under the tests, every annotated shape and type of the numerical code is checked at run time."""

from jaxtyping import install_import_hook

CHECKED = ("boltzwall.numerics", "boltzwall.physics", "boltzwall.transport")

install_import_hook(list(CHECKED), "beartype.beartype")
