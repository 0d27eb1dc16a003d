"""What each report type tells: counts, tables and lists, every number a fact."""
