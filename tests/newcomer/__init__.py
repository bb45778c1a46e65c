"""What a newcomer types works: make new, make test T=…, make shell, make sql, make dev, the gallery."""
