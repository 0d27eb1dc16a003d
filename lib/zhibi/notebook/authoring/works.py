"""Works whose particulars are facts -> 参考文献 in the form of GB/T 7714, each entry traced to its row.

Documents dated from 2026-07-01 on follow GB/T 7714-2025, earlier ones GB/T 7714-2015.

`[@key]` cites a work; the list keeps those that are cited. What the row leaves blank is left out, never made up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from gongwen.document import Bibliography, Inline, Text
from gongwen.errors import BadExpression
from gongwen.facts.value import Fact
from zhibi.notebook.authoring.display import Shown
from zhibi.notebook.prose.filters import parts_of
from zhibi.notebook.prose.spans import PrintedPart, PrintedValues

IN_FORCE = date(2026, 7, 1)  # GB/T 7714-2025
_OLDER, _NEWER = "2015", "2025"
_GAP = "␣"  # a blank between the parts of an entry; those at the ends of printed values are trimmed


@dataclass(frozen=True, slots=True)
class Work:
    """A work as a row tells of it. `kind` is the letter of GB/T 7714: M, J, N, S, D, R, A, Z, EB/OL."""

    key: str
    kind: str
    title: Fact
    author: Fact | None = None
    number: Fact | None = None  # 文号
    published_in: Fact | None = None  # 刊名、卷期、页码，或者出版社
    issued_on: Fact | None = None
    link: Fact | None = None
    pages: Fact | None = None  # of a newspaper, its 版次
    accessed: Fact | None = None  # the day a page was read


def edition_of(issued_on: date | Fact | str | None = None) -> str:
    """2025 or 2015: which edition of GB/T 7714 is in force on the day of issue; the later for no day."""
    day = issued_on.value if isinstance(issued_on, Fact) else issued_on
    if isinstance(day, str):
        day = date.fromisoformat(day)
    return _OLDER if isinstance(day, date) and day < IN_FORCE else _NEWER


def bibliography(
    works: Iterable[Work], issued_on: date | Fact | str | None = None, *, edition: str = ""
) -> Shown:
    """参考文献 at this place: of these works those that the report cites by `[@key]`, in the order of citation.

    The edition of GB/T 7714 goes by the day of issue unless it is named: 2015 or 2025.
    """
    given = tuple(works)
    if edition and edition not in (_OLDER, _NEWER):
        raise BadExpression("bibliography", f"GB/T 7714 只有2015、2025两版，这里是“{edition}”")
    keys = Counter(work.key for work in given)
    twice = [key for key, count in keys.items() if count > 1]
    if twice:
        raise BadExpression(
            "bibliography",
            f"有两份文献的代号都是{'、'.join(f'“{key}”' for key in twice)}，请改成不同的",
        )
    ledger = PrintedValues()
    form = edition or edition_of(issued_on)
    listed = tuple(
        (work.key, tuple(map(_spaced, ledger.cut(ledger.enter(*_entry(work, form)), Text("")))))
        for work in given
    )
    return Shown((Bibliography(listed, cited_only=True),), ledger.facts)


def _entry(work: Work, form: str) -> Iterator[PrintedPart]:
    """责任者. 题名：文号[Z]. 出版项. 网址. — of a standard since 2025: 标准号 题名[S]."""
    online = "/OL" if _there(work.link) and not work.kind.endswith("/OL") else ""
    coded = work.kind == "S" and _there(work.number) and form == _NEWER
    if coded:
        yield from (*_said(work.number), PrintedPart(_GAP), *parts_of(work.title))
    else:
        yield from (*_said(work.author), PrintedPart(f".{_GAP}")) if _there(work.author) else ()
        yield from parts_of(work.title)
        yield from (PrintedPart("："), *_said(work.number)) if _there(work.number) else ()
    yield PrintedPart(f"[{work.kind}{online}].")
    imprint = [] if coded else list(_imprint(work))
    yield from (PrintedPart(_GAP), *imprint, PrintedPart(".")) if imprint else ()
    yield from (PrintedPart(_GAP), *_said(work.link), PrintedPart(".")) if _there(work.link) else ()


def _imprint(work: Work) -> Iterator[PrintedPart]:
    """Where and when it appeared: each kind in its own way."""
    day = _day(work.issued_on)
    where = _said(work.published_in)
    yield from where
    comma = PrintedPart("，" if where else "")
    match work.kind:
        case "EB/OL":
            yield from (
                (PrintedPart("（"), PrintedPart(day.isoformat(), work.issued_on), PrintedPart("）"))
                if day
                else ()
            )
            read = _day(work.accessed)
            yield from (
                (PrintedPart("["), PrintedPart(read.isoformat(), work.accessed), PrintedPart("]"))
                if read
                else ()
            )
        case "J" if where:
            yield from _paged(work, "：", "")
        case "M" | "D" | "S" | "J":
            yield from (comma, PrintedPart(str(day.year), work.issued_on)) if day else ()
            yield from _paged(work, "：", "")
        case _:
            yield from (comma, PrintedPart(day.isoformat(), work.issued_on)) if day else ()
            yield from _paged(work, "（", "）")


def _paged(work: Work, before: str, after: str) -> Iterator[PrintedPart]:
    if _there(work.pages):
        yield from (PrintedPart(before), *_said(work.pages), PrintedPart(after))


def _day(fact: Fact | None) -> date | None:
    return fact.value if fact is not None and isinstance(fact.value, date) else None


def _said(fact: Fact | None) -> tuple[PrintedPart, ...]:
    return tuple(parts_of(fact)) if fact is not None and not fact.missing else ()


def _spaced(inline: Inline) -> Inline:
    return (
        replace(inline, text=inline.text.replace(_GAP, " ")) if isinstance(inline, Text) else inline
    )


def _there(fact: Fact | None) -> bool:
    return fact is not None and not fact.missing
