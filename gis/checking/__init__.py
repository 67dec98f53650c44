"""``mainbreak check``: oddities of a network that a person should look at, never faults.

In: a network and a snap tolerance. Out: findings with a place, a remedy and, where a machine
could do it, a repair (docs/check.md); the network with the safe repairs done; a file of findings.
All looks read one set of arrays (``drawn``): 100 000 pipes take seconds. May import: as gis.
"""

from gis.checking.layer import DRIVERS, write_findings
from gis.checking.looks import SNAP_M, check
from gis.checking.mend import Mended, Mending, mend

__all__ = ["DRIVERS", "SNAP_M", "Mended", "Mending", "check", "mend", "write_findings"]
