"""The words of mainbreak and their rules.

In: nothing but values. Out: frozen dataclasses, enums, legal state moves, one error tree.
May import: the standard library, numpy and shapely. Everyone may import it.
Places are WGS-84 lon, lat; lengths metres; durations seconds; instants aware.
"""
