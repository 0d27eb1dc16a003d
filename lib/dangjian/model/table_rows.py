"""The rows of a report table: one mapping a row, column header -> fact, date or text."""

from typing import Any

Rows = list[dict[str, Any]]
