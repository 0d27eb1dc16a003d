"""State of one rendering: ids in use, pictures, lists and comments collected on the way."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from docx.document import Document as WordFile

from gongwen.document import Citation, Contents, Document, Formula, Heading, Line, Note, Text
from gongwen.facts.value import Fact
from gongwen.oxml import flag, properties, tag
from gongwen.profile import Profile
from gongwen.writer.layout.page import twips
from gongwen.writer.official.titles import title_lines
from gongwen.writer.text import citations, equations, footnotes
from gongwen.writer.text.captions import Label, labels, refer
from gongwen.writer.text.comments import message
from gongwen.writer.text.lists import heading_number
from gongwen.writer.text.runs import marks_of, runs

_FIRST_MARK = 200_000_000  # ids of the bookmarks that 目录 points at; captions begin at 0


@dataclass
class RenderState:
    """One document being set. Mutable on purpose: ids must not repeat within a file."""

    document: Document
    profile: Profile
    file: WordFile
    ids: Mapping[str, str]
    review: bool
    on_screen: bool = False  # a figure links to its fact, and every block has a name
    wanted: float = math.inf  # lines still to be set; what comes when none are is left out
    comments: list[str] = field(default_factory=list)  # their text, by id
    pictures: dict[bytes, str] = field(
        default_factory=dict
    )  # relationship id of each different picture
    drawings: int = 0
    notes: list[str] = field(default_factory=list)  # footnotes as paragraphs, by id less 1
    lists: list[int] = field(default_factory=list)  # the first number, by list; 0 for bullets
    counters: list[int] = field(default_factory=lambda: [0, 0, 0, 0])  # headings met, by level
    new_page: bool = False
    table_comment: str | None = (
        None  # within a table: what is said of it as a whole, until it is said
    )
    turned: bool = False  # the block just set stands on landscape pages, a section of its own
    keep_with_next: bool = False  # for the last paragraph before 附件说明 or 署名
    mark_size: float = 0  # of the 发文机关标志, in points
    letter_line_mm: float = 0  # from the paper's top to the upper double line of a 信函
    by_block: Mapping[int, Label] = field(init=False)
    by_key: Mapping[str, Label] = field(init=False)
    works: Mapping[str, int] = field(init=False)  # number of each work cited or listed, by key
    entries: frozenset[int] = field(init=False)  # places of the headings that 目录 lists

    def __post_init__(self) -> None:
        self.by_block, self.by_key = labels(self.document.blocks)
        self.works = citations.numbers(self.document.blocks)
        deepest = max(
            (block.deepest for block in self.document.blocks if isinstance(block, Contents)),
            default=0,
        )
        self.entries = frozenset(
            place
            for place, block in enumerate(self.document.blocks)
            if isinstance(block, Heading) and block.level <= deepest
        )

    def line(self, line: Line, role: str) -> str:
        """A line as runs in the style of a role, with a comment at each figure if asked for."""
        face = self.profile.styles.of(role).font
        made = []
        for inline in line:
            match inline:
                case Text():
                    words = runs(inline.text, face, marks=marks_of(inline))
                    made.append(
                        self.commented(words, (inline.fact,)) if inline.fact and words else words
                    )
                case Note(line=words_of_note):
                    made.append(self.note(words_of_note))
                case Citation(keys=keys):
                    made.append(citations.cite(keys, self.works, face))
                case Formula(tex=tex):
                    made.append(equations.inline(tex, face))
                case _:
                    made.append(refer(inline.key, self.by_key, face))
        return "".join(made)

    def note(self, line: Line) -> str:
        """The mark of a footnote; its text is kept for the part of the footnotes.

        Word has no comments there.
        """
        face = self.profile.styles.footnote.font
        inner = "".join(
            runs(inline.text, face, marks=marks_of(inline))
            if isinstance(inline, Text)
            else self.line((inline,), "footnote")
            for inline in line
            if not isinstance(inline, Note)
        )
        mark = self.ids[footnotes.MARK_STYLE]
        self.notes.append(self.paragraph("footnote", footnotes.own_mark(mark) + inner))
        return footnotes.call(len(self.notes), mark)

    def paragraph(self, role: str, inner: str, **marks: str) -> str:
        """A paragraph in the style of a role; `marks` are paragraph properties of its own."""
        own = {"pStyle": tag("pStyle", val=self.ids[role]), **marks}
        if "spacing" not in own and equations.is_tall(inner):
            own["spacing"] = equations.at_least(self.profile)
        if self.new_page:
            # a break of its own would leave an empty line at the head of the new page
            own["pageBreakBefore"] = flag("pageBreakBefore")
            self.new_page = False
        return f"<w:p>{properties('pPr', own)}{inner}</w:p>"

    def blank(self, lines: float, above: float, role: str) -> int:
        """Twips that keep so many lines free above a paragraph.

        `above` is what the paragraph before leaves white.
        """
        taken = 0.0
        if self.profile.grid.blank_line == "gap" and lines:
            taken = above + self.profile.styles.of(role).half_leading_twips
        return max(0, round(lines * self.profile.grid.line_twips - taken))

    def broken_title(self, text: str, role: str) -> str:
        """A title as runs, on lines of whole words."""
        return self.title((Text(text),), role)

    def title(self, line: Line, role: str) -> str:
        """A title's spans as runs, on lines of whole words."""
        room = twips(self.profile.page.text_width_mm)
        lines = title_lines(line, self.profile.styles.of(role), room)
        return "<w:r><w:br/></w:r>".join(self.line(each, role) for each in lines)

    def marked(self, place: int, inner: str) -> str:
        """The runs of a heading inside a bookmark, if 目录 mentions it."""
        if place not in self.entries:
            return inner
        number = _FIRST_MARK + place
        return (
            tag("bookmarkStart", id=number, name=self.bookmark(place))
            + inner
            + tag("bookmarkEnd", id=number)
        )

    @staticmethod
    def bookmark(place: int) -> str:
        """The hidden bookmark of the heading at that place among the blocks."""
        return f"_Toc{_FIRST_MARK + place}"

    def heading_number(self, heading: Heading, counters: list[int]) -> str:
        """The number of the next heading in a ladder; `counters` are those of the ladder so far."""
        level = min(max(heading.level, 1), len(counters))
        counters[level:] = [0] * (len(counters) - level)
        if heading.unnumbered:
            return ""
        counters[level - 1] += 1
        return heading_number(self.profile.numbering.headings[level - 1], counters[level - 1])

    @staticmethod
    def linked(inner: str, facts: Sequence[Fact]) -> str:
        """The runs as a link that names their fact.

        Several facts, as those of a chart, have no link.
        """
        return tag("hyperlink", inner, anchor=f"f-{facts[0].id}") if len(facts) == 1 else inner

    def commented(self, inner: str, facts: tuple[str, ...]) -> str:
        """The runs with a comment that says where their figures come from.

        As they are without review.
        """
        known = [self.document.facts[name] for name in facts if name in self.document.facts]
        if self.on_screen:
            return self.linked(inner, known)
        if not (self.review and facts):
            return inner
        comment = "\n".join(message(fact) for fact in known) or "这个数没有登记出处。"
        if self.table_comment is not None:  # in a table the first figure speaks for all
            comment, self.table_comment = self.table_comment, ""
        if not comment:
            return inner
        number = len(self.comments)
        self.comments.append(comment)
        style = tag("rPr", tag("rStyle", val=self.ids["annotation reference"]))
        return (
            tag("commentRangeStart", id=number) + inner + tag("commentRangeEnd", id=number)
            + tag("r", style + tag("commentReference", id=number))
        )  # fmt: skip
