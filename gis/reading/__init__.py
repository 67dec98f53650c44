"""Network files to networks: EPANET INP, GeoPackage, Shapefile, GeoJSON, whole or one clear line.

In: a file, and what it does not say itself: CRS, mapping, which valves isolate. Out: a
``NetworkFile``: the network in WGS-84 and SI, and notes on what was assumed or left out.
GDAL runs in a child process of limited time and memory (``apart``), on a private copy.
"""

from gis.reading.front_door import read_network
from gis.reading.network_file import SNAP_M, NetworkFile

__all__ = ["SNAP_M", "NetworkFile", "read_network"]
