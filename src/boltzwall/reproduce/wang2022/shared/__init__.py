"""What the reproductions with either model share: wires, runs, measures, figures, reports.

It knows neither of the reproductions that use it.
"""
