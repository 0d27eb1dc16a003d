"""A batch request -> which organisations need a report now."""
