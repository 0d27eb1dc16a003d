"""A fresh process -> one in which a report costs only its own work."""
