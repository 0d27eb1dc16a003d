"""Workbooks, CSV files or a database -> a Dataset that remembers where every row came from."""

from zhibi.tables.contract import Check, Column, Contract, Kind, Reporters, Sheet
from zhibi.tables.dataset import ORIGIN, Dataset, Source
from zhibi.tables.filling import whole
from zhibi.tables.mark import mark
from zhibi.tables.read import called, database, is_several, open_dataset, read
from zhibi.tables.splitting import Part, split
from zhibi.tables.template import template

__all__ = [
    "ORIGIN", "Check", "Column", "Contract", "Dataset", "Kind", "Part", "Reporters", "Sheet", "Source", "called", "database",
    "is_several", "mark", "open_dataset", "read", "split", "template", "whole",
]  # fmt: skip
