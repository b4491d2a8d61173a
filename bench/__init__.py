"""Benchmarks, each beside its peers: ``python -m bench --list``, ``make bench``."""
