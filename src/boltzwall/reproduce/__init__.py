"""Publications, computed again from their equations: a folder for each, with what all need beside.

`document` writes reports and `steps` tells progress; neither knows a publication.
"""

from boltzwall.reproduce.wang2022 import reproduce_wang2022

__all__ = ["reproduce_wang2022"]
