"""What the reproductions with either model share: wires, runs, measures, figures, reports."""
