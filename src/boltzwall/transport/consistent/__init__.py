"""The consistent model, [C1],[C2]: sources, cells, two and N streams, outputs, time.

`model.py` is its engine, `transport.py` its face; neither a configuration nor the published model.
"""
