"""The events, by what they are about: cards with their schemas, and what every listener of one does alike."""
