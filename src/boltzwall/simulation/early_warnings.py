"""What deserves a second look, told before anything is computed."""

import warnings
from collections.abc import Sequence


def warn_of(texts: Sequence[str]) -> None:
    """Warn of what may spoil the answer, in the name of the caller's caller."""
    for text in texts:
        warnings.warn(text, stacklevel=3)
