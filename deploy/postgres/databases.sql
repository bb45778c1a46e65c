-- Who may do what in the database of one service: its owner migrates, the service reads and writes rows, nobody else
-- enters. Variables: service, owner.
REVOKE ALL ON DATABASE :service FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE :service TO :service;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO :service;
GRANT USAGE, CREATE ON SCHEMA public TO :owner;
ALTER DEFAULT PRIVILEGES FOR ROLE :owner IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO :service;
ALTER DEFAULT PRIVILEGES FOR ROLE :owner IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO :service;
