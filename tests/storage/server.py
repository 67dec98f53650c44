"""Find a PostgreSQL server with PostGIS, or start one, and make databases on it that vanish."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
from sqlalchemy import URL, make_url

REMEDY = (
    "PostGIS not found: apt-get install postgresql postgresql-postgis, "
    "or set MAINBREAK_TEST_DATABASE_URL=postgresql+psycopg://USER@HOST/NAME"
)

_DRIVER = "postgresql+psycopg"

#: The machine's own server: its socket as the present user, or loopback as ``postgres``.
_OWN = (
    URL.create(_DRIVER, database="postgres"),
    URL.create(_DRIVER, "postgres", host="127.0.0.1", port=5432, database="postgres"),
)


@dataclass(frozen=True)
class Server:
    """A server on which databases may be made; ``url`` names any database of it."""

    url: URL

    def run(self, *statements: str, database: str | None = None) -> list[tuple[object, ...]]:
        """Run statements outside a transaction and return the rows of the last."""
        with _connect(self.url.set(database=database or self.url.database)) as connection:
            for statement in statements:
                cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    @contextmanager
    def empty_database(self) -> Iterator[str]:
        """Yield the address of a new database without PostGIS, dropped at the end.

        Its collation is not the order of code points, so that nothing relies on that by luck.
        """
        name = f"mainbreak_test_{uuid4().hex[:12]}"
        (version,) = self.run("SHOW server_version_num")[0]
        locale = "LOCALE_PROVIDER icu ICU_LOCALE 'zh-CN'" if int(str(version)) >= 150000 else ""
        self.run(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' {locale}")
        try:
            # What a crash would lose is lost with the tests anyway.
            self.run(f"ALTER DATABASE {name} SET synchronous_commit = off")
            yield self.url.set(database=name).render_as_string(hide_password=False)
        finally:
            self.run(f"DROP DATABASE {name} WITH (FORCE)")


def _connect(url: URL) -> psycopg.Connection[tuple[object, ...]]:
    plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(plain, autocommit=True, connect_timeout=5)


@contextmanager
def postgis() -> Iterator[Server | None]:
    """Yield the server to test on, None if there is none: named, the machine's own, private."""
    if named := os.environ.get("MAINBREAK_TEST_DATABASE_URL"):
        yield Server(make_url(named))
    elif own := next(filter(_serves, _OWN), None):
        yield Server(own)
    else:
        with _private() as url:
            yield Server(url) if url and _serves(url) else None


def _serves(url: URL) -> bool:
    """Return True if databases with PostGIS can be made there."""
    query = """
        SELECT rolsuper FROM pg_roles, pg_available_extensions
        WHERE rolname = current_user AND name = 'postgis'
    """
    try:
        return Server(url).run(query) == [(True,)]
    except psycopg.Error:
        return False


def _programs() -> Path | None:
    """Return the folder of the newest server programs, Debian's or those on the path."""
    debian = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(debian, key=lambda found: float(found.parts[-3]), default=None)
    found = newest or shutil.which("initdb")
    return Path(found).parent if found else None


def _user() -> str | None:
    """Return whom the server shall run as: root may not, so an unprivileged user instead."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in known), None)


@contextmanager
def _private() -> Iterator[URL | None]:
    """Yield a cluster in a temporary folder that listens on a socket there, then remove it."""
    programs = _programs()
    if programs is None:
        yield None
        return
    folder, user = Path(tempfile.mkdtemp(prefix="mainbreak-")), _user()
    if user:
        entry = pwd.getpwnam(user)
        os.chown(folder, entry.pw_uid, entry.pw_gid)

    def run(program: str, *arguments: str) -> None:
        # Its output goes to a file: a server that inherits a pipe keeps it open.
        with (folder / "log").open("ab") as log:
            subprocess.run(
                [str(programs / program), "-D", str(folder / "data"), *arguments],
                check=True,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=folder,
                user=user,
                group=pwd.getpwnam(user).pw_gid if user else None,
                extra_groups=[] if user else None,
            )

    options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
    try:
        run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        run("pg_ctl", "-w", "-o", options, "start")
        try:
            yield URL.create(_DRIVER, "postgres", database="postgres", query={"host": str(folder)})
        finally:
            run("pg_ctl", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)
