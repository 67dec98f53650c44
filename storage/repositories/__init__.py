"""One repository per thing that is stored: domain values in, domain values out.

In: a connection inside a transaction, and its event log. Out: frozen domain values, never rows.
Every change appends its event in the same transaction. May import: storage.rows, storage.tables,
storage.event_log, domain. Used through ``storage.unit_of_work`` only.
"""
