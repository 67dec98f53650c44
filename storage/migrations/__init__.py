"""Alembic's scripts, run by ``storage.migrate``; a released one is never changed."""
