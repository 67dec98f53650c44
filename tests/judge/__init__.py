"""The judge: what the project claims, held against the second opinions in tests/oracles."""
