"""What a message is, when it may leave and what became of it. Pure rules."""
