"""The five services: identity, delegation, notification, dsn, contact. None imports another."""
