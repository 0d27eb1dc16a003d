"""Executed notebook -> the Document it shows, and what could not be taken over."""

from zhibi.report.extract.document import read

__all__ = ["read"]
