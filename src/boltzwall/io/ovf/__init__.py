"""The vector file format OVF of OOMMF, MuMax3, Ubermag and others, versions 1.0 and 2.0.

A header of lines `# key: value`, then the values, x fastest, the components of a cell together.
Nothing of a wire is known here: what a file means for one is in `io.states`.
Source: OOMMF user's guide, "Vector Field File Format (OVF)".
"""

from boltzwall.io.ovf.mesh import Ovf, Representation
from boltzwall.io.ovf.read import read_ovf
from boltzwall.io.ovf.write import write_ovf

__all__ = ["Ovf", "Representation", "read_ovf", "write_ovf"]
