"""Results on disk and in words."""

from boltzwall.io.describe import describe
from boltzwall.io.files import check_writable, make_folder, read_dataset, replacing, write_dataset

__all__ = [
    "check_writable",
    "describe",
    "make_folder",
    "read_dataset",
    "replacing",
    "write_dataset",
]
