"""Tests of dispatch/."""
