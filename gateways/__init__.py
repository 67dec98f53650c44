"""The world outside: files in and out, each in its own format; here the CSV files.

In: CSV as other programs write it (UTF-8 or GB18030, any datum). Out: domain values in WGS-84
and UTC, the rows that could not be used, and CSV again. docs/csv.md tells every column.
May import: domain. Imported by operations and mainbreak.
"""

from gateways.crews_csv import read_crews, write_crews
from gateways.depots_csv import read_depots, write_depots
from gateways.places_csv import read_places, write_places
from gateways.premises_csv import read_premises, write_premises
from gateways.rejected_csv import write_rejected
from gateways.rows import Rows
from gateways.sheet import sheet, write_sheet
from gateways.tickets_csv import read_tickets, write_tickets

__all__ = [
    "Rows",
    "read_crews",
    "read_depots",
    "read_places",
    "read_premises",
    "read_tickets",
    "sheet",
    "write_crews",
    "write_depots",
    "write_places",
    "write_premises",
    "write_rejected",
    "write_sheet",
    "write_tickets",
]
