"""Workbook files -> a Dataset that remembers where every row came from."""
