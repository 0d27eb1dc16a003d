"""Workbook files -> a Dataset that remembers where every row came from."""

from zhibi.tables.contract import Check, Column, Contract, Kind, Sheet
from zhibi.tables.dataset import ORIGIN, Dataset, Source
from zhibi.tables.read import open_dataset, read

__all__ = ["ORIGIN", "Check", "Column", "Contract", "Dataset", "Kind", "Sheet", "Source", "open_dataset", "read"]
