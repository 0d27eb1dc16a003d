"""Notebook files: their parameters, and what authors write in their cells."""
