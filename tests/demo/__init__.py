"""The demo: its clock, its people, its whole day."""
