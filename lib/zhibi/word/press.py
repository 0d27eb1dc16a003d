"""What is gathered while a document is set: ids given out, pictures, lists and comments met on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from docx.document import Document as WordFile

from zhibi.document import Document, Line, Text
from zhibi.profile import Profile
from zhibi.word.captions import Label, labels, refer
from zhibi.word.comments import says
from zhibi.word.oxml import flag, properties, tag
from zhibi.word.text import marks_of, runs


@dataclass
class Press:
    """One document being set. Mutable on purpose: ids must not repeat within a file."""

    document: Document
    profile: Profile
    file: WordFile
    ids: Mapping[str, str]
    review: bool
    comments: list[str] = field(default_factory=list)  # their text, by id
    pictures: dict[bytes, str] = field(default_factory=dict)  # relationship id of each different picture
    drawings: int = 0
    lists: list[bool] = field(default_factory=list)  # is it ordered, by list
    counters: list[int] = field(default_factory=lambda: [0, 0, 0, 0])  # headings met, by level
    new_page: bool = False
    by_block: Mapping[int, Label] = field(init=False)
    by_key: Mapping[str, Label] = field(init=False)

    def __post_init__(self) -> None:
        self.by_block, self.by_key = labels(self.document.blocks)

    def line(self, line: Line, role: str) -> str:
        """A line as runs in the style of a role, with a comment at each figure if asked for."""
        face = self.profile.styles.of(role).font
        made = []
        for inline in line:
            if isinstance(inline, Text):
                words = runs(inline.text, face, marks=marks_of(inline))
                made.append(self.commented(words, (inline.fact,)) if inline.fact and words else words)
            else:
                made.append(refer(inline.key, self.by_key, face))
        return "".join(made)

    def paragraph(self, role: str, inner: str, **marks: str) -> str:
        """A paragraph in the style of a role; `marks` are paragraph properties of its own."""
        own = {"pStyle": tag("pStyle", val=self.ids[role]), **marks}
        if self.new_page:
            # a break of its own would leave an empty line at the head of the new page
            own["pageBreakBefore"] = flag("pageBreakBefore")
            self.new_page = False
        return f"<w:p>{properties('pPr', own)}{inner}</w:p>"

    def commented(self, inner: str, facts: tuple[str, ...]) -> str:
        """The runs with a comment that says where their figures come from; as they are without review."""
        known = [self.document.facts[name] for name in facts if name in self.document.facts]
        if not (self.review and facts):
            return inner
        number = len(self.comments)
        self.comments.append("\n".join(says(fact) for fact in known) or "这个数没有登记出处。")
        style = tag("rPr", tag("rStyle", val=self.ids["annotation reference"]))
        return (
            tag("commentRangeStart", id=number) + inner + tag("commentRangeEnd", id=number)
            + tag("r", style + tag("commentReference", id=number))
        )  # fmt: skip
