"""The rules of delegation, without any I/O."""
