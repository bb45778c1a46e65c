"""What contact does: take a message with its files, withdraw a consent, tidy up."""
