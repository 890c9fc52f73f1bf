"""The consistent model beside the published one, on the paper's wires.

Nothing that the published model alone needs.
"""
