"""An executed notebook and its layout -> a draft.

The document, and what is wrong with it before it is written.

`zhibi run`, the batch, nbconvert's exporter, the workbench and the warm-up all make their document here.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from nbformat.notebooknode import NotebookNode

from gongwen.chinese.pseudonyms import Pseudonyms
from gongwen.document import Document, elements
from gongwen.document.elements import Elements
from gongwen.findings import Finding
from gongwen.profile import Profile
from gongwen.writer.layout.findings import remarks
from gongwen.writer.write import Screen, on_screen, write
from gongwen_lint.rules import document as document_rules
from zhibi.notebook.file import About
from zhibi.report import extract
from zhibi.report.checking import anonymity


@dataclass(frozen=True, slots=True)
class Layout:
    """How a notebook becomes a document.

    `about` is None for a notebook that never heard of us: its figures need no origin then.
    `names` are the names that an anonymised document must not print.
    """

    about: About | None
    elements: Elements
    profile: Profile
    names: Pseudonyms | None = None
    folder: Path | None = None  # where the notebook lies: a plain one may show pictures beside it


@dataclass(frozen=True, slots=True)
class Draft:
    """A document that is not written yet, and the findings on it."""

    document: Document
    findings: tuple[Finding, ...]
    profile: Profile

    def word(self, *, review: bool = False) -> bytes:
        """The Word file; with `review` every figure has a comment that names its origin."""
        return write(self.document, self.profile, review=review)

    def on_screen(self, *, beginning: bool = False) -> Screen:
        """Its pages for a browser to show, or their beginning."""
        return on_screen(self.document, self.profile, beginning=beginning)


def render(notebook: NotebookNode, layout: Layout) -> Draft:
    """What the cells show, arranged as a document and checked; nothing is written."""
    shown, notes = extract.read(notebook, layout.about, layout.folder)
    document = elements.arrange(shown, layout.elements)
    findings = (
        *notes,
        *document_rules.check(document, traced=layout.about is not None),
        *anonymity.check(document, layout.names),
        *remarks(document, layout.profile),
    )
    return Draft(document, findings, layout.profile)
