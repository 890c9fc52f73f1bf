"""Results on disk, in words, and as other tools read them.

It neither computes nor draws. What needs other tools is imported from its own module: `ovf`,
`states`, `tables`, `discretised`.
"""

from boltzwall.io.describe import describe
from boltzwall.io.netcdf import check_writable, make_folder, read_dataset, replacing, write_dataset
from boltzwall.io.settings import config_of

__all__ = [
    "check_writable",
    "config_of",
    "describe",
    "make_folder",
    "read_dataset",
    "replacing",
    "write_dataset",
]
