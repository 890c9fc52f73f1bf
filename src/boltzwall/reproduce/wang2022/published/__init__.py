"""The published model alone, closure by closure, against the numbers that the paper prints.

It knows nothing of the consistent model.
"""
