"""Documents, the example workbook and Word files -> errors that show only beside other things, for `precision.py`.

A document is held against the example county's workbook, against last year's text or, laid out as a Word file, against the official
form; each planter changes one thing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm
from plants import Lines
from wild import ROOT

from dangjian import DOMAIN
from gongwen import profile as profiles
from gongwen_lint.manuscript import reading
from gongwen_lint.manuscript.manuscript import Manuscript
from gongwen_lint.reference_data import Figure, ReferenceData
from gongwen_lint.rules import registry
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.runner import Diagnostic, examine
from zhibi.report.checking import context
from zhibi.report.checking.official_form import laid_out

WORKBOOK = ROOT / "data/示例县.xlsx"
DESIGN = profiles.load("classic", (profiles.packaged_templates(),))
_ENOUGH = 40  # characters of a paragraph


def held(lines: Lines, against: CheckContext) -> tuple[Diagnostic, ...]:
    """What is said of a text at all, held against something."""
    return examine(text_of(lines), registry.RULES, against)


def text_of(lines: Lines) -> Manuscript:
    """The lines as a text file."""
    return reading.from_bytes("\n".join(lines).encode(), "稿.txt")


@cache
def workbook() -> CheckContext:
    """What the example county's workbook holds."""
    built = context.build(ROOT, context.Named(data=WORKBOOK))
    return CheckContext(lore=DOMAIN.lore, data=built.data)


def anonymous(known: CheckContext) -> CheckContext:
    """The same workbook with its names to be left out."""
    assert known.data is not None
    return replace(known, data=replace(known.data, anonymous=True))


def _figure(rng: Random, data: ReferenceData, *, blank: bool) -> Figure | None:
    able = [each for each in data.figures if (each.value is None) is blank]
    return rng.choice(able) if able else None


def contradiction(rng: Random, data: ReferenceData) -> str:
    """Another number than the workbook's."""
    figure = _figure(rng, data, blank=False)
    if figure is None or figure.value is None or data.as_of is None:
        return ""
    day = f"{data.as_of.year}年{data.as_of.month}月{data.as_of.day}日"
    number = figure.value + rng.randint(3, 40)
    return f"截至{day}，{figure.subjects[0]}共有{figure.metrics[0]}{number}{figure.unit}。"


def nought(rng: Random, data: ReferenceData) -> str:
    """0 for what was left blank."""
    figure = _figure(rng, data, blank=True)
    return f"{figure.subjects[0]}有{figure.metrics[0]}0{figure.unit}。" if figure else ""


def person(rng: Random, data: ReferenceData) -> str:
    """A name that was to be left out."""
    return f"谈到这件事，{rng.choice(data.people).name}说：“要抓紧办。”" if data.people else ""


Sentence = Callable[[Random, ReferenceData], str]
HELD: Mapping[str, tuple[str, Sentence]] = {"K07": ("与工作簿不符", contradiction), "K30": ("未填报写成0", nought)}  # fmt: skip


def behind(rng: Random, lines: Lines, sentence: str) -> Lines | None:
    """The sentence behind one of the paragraphs."""
    able = [at for at, line in enumerate(lines) if len(line) > _ENOUGH and line.endswith("。")]
    if not able or not sentence:
        return None
    at = rng.choice(able)
    return (*lines[:at], f"{lines[at]}{sentence}", *lines[at + 1 :])


def word(path: Path) -> bytes:
    """The document in official form."""
    return laid_out(path, DESIGN).content


def of_word(content: bytes) -> tuple[Diagnostic, ...]:
    """What the rules of form say of a Word file."""
    manuscript = reading.from_bytes(content, "稿.docx")
    rules = [rule for rule in registry.RULES if rule.family == "版式"]
    return examine(manuscript, rules, CheckContext(profile=DESIGN))


def _paper(document: Document) -> None:
    for section in document.sections:
        section.page_width, section.page_height = Mm(215.9), Mm(279.4)


def _margins(document: Document) -> None:
    for section in document.sections:
        section.top_margin, section.left_margin = Mm(25.4), Mm(31.8)


def _footers(document: Document) -> Iterator[docx.text.paragraph.Paragraph]:
    for section in document.sections:
        for footer in (section.footer, section.even_page_footer):
            if not footer.is_linked_to_previous:
                yield from footer.paragraphs


def _no_numbers(document: Document) -> None:
    for paragraph in _footers(document):
        paragraph.clear()


def _other_dashes(document: Document) -> None:
    for paragraph in _footers(document):
        for run in paragraph.runs:
            if run.text.strip() == "—":
                run.text = run.text.replace("—", "-")


def _centred(document: Document) -> None:
    for paragraph in _footers(document):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


FORMS: Mapping[str, Callable[[Document], None]] = {
    "G01": _paper, "G02": _margins, "G05": _no_numbers, "G06": _other_dashes, "G07": _centred,
}  # fmt: skip


def changed(content: bytes, change: Callable[[Document], None]) -> bytes:
    """The Word file with one thing done to it."""
    document = docx.Document(BytesIO(content))
    change(document)
    made = BytesIO()
    document.save(made)
    return made.getvalue()
