"""Gateways: CSV in and out, and both kinds of fault."""
