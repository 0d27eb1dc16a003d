"""Findings -> repaired and annotated copies."""
