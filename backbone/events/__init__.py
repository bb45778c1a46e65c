"""What an event is: its card, its words on the wire, the story and the lane it belongs to. No bus, no database."""
