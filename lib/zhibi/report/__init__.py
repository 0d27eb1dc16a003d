"""One request -> one checked report."""
