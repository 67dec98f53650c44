"""The crews' API and their page."""
