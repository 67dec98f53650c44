"""Geometry: exact both ways, bytes on SQLite, geometry with SRID 4326 on PostGIS."""

from __future__ import annotations

import pytest
import shapely
from geoalchemy2 import WKBElement
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, Integer, MetaData, Table, create_engine, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from domain.places import LonLat
from storage.geometry import Geometry, lines, paths, places, points
from storage.tables import link, metadata

LONLATS = st.builds(LonLat, st.floats(-180, 180), st.floats(-90, 90))
PATHS = st.lists(LONLATS, min_size=2, max_size=6).map(tuple)


def through(kind: Geometry, shape: shapely.Geometry, dialect: object) -> object:
    """Return the shape after the column type stored and read it, by a fake driver."""
    bound = kind.process_bind_param(shape, dialect)
    stored = bound if isinstance(bound, bytes) else WKBElement(bytes.fromhex(bound), extended=True)
    return kind.process_result_value(stored, dialect)


@given(st.lists(st.none() | LONLATS, max_size=5))
def test_places_survive_both_databases_exactly(values: list[LonLat | None]) -> None:
    """Points come back bit for bit, None as None."""
    kind = Geometry("POINT")
    for dialect in (sqlite.dialect(), postgresql.dialect()):
        shapes = [through(kind, one, dialect) if one else None for one in points(values)]
        assert places(shapes) == values


@given(st.lists(PATHS, max_size=4))
def test_paths_survive_both_databases_exactly(values: list[tuple[LonLat, ...]]) -> None:
    """Lines come back bit for bit, each with its own places."""
    kind = Geometry("LINESTRING")
    for dialect in (sqlite.dialect(), postgresql.dialect()):
        assert paths([through(kind, one, dialect) for one in lines(values)]) == values


def test_postgis_is_given_the_srid() -> None:
    """EWKB in hex carries 4326, so that PostGIS accepts it into the column."""
    bound = Geometry("POINT").process_bind_param(shapely.Point(108.9, 34.2), postgresql.dialect())
    assert shapely.get_srid(shapely.from_wkb(str(bound))) == 4326


def test_sqlite_column_is_plain_bytes_and_no_spatialite_function_is_called() -> None:
    """create_all, insert and select work on a SQLite without any extension."""
    own = MetaData()
    table = Table("spot", own, Column("id", Integer, primary_key=True))
    table.append_column(Column("at", Geometry("POINT")))
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        own.create_all(connection)
        connection.execute(insert(table), [{"at": shapely.Point(1, 2)}, {"at": None}])
        assert connection.scalars(select(table.c.at)).all() == [shapely.Point(1, 2), None]
        own.drop_all(connection)
    engine.dispose()


def test_postgis_ddl_has_typed_geometry_and_gist() -> None:
    """Every geometry column is geometry(...,4326) with one GiST index."""
    dialect = postgresql.dialect()
    for table in metadata.tables.values():
        columns = [one for one in table.columns if isinstance(one.type, Geometry)]
        ddl = str(CreateTable(table).compile(dialect=dialect))
        for column in columns:
            assert f"geometry({column.type.geometry_type},4326)" in ddl
        gist = [one for one in table.indexes if one.dialect_options["postgresql"]["using"]]
        indexed = [one.columns.keys() for one in gist]
        required = [[c.name] for c in columns if table.name != "ticket_place"]
        assert sorted(indexed) == sorted(required)
        assert all("USING gist" in str(CreateIndex(one).compile(dialect=dialect)) for one in gist)


def test_postgis_queries_convert_at_the_database() -> None:
    """Reading asks for EWKB, writing gives EWKT or EWKB: geoalchemy2 does both."""
    dialect = postgresql.dialect()
    assert "ST_AsEWKB(link.path)" in str(select(link.c.path).compile(dialect=dialect))
    assert "ST_GeomFromEWKT(" in str(insert(link).compile(dialect=dialect))


def test_a_gist_index_is_not_made_on_sqlite() -> None:
    """SQLite would make it a plain index over bytes."""
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        metadata.create_all(connection)
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master").scalars().all()
    engine.dispose()
    assert names
    assert not [name for name in names if name.endswith("_gist")]


def test_a_place_outside_the_degrees_never_reaches_a_column() -> None:
    """LonLat itself refuses it."""
    with pytest.raises(ValueError, match="not a place"):
        LonLat(34.26, 108.94)
