"""Under the tests, every annotated shape and type of the numerical code is checked at run time."""

import os

from jaxtyping import install_import_hook

# The reference solver works on small matrices: threads only wait for each other (up to 50 times
# longer on a busy machine). This counts where numpy and scipy are not loaded yet.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

CHECKED = ("boltzwall.numerics", "boltzwall.physics", "boltzwall.transport")

install_import_hook(list(CHECKED), "beartype.beartype")
