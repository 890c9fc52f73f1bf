"""The paper's model, (5),(6): operator, march and boundary-value solve, moments, outputs, time.

`model.py` is its engine, `transport.py` its face; neither a configuration nor the consistent model.
"""
