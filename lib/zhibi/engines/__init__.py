"""Notebook -> executed notebook, by one of several engines."""
