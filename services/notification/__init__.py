"""Notification: the only service that writes to people, by e-mail and by SMS."""
