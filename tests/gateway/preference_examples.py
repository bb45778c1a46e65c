"""What notification answers of what a person prefers to be written about."""

PREFERENCES = {
    "items": [
        {"subject": "alertes_dsn", "rhythm": "quotidien", "chosen": False},
        {"subject": "avis_documents", "rhythm": "chaque_fois", "chosen": True},
        {"subject": "nouvelles_caisse", "rhythm": "jamais", "chosen": False},
    ]
}
