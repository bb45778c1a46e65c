"""The tables of delegation and the functions that read and write them. Whoever writes names the author."""
