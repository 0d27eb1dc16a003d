"""A workbook and its findings -> a copy to send back.

Faulty cells coloured and commented, all findings on one sheet.

The copy is hers, part by part: what is not coloured or commented is the very XML that she saved.
The original is only read. What gives away a person is blanked in the copy, or the copy would carry
it further.
"""

from zhibi.data.writing.annotate.findings_sheet import HEADERS
from zhibi.data.writing.annotate.marking import mark
from zhibi.data.writing.annotate.styles import COLOURS

__all__ = ["COLOURS", "HEADERS", "mark"]
