"""Compiled code and traced programs, kept between processes. No physics and no configuration."""
