"""Compiled code and traced programs, kept between processes.

Neither physics nor a configuration.
"""
