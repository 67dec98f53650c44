"""Simulated days: the same random calls under several ways to dispatch, side by side.

``made`` draws the days, ``field`` lets them happen minute by minute, ``policies`` names who may
dispatch, ``measures`` says what came of it, ``compare`` runs all of them and keeps each result.
Nothing here knows a database. Imported by operations and mainbreak.
"""
