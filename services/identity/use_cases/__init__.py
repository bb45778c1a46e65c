"""What identity does, one verb a file: a command in, a unit of work and ports by keyword."""
