"""Captioned blocks -> their numbers (表1, 附表1, 图1), caption paragraphs and the fields that mention them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from gongwen.document import Block, Equation, Figure, Table
from gongwen.errors import InvalidInput, UnknownName
from gongwen.findings import Finding, Level, Location
from gongwen.oxml import tag
from gongwen.profile import Fonts, Profile
from gongwen.writer.text.runs import field, runs

FORMULAS = "式"
# hidden bookmarks of Word's own kind: _Ref and nine digits
_FIRST_BOOKMARK = 100_000_000


@dataclass(frozen=True, slots=True)
class Label:
    """The number of one table or figure within its series, and its bookmark."""

    series: str
    number: int
    mark: int  # counts all captions of the file

    @property
    def bookmark(self) -> str:
        """The bookmark that a REF field points at."""
        return f"_Ref{_FIRST_BOOKMARK + self.mark}"

    @property
    def counted(self) -> str:
        """The number as it is printed: （1） for a formula."""
        return f"（{self.number}）" if self.series == FORMULAS else str(self.number)

    def __str__(self) -> str:
        return f"{self.series}{self.counted}"


def labels(blocks: tuple[Block, ...]) -> tuple[dict[int, Label], dict[str, Label]]:
    """The label of each captioned block by its place, and by its key; series are counted apart."""
    counts: Counter[str] = Counter()
    by_block: dict[int, Label] = {}
    by_key: dict[str, Label] = {}
    twice = []
    for place, block in enumerate(blocks):
        if not isinstance(block, Table | Figure | Equation) or not _is_numbered(block):
            continue
        series = FORMULAS if isinstance(block, Equation) else block.series
        counts[series] += 1
        label = by_block[place] = Label(series, counts[series], len(by_block))
        if block.key in by_key:
            message = f"{label}与{by_key[block.key]}的代号都是“{block.key}”"
            twice.append(
                Finding(
                    "L06",
                    Level.ERROR,
                    Location(spot=str(label)),
                    message,
                    "请给每个图表起不同的代号（key）。",
                )
            )
        elif block.key:
            by_key[block.key] = label
    if twice:
        raise InvalidInput("图表代号", twice)
    return by_block, by_key


def _is_numbered(block: Table | Figure | Equation) -> bool:
    return bool(block.key or (not isinstance(block, Equation) and block.caption))


def refer(key: str, by_key: Mapping[str, Label], face: Fonts) -> str:
    """A field that mentions the table or figure of that key, in a style whose fonts are `face`."""
    if key not in by_key:
        raise UnknownName("图表代号", key, by_key)
    label = by_key[key]
    if label.series == FORMULAS:  # the bookmark holds the number alone
        return runs(FORMULAS, face) + field(
            f" REF {label.bookmark} \\h ", runs(label.counted, face)
        )
    return field(f" REF {label.bookmark} \\h ", runs(str(label), face))


def caption(label: Label, text: str, profile: Profile) -> str:
    """The runs of a caption: label as a bookmarked SEQ field, a gap, the words."""
    face = profile.styles.caption.font
    number = field(f" SEQ {label.series} \\* ARABIC ", runs(str(label.number), face))
    start = tag("bookmarkStart", id=label.mark, name=label.bookmark)
    marked = start + runs(label.series, face) + number + tag("bookmarkEnd", id=label.mark)
    return marked + (runs(profile.tables.caption_gap + text, face) if text else "")


def again(label: Label, text: str, profile: Profile) -> str:
    """The caption over a later part of a table cut in parts.

    The number as words, for it is not counted again.
    """
    face = profile.styles.caption.font
    return runs(f"{label}{profile.tables.caption_gap}{text}（续）", face)
