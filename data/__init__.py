"""What ships with mainbreak to try it on: see ``data.pipes_network``."""
