"""The demo: the bundled town on a live day, with simulated callers, crews and a dispatcher.

In: nothing but settings and a few options. Out: every page, on loopback, until stopped.
``run.py`` is the verb, ``show.py`` puts it together, ``stage.py`` lets the day go by. May import
everything; nothing but the command line imports it.
"""

from mainbreak.demo.files import bundled_town

__all__ = ["bundled_town"]
