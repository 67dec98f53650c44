"""What the office's API takes and gives, as pydantic models: one file a subject.

A ``Body`` refuses fields it does not know and bounds every length and number. A ``View`` is made
from domain values by a function or a class method beside it.
"""
