"""A table -> which sheet of the contract it is, by the names of its columns and by what its titles say; or a question."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import product

from gongwen.chinese.personal_data import masked
from zhibi.data.contract import Sheet
from zhibi.data.importing.questions import SKIP, Question
from zhibi.data.importing.recognition.columns import Matcher, few
from zhibi.data.importing.recognition.lexicon import ASK, IGNORED, REFUSED, Meaning, bare
from zhibi.data.importing.recognition.tables import MONTHS, RecognisedTable

_APART = 0.6  # between the best sheet and the next
_LEAST = 1.0


def sheet_of(matcher: Matcher, table: RecognisedTable, named: str = "") -> Sheet | Question | None:
    """Which sheet a table is: told, plain, to be asked, or none."""
    sheets = {sheet.title: sheet for sheet in matcher.contract.sheets}
    if named:
        return sheets[named]
    scores = sorted(
        ((_score(matcher, table, sheet), sheet.title) for sheet in sheets.values()), reverse=True
    )
    (best, title), (next_best, _) = scores[0], scores[1]
    if best < _LEAST:
        return None
    if best - next_best >= _APART:
        return sheets[title]
    key = f"表|{'、'.join(sorted({bare(header) for header in table.headers if header}))[:120]}"
    answer = matcher.answers.get(key)
    if answer in sheets:
        return sheets[answer]
    options = tuple(name for score, name in scores[:3] if score >= _LEAST)
    if len(options) == 1:
        return sheets[title]
    where = f"{table.file}的工作表“{masked(table.sheet)}”"
    return Question(key, f"{where}是哪一张表？列有：{few(table.headers)}", (*options, SKIP))


def _score(matcher: Matcher, table: RecognisedTable, sheet: Sheet) -> float:
    score = 0.0
    hit: set[str] = set()
    for header in table.headers:
        if not header or bare(header) in MONTHS:
            continue
        meanings = matcher.lexicon.meanings(sheet.title, header)
        columns = {one.column for one in meanings if one.judgement not in (IGNORED, REFUSED)}
        if not columns or columns <= hit:
            continue
        hit |= columns
        score += (1.0 if _certain(meanings) else 0.35) / _shared(matcher, header)
    return score + _titled(matcher, table, sheet)


def _shared(matcher: Matcher, header: str) -> int:
    """In how many sheets a name means something for certain."""
    known = (matcher.lexicon.meanings(sheet.title, header) for sheet in matcher.contract.sheets)
    return max(1, sum(map(_certain, known)))


def _certain(meanings: Iterable[Meaning]) -> bool:
    return any(meaning.judgement not in (ASK, IGNORED, REFUSED) for meaning in meanings)


def _titled(matcher: Matcher, table: RecognisedTable, sheet: Sheet) -> float:
    """What the sheet's name, the file's and the title say."""
    patterns = matcher.lexicon.titles[sheet.title]
    names = [bare(table.sheet), *(bare(part) for part in re.split(r"[/.]", table.file))]
    if bare(table.sheet) == bare(sheet.title):
        return 4.0
    if any(pattern.fullmatch(name) for pattern, name in product(patterns, names)):
        return 2.0
    inside = product(patterns, (*names, *map(bare, table.titles)))
    longest = max((_longest(pattern, name) for pattern, name in inside), default=0)
    return min(longest, 6) * 0.25


def _longest(pattern: re.Pattern[str], name: str) -> int:
    """How long the longest words are that the pattern finds; 0 where it finds none."""
    return max((len(match[0]) for match in pattern.finditer(name)), default=0)
