#!/bin/bash
# One database for each subgraph and one for jobs, each with a role of its own that may enter no other.
# The image of Postgres runs it on an empty volume; run it again by hand after adding a subgraph:
#   docker compose exec postgres bash /docker-entrypoint-initdb.d/create-databases.sh
set -euo pipefail

databases="accounts catalog inventory pricing carts orders payments shipping notifications reviews discovery operations queues"

for name in $databases; do
  psql --quiet --username "$POSTGRES_USER" --set ON_ERROR_STOP=1 --set name="$name" --set password="$POSTGRES_PASSWORD" <<'SQL'
SELECT format('CREATE ROLE %I LOGIN PASSWORD %L', :'name', :'password')
  WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'name') \gexec
SELECT format('CREATE DATABASE %I OWNER %I', :'name', :'name')
  WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'name') \gexec
SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', :'name') \gexec
SQL
done
