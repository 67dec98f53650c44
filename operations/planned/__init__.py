"""Planned shut-offs: draft, approve, announce, begin, end, cancel; whom they meet, whom to tell.

In: a unit of work, the ground, what somebody wants. Out: planned shut-offs and their assessments.
The isolation comes from ``gis``, as it does for a burst. May import what operations may.
"""
