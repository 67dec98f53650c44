"""The memory: tables, migrations, event log, unit of work.

In: domain values and a database address. Out: the same values, equal, and events in order.
Plain SQLite by default, PostGIS by address; SQLAlchemy is imported nowhere else.
May import: domain. Imported by operations and mainbreak.
"""

from storage.database import Database, open_database
from storage.event_log import EventLog
from storage.unit_of_work import UnitOfWork

__all__ = ["Database", "EventLog", "UnitOfWork", "open_database"]
