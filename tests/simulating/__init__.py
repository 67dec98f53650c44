"""Simulated days: what happens in them, what is measured, what dispatchers may know."""
