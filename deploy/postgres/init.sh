#!/bin/sh
# Makes the database and the ordinary role that owns it. A superuser would pass by row security, and the server does
# not start as one in production. Run once, as a superuser; APP_DB_PASSWORD is the role's password.
set -eu
: "${APP_DB_PASSWORD:?is not set}"
psql -v ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres --set password="$APP_DB_PASSWORD" <<'SQL'
CREATE ROLE sharper LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD :'password';
CREATE DATABASE sharper OWNER sharper;
REVOKE ALL ON DATABASE sharper FROM PUBLIC;
SQL
# Making an extension takes a superuser too. Without it vectors are searched in the servers' memory.
psql -v ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname sharper <<'SQL'
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_available_extensions WHERE name = 'vector') THEN CREATE EXTENSION IF NOT EXISTS vector; END IF;
END $$;
SQL
