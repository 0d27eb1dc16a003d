"""Document -> findings."""
