#!/bin/sh
# Runs once, after the image has added PostGIS: mainbreak's own role, which may make its tables
# and nothing else. psql quotes the password, so it may hold any character.
set -eu
psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d "$POSTGRES_DB" <<'SQL'
\getenv password MAINBREAK_PASSWORD
CREATE ROLE mainbreak LOGIN PASSWORD :'password';
GRANT USAGE, CREATE ON SCHEMA public TO mainbreak;
SQL
