"""Comparisons with other simulators; none of them is a test."""
