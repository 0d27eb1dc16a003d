"""HTML of a notebook -> blocks in reading order, and what is lost on the way."""

from zhibi.report.extract.html.reader import read
from zhibi.report.extract.html.vocabulary import EQUATION, FORMULA, MENTION, NOTE

__all__ = ["EQUATION", "FORMULA", "MENTION", "NOTE", "read"]
