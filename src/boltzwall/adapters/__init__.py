"""The kinetic torque inside other simulators, each an optional extra with a module of its own.

Nothing here solves or derives anything: a module turns what its simulator holds into the rows of
`simulation.row_torques` and back. Simulators are imported when one of their adapters is used.
"""
