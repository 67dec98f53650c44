"""Networks to files: network GeoJSON, GeoPackage, Shapefile, EPANET INP, whole or not at all.

In: a network and the name of the file, whose ending says the format. Out: the file, which
``gis.reading`` reads back equal. Nobody's name, phone, account or address is in it.
"""

from gis.writing.front_door import write_network
from gis.writing.network_geojson import write_network_geojson
from gis.writing.whole import whole_file

__all__ = ["whole_file", "write_network", "write_network_geojson"]
