"""Tests of the made town."""
