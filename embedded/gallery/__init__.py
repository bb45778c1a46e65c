"""`/_gallery`: every component of the pages with its states, and every message as it is written. Local use alone."""
