"""The bundled town in a database of its own, with its crews and the demo's users."""

from __future__ import annotations

from domain.progress import Progress
from mainbreak.demo.files import bundled_town
from mainbreak.demo.logins import add_demo_users
from mainbreak.demo.script import Script
from mainbreak.server import LiveHome
from operations.import_network import import_network
from operations.import_people import import_places, import_premises
from operations.import_streets import import_streets
from operations.make_town import NETWORK, PLACES, PREMISES, STREETS


def load_bundled_town(home: LiveHome, script: Script, tell: Progress) -> None:
    """Import the bundled town the way a user would, and add who can log in."""
    town, now = bundled_town(), home.clock()
    with home.database.unit_of_work(home.clock) as work:
        tell(0.0, "importing the bundled town")
        import_network(work, town / NETWORK)
        import_premises(work, town / PREMISES)
        import_places(work, town / PLACES)
        import_streets(work, town / STREETS, progress=lambda f, what: tell(0.2 + 0.8 * f, what))
        work.crews.save(script.crews_at(now))
        work.commit()
    with home.admitting("simulation") as work:
        add_demo_users(work, script.crews, home.wall())
