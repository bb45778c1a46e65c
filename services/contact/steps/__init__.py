"""What several use cases of contact do alike."""
