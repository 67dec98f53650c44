"""Storage: what is saved comes back, together or not at all."""
