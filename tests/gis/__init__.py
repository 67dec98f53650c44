"""Tests of the pipe network."""
