"""The gateway: the French pages of the Espace sécurisé. It owns no table, hears no event and imports no service."""
