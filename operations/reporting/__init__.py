"""What a report from the field means: judged against what is known, then applied.

In: a report and a unit of work. Out: a conflict in words, or moved visits, orders, outages.
Used by record_report and settle_conflict. May import what operations may.
"""
