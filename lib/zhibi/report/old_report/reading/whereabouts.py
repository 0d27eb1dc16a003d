"""An old report and what a workbook knows -> whether the report is of its place and its year, and if not, why."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain

from gongwen_lint.reference_data import ReferenceData
from gongwen_lint.rules.content.sentences import split
from zhibi.report.old_report.reading.old_file import OldFile

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=年)")
_WHOLE = re.compile(r"[全我本][县市区]|关于|在")
_PLACE = re.compile(r"[\u4e00-\u9fff]{1,4}?[县市区]")
_TOLD_PLACE = re.compile(
    r"(?:^|[，。；：、（“《]|中共|关于|[在对至赴])(?!全|我|本|该|各|两|每|邻|外|其他)([\u4e00-\u9fff]{2,4}?[县市])"
)
_NO_PLACE = re.compile(r"(?:社|小|园|校|景|辖|库|片|地|山|林|矿|专|县|街|灌)区$|城市$|县市$")
_UNTIL = re.compile(r"截至((?:19|20)\d{2})年")
_EARLY = 3  # a report dated up to March tells of the year before
_AHEAD = re.compile(r"计划|打算|力争|目标|预计|明年|下一步|到20\d\d年")
_CITED = re.compile(r"《[^《》]*》|〔\d{4}〕")


def elsewhere(old: OldFile, known: ReferenceData) -> str:
    """Why the report is not about the place or the year of the workbook; empty if it is."""
    return _other_place(old, known) or _other_year(old, known)


def _other_place(old: OldFile, known: ReferenceData) -> str:
    """Why the report is not about the place of the workbook; empty if it is."""
    if not known.region or any(known.region in part.text for part in old.parts):
        return ""
    places = _PLACE.findall(_WHOLE.sub("", old.title))
    for part in old.parts:
        places += [match[1] for match in _TOLD_PLACE.finditer(_WHOLE.sub("，", part.text))]
    named = [place for place in places if not _NO_PLACE.search(place)]
    return f"稿子说的是“{named[0]}”，工作簿是“{known.region}”的" if named else ""


def _other_year(old: OldFile, known: ReferenceData) -> str:
    """Why the report is not of the year of the workbook; empty where it is, or does not say."""
    year = _year_of(old)
    if known.year is None or year is None or year == known.year:
        return ""
    return f"稿子写的是{year}年，工作簿是{known.year}年度的"


def _year_of(old: OldFile) -> int | None:
    """The year a report is about: by its title, the day its figures end, its date, else the year it speaks of most."""
    titled = _YEAR.findall(old.title)
    if titled:
        return int(titled[-1])
    text = "\n".join(part.text for part in old.parts)
    until = _UNTIL.search(text)
    if until:
        return int(until[1])
    issued = old.manuscript.issued_on
    if issued:
        return issued.year if issued.month > _EARLY else issued.year - 1
    years = Counter(chain.from_iterable(_years(part.text) for part in old.parts))
    return int(years.most_common(1)[0][0]) if years else None


def _years(text: str) -> list[str]:
    """The years a paragraph tells of.

    Those of plans and of titles of other documents are left out.
    """
    spoken = (
        sentence for _, sentence in split(_CITED.sub("", text)) if not _AHEAD.search(sentence)
    )
    return list(chain.from_iterable(map(_YEAR.findall, spoken)))
