"""Processes that do the work of the workbench, and what is known of each piece of it."""
