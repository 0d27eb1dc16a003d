"""Processes that make the reports of a batch, and the process that serves their data."""
