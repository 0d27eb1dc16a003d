"""Two layouts of one Word file -> each paragraph whose lines differ: where first, why, and how many lines follow from it.

A line that ends elsewhere moves all that comes after it in its paragraph; only the first is a difference of its
own. Its cause is found from the words at the two ends and from how wide the line is by the count of
`gongwen.writer.layout.text_metrics`; what no rule explains is said to be so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from pathlib import Path

from page_marks import WHITE, Marks
from word_paragraphs import PORTION_TWIPS, Paragraph, is_latin, paragraphs

from gongwen.profile import Style
from gongwen.writer.layout.text_metrics import width
from gongwen.writer.text.runs import script_of

_SCRAP, _BACK = 8, 3
_TWIPS_PER_MM = 1440 / 25.4
_RIGHT_TWIPS = 11906 - 1473
_HANGING = frozenset("，。、；：？！")
_CLOSING = frozenset("”’）》〉】〕％…")
_QUOTES = frozenset("“‘")
_BODY = frozenset({"BodyText", "Normal", ""})


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a paragraph: where it begins, and where it ends in one layout and in the other."""

    start: int
    ours: int
    theirs: int
    left_mm: float
    lost: bool = False  # the other layout's next line is not found


@dataclass(frozen=True, slots=True)
class Difference:
    """One paragraph that is parted otherwise: the first line that differs, why, and how many lines do."""

    document: str
    ours: str
    theirs: str
    cause: str
    lines: int
    ends_page: bool


@dataclass(frozen=True, slots=True)
class _Laid:
    """A line on its page."""

    text: str
    place: tuple[int, float]
    left: float


_Tiles = list[tuple[int, _Laid]]


def differences(
    document: str, file: Path, ours: Marks, theirs: Marks, body: Style, *, spaced: bool
) -> list[Difference]:
    """Every paragraph whose lines are not the same in both; ours are all known, or nothing is said of it.

    `spaced`: the other program leaves a space between hanzi and digits.
    """
    before, after = _Lines(ours), _Lines(theirs)
    last = {page.text[-1] for page in ours.pages if page.text}
    found = []
    for each in paragraphs(file):
        one, other = before.of(each.text), after.of(each.text)
        whole = bool(one) and one[-1][0] == len(each.text)
        if whole and _ends(one) != _ends(other):
            found.append(_difference(document, each, (one, other), body, last, spaced))
    return found


def _ends(laid: list[tuple[int, _Laid]]) -> list[int]:
    return [end for end, _ in laid]


def _difference(
    document: str,
    paragraph: Paragraph,
    laid: tuple[_Tiles, _Tiles],
    body: Style,
    last: set[str],
    spaced: bool,
) -> Difference:
    one, other = laid
    pairs = zip_longest(_ends(one), _ends(other))
    number = next(at for at, (end, its) in enumerate(pairs) if end != its)
    start = one[number - 1][0] if number else 0
    ours = one[number][0] if number < len(one) else len(paragraph.text)
    theirs = other[number][0] if number < len(other) else 0
    lines = len({*_starts(one, number)} - {*_starts(other, number)})
    left = one[min(number, len(one) - 1)][1].left
    lost = number + 1 == len(other) and theirs < len(paragraph.text)
    line = Line(start, ours, theirs, left, lost=lost)
    cause = cause_of(paragraph, line, body, spaced=spaced)
    shown = paragraph.words(start, ours)[-9:], paragraph.words(start, max(theirs, start))[-9:]
    ends = any(laid.text in last for _, laid in one[number:])
    return Difference(document, *shown, cause, max(lines, 1), ends)


def _starts(laid: list[tuple[int, _Laid]], number: int) -> Iterator[tuple[int, int]]:
    """From where to where each line goes."""
    at = laid[number - 1][0] if number else 0
    for end, _ in laid[number:]:
        yield at, end
        at = end


def cause_of(paragraph: Paragraph, line: Line, body: Style, *, spaced: bool) -> str:
    """Why one program ends a line where the other does not."""
    said = next((cause for cause, holds in _BY_WORDS if holds(paragraph, line)), "")
    return said or _by_width(paragraph, line, body, spaced=spaced)


_BY_WORDS: tuple[tuple[str, Callable[[Paragraph, Line], bool]], ...] = (
    ("not printed, or run together with other words", lambda _, line: line.theirs <= line.start),
    (
        "a line filled to the last twip: its hanging mark is not painted",
        lambda words, line: line.lost and words.at(line.theirs) in _HANGING,
    ),
    (
        "a closing mark begins a line",
        lambda words, line: words.at(line.theirs) in _CLOSING | _HANGING,
    ),
    (
        "an opening quotation mark is not parted from the character before",
        lambda words, line: line.ours > line.theirs and words.at(line.ours) in _QUOTES,
    ),
    (
        "no mark hangs after a full line",
        lambda words, line: line.ours > line.theirs and words.at(line.ours - 1) in _HANGING,
    ),
    (
        "closing brackets and quotation marks hang too",
        lambda words, line: line.ours < line.theirs and words.at(line.theirs - 1) in _CLOSING,
    ),
    ("in a cell of a table", lambda words, _: words.table),
    (
        "a number or word is parted",
        lambda words, line: is_latin(words.at(line.theirs)) and is_latin(words.at(line.theirs - 1)),
    ),
    ("headings, captions, 目录: lines of another size", lambda words, _: words.style not in _BODY),
)


def _by_width(paragraph: Paragraph, line: Line, body: Style, *, spaced: bool) -> str:
    """The cause that the width of the longer line tells."""
    room = _RIGHT_TWIPS - line.left_mm * _TWIPS_PER_MM
    long = max(line.ours, line.theirs)
    words = paragraph.words(line.start, long)
    need = width(words.rstrip("".join(_HANGING)), body) + paragraph.above(line.start, long, body)
    parts = paragraph.parts(line.start, long)
    slack = (parts + 1) * PORTION_TWIPS
    gaps = 0 if spaced else _spaces(words)
    if line.theirs == long and gaps:
        return "no space between hanzi and digits"
    if line.theirs == long and abs(room - need) < slack:
        return "LibreOffice 7.4 does not narrow the last character of a stretch (0.25 pt each)"
    if line.theirs < long and paragraph.bold and line.start == 0:
        return "a character less after a run-in heading"
    return "not found"


def _spaces(words: str) -> int:
    """Places where hanzi meet digits."""
    return sum(
        (script_of(left) == "latin") != (script_of(right) == "latin")
        and left.isalnum()
        and right.isalnum()
        for left, right in pairwise(words)
    )


class _Lines:
    """The lines of one layout, which are looked for in the order of the document."""

    def __init__(self, marks: Marks) -> None:
        self._lines: dict[str, list[tuple[int, _Laid]]] = {}
        self._next = 0
        order = 0
        for number, page in enumerate(marks.pages):
            for line in page.lines:
                if text := WHITE.sub("", line.text):
                    laid = _Laid(text, (number, round(line.baseline)), line.left)
                    self._lines.setdefault(text[0], []).append((order, laid))
                    order += 1

    def of(self, text: str) -> _Tiles:
        """Where in a paragraph each of its lines ends; as far as its lines are found."""
        tiles: _Tiles = []
        at = 0
        while at < len(text) and (found := self._found(text, at)):
            at += len(found.text)
            if tiles and tiles[-1][1].place == found.place:  # a wide gap within one line
                tiles[-1] = (at, tiles[-1][1])
            else:
                tiles.append((at, found))
        return tiles

    def _found(self, text: str, at: int) -> _Laid | None:
        """The line that goes on here: the one next in order, else the longest that is near."""
        fits = [each for each in self._lines.get(text[at], ()) if text.startswith(each[1].text, at)]
        if not fits:
            return None
        left = len(text) - at
        order, line = min(fits, key=lambda fit: self._far(fit, left))
        self._next = order + 1
        return line

    def _far(self, fit: tuple[int, _Laid], left: int) -> tuple[bool, bool, int]:
        """The next line in order before all others, then what is near; scraps only where they end it."""
        order, line = fit
        scrap = len(line.text) < min(_SCRAP, left)
        back = _BACK if order < self._next else 1
        return order != self._next, scrap, back * abs(order - self._next)


def causes(found: Sequence[Difference]) -> str:
    """A row for each cause: paragraphs in which it comes first, lines that end otherwise in them."""
    by_cause = Counter(each.cause for each in found)
    lines = Counter[str]()
    for each in found:
        lines[each.cause] += each.lines
    rows = [
        "| cause of the first line that differs | paragraphs | lines in them |",
        "|---|---:|---:|",
    ]
    rows += [f"| {cause} | {count} | {lines[cause]} |" for cause, count in by_cause.most_common()]
    rows.append(f"| all | {by_cause.total()} | {lines.total()} |")
    return "\n".join(rows)


def one_by_one(found: Sequence[Difference]) -> str:
    """A row for each paragraph."""
    rows = [
        "| document | the line ends here | there | lines after it | cause |",
        "|---|---|---|---:|---|",
    ]
    for each in found:
        cause = each.cause + (" **(moves a page end)**" if each.ends_page else "")
        rows.append(
            f"| {each.document} | {each.ours} | {each.theirs} | {each.lines - 1} | {cause} |"
        )
    return "\n".join(rows)
