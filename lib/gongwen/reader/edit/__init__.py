"""A Word file and edits or comments -> the same file with them."""
