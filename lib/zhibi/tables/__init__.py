"""Workbook files -> a Dataset that remembers where every row came from."""

from zhibi.tables.contract import Check, Column, Contract, Kind, Sheet
from zhibi.tables.dataset import ORIGIN, Dataset, Source
from zhibi.tables.mark import mark
from zhibi.tables.read import open_dataset, read
from zhibi.tables.template import template

__all__ = [
    "ORIGIN", "Check", "Column", "Contract", "Dataset", "Kind", "Sheet", "Source", "mark", "open_dataset", "read", "template",
]  # fmt: skip
