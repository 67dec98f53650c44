"""Tests of the words and their rules."""
