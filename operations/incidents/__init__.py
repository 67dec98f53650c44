"""What belongs to an incident, and how it moves: orders, outage, isolation beside others.

In: a unit of work and an id. Out: values, and moves over every state between.
Used by the use cases beside it. May import what operations may.
"""
