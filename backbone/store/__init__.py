"""The database: engines, types, the tables that every service has, migrations, and its clock."""
