"""Wang et al., PRB 106, 054432 (2022): figures, animations, numbers and a report.

`shared` holds what both models need, `published` the paper's own, `side_by_side` both beside each
other; the last two do not know each other.
"""

from boltzwall.reproduce.wang2022.reproduce_wang2022 import reproduce_wang2022

__all__ = ["reproduce_wang2022"]
