-- The database and its two users: runuser -u postgres -- psql -v ON_ERROR_STOP=1 < deploy/postgresql.sql
-- Who owns the tables can switch off the triggers that keep the record, so the site serves as somebody else.

CREATE ROLE clinicinfo LOGIN;  -- serves: reads and writes, by its socket as the user of the same name
CREATE ROLE clinicinfo_owner LOGIN;  -- owns the tables: `site migrate` alone. Give it a password: \password clinicinfo_owner
CREATE DATABASE clinicinfo OWNER clinicinfo_owner ENCODING 'UTF8' TEMPLATE template0;
\connect clinicinfo

ALTER DEFAULT PRIVILEGES FOR ROLE clinicinfo_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO clinicinfo;
ALTER DEFAULT PRIVILEGES FOR ROLE clinicinfo_owner GRANT USAGE, SELECT ON SEQUENCES TO clinicinfo;
