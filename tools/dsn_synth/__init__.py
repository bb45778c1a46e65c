"""Makes NEODeS files: valid monthly declarations of fictional people, then files damaged on purpose. Seeded."""
