"""Workbooks, CSV files or a database -> a dataset that remembers where every row came from."""
