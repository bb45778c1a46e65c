"""What a service is made of: its parts, its settings, its jobs."""
