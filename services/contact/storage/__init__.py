"""The tables of contact, and what reads and writes them."""
