"""Closures: where a street is meant, what stands now, what a crew's report closes.

In: words, places and shapes somebody means, reports, a unit of work. Out: closures with the streets
they touch, an engine that drives by them. Used by close_street, lift_closure, change_closure,
record_report and ground. May import what operations may.
"""
