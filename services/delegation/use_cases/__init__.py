"""What delegation can be told to do, one verb per file. None of them commits: who opened the unit of work does."""
