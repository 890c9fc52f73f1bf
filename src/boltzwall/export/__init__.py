"""Computed u and β as scripts of other simulators."""

from boltzwall.export.mumax3 import mumax3_script
from boltzwall.export.problem import Problem, problem_of
from boltzwall.export.ubermag import ubermag_script

__all__ = ["Problem", "mumax3_script", "problem_of", "ubermag_script"]
