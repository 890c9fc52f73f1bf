"""Publications, computed again from their equations."""

from boltzwall.reproduce.wang2022 import reproduce_wang2022

__all__ = ["reproduce_wang2022"]
