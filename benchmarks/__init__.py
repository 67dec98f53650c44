"""Benchmarks: ``python -m benchmarks.NAME [--quick] [--seed N]``, one JSON object a line.

What is judged is reached by its public names only; days and callers are made here, by seed.
"""
