"""What contact keeps and recognises files with."""
