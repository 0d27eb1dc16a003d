"""An order -> which organisations need a report now."""
