"""Results as scripts of other simulators.

Nothing is computed that the result lacks; their files of vectors and tables are in `io`.
"""

from boltzwall.export.mumax3 import mumax3_script
from boltzwall.export.script import Script
from boltzwall.export.snapshot import Snapshot, problem_of
from boltzwall.export.ubermag import ubermag_script
from boltzwall.export.write_script import write_script

__all__ = ["Script", "Snapshot", "mumax3_script", "problem_of", "ubermag_script", "write_script"]
