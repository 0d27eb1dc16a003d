"""A finished batch -> its summary, its failures by cause, its zip archive."""
