"""A paragraph of the old report -> the same with its numbers as figures, or as places to be checked where that is unsure."""

from __future__ import annotations

from gongwen_lint.rules.content.sentences import split
from zhibi.data.figures.offers import Offer
from zhibi.report.old_report.binding.binder import Binder, Subject
from zhibi.report.old_report.binding.sentence import Sentence

_CHANGED = Subject(shut="换成指标以后，这句话印出来会变")


def paragraph(binder: Binder, text: str, where: str, subject: Subject) -> str:
    """The paragraph as it goes into a cell.

    A sentence that would print otherwise keeps its numbers open.
    """
    said: list[str] = []
    last: Offer | None = None
    lost, words = False, ""
    for start, sentence in split(text) or ((0, text),):
        reading = Sentence(binder, where, subject, [*said], last, lost)
        written = reading.written(sentence, text[:start])
        if not binder.prints(written, sentence):
            reading = Sentence(binder, where, _CHANGED)
            written = reading.written(sentence, text[:start])
        binder.bound += reading.bound
        binder.open += reading.open
        said, last, lost, words = reading.said, reading.last, reading.lost, words + written
    return words
