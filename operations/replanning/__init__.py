"""How a running day is planned again: what stays, what is free, what is written.

In: a unit of work, the ground, the clock. Out: a problem for dispatch, then visits and ETRs.
Used by plan_crews, live_crews and replanner. May import what operations may.
"""
