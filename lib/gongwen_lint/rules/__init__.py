"""The rules of the checker and their one registry."""
