"""Works whose particulars are facts -> 参考文献 in the form of GB/T 7714-2015, each entry traced to its row.

`[@key]` cites a work; the list keeps those that are cited. What the row leaves blank is left out, never made up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from gongwen.document import Bibliography, Text
from gongwen.errors import BadExpression
from gongwen.facts.value import Fact
from zhibi.notebook.authoring.display import Shown
from zhibi.notebook.prose.filters import parts_of
from zhibi.notebook.prose.spans import Ledger, Part


@dataclass(frozen=True, slots=True)
class Work:
    """A work as a row tells of it. `kind` is the letter of GB/T 7714: M, J, A, Z, EB/OL."""

    key: str
    kind: str
    title: Fact
    author: Fact | None = None
    number: Fact | None = None  # 文号
    published_in: Fact | None = None  # 刊名、卷期、页码，或者出版社
    issued_on: Fact | None = None
    link: Fact | None = None


def bibliography(works: Iterable[Work]) -> Shown:
    """参考文献 at this place: of these works those that the report cites by `[@key]`, in the order of citation."""
    given = tuple(works)
    twice = [key for key, count in Counter(work.key for work in given).items() if count > 1]
    if twice:
        raise BadExpression(
            "bibliography",
            f"有两份文献的代号都是{'、'.join(f'“{key}”' for key in twice)}，请改成不同的",
        )
    ledger = Ledger()
    listed = tuple(
        (work.key, tuple(ledger.cut(ledger.enter(*_entry(work)), Text("")))) for work in given
    )
    return Shown((Bibliography(listed, cited_only=True),), ledger.facts)


def _entry(work: Work) -> Iterator[Part]:
    """责任者.题名:文号[Z].出版项."""
    if _there(work.author):
        yield from (*parts_of(work.author), Part("."))
    yield from parts_of(work.title)
    if _there(work.number):
        yield from (Part(":"), *parts_of(work.number))
    yield Part(f"[{work.kind}].")
    imprint = list(_imprint(work))
    yield from (*imprint, Part(".")) if imprint else ()


def _imprint(work: Work) -> Iterator[Part]:
    """Where and when it appeared: a periodical by volume, a book by publisher and year, anything else by its day."""
    day = (
        work.issued_on.value
        if work.issued_on is not None and isinstance(work.issued_on.value, date)
        else None
    )
    where = parts_of(work.published_in) if _there(work.published_in) else []
    yield from where
    if day and work.kind == "M":
        yield from (Part("," if where else ""), Part(str(day.year), work.issued_on))
    elif day and work.link is not None and _there(work.link):
        yield from (Part("("), Part(day.isoformat(), work.issued_on), Part(")"))
    elif day and not (where and work.kind == "J"):
        yield from (Part("," if where else ""), Part(day.isoformat(), work.issued_on))
    if _there(work.link):
        yield from (Part("." if where or day else ""), *parts_of(work.link))


def _there(fact: Fact | None) -> bool:
    return fact is not None and not fact.missing
