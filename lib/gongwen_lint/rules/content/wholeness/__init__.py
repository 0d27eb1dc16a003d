"""Rules about what is missing, left over or copied."""
