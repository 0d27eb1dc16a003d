"""Faults of a dataset: findings with cell addresses, references between rows, files of reporters."""
