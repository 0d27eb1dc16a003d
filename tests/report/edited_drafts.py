"""Drafts edited at random and saved by LibreOffice, and what a comparison must find in them.

`python tests/report/edited_drafts.py 500 报告文件夹…` makes so many edits and prints what was missed or wrongly claimed.
"""

from __future__ import annotations

import copy
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import docx
from docx.oxml.ns import qn

from zhibi.report.checking.edits import compare as comparing

DIGITS = re.compile(r"\d+(?:\.\d+)?")
EACH = 8  # edits in one draft
SENTENCES = (
    "另外走访群众{}户。",
    "各支部报送信息{}条，刊用{}条。",
    "会议开得很好。",
    "有关情况另行报告。",
)
Numbers = Counter[tuple[str, str]]  # before and after, empty where there was none or is none


@dataclass
class Draft:
    """An edited draft and the numbers that were changed, put in or taken out."""

    path: Path
    run: Path
    expected: Numbers = field(default_factory=Counter)
    edits: list[str] = field(default_factory=list)


def edited(run: Path, target: Path, dice: random.Random, count: int = EACH) -> Draft:
    """A copy of a report with so many edits, no paragraph or table edited twice."""
    document = docx.Document(str(run / "报告.docx"))
    draft = Draft(target, run)
    body = [each for each in document.paragraphs if _is_text(each)]
    dice.shuffle(body)
    tables = [each for each in document.tables if len(each.rows) > 4]
    dice.shuffle(tables)
    for _ in range(count):
        choice = dice.random()
        if choice < 0.25 and tables:
            _row(tables.pop(), draft, dice)
        elif body:
            _paragraph(body.pop(), draft, dice)
    document.save(str(target))
    return draft


def _is_text(paragraph) -> bool:
    plain = not paragraph._p.findall(f".//{qn('w:fldChar')}") and not paragraph._p.findall(
        f".//{qn('w:drawing')}"
    )
    return plain and paragraph.text.count("。") > 0 and len(paragraph.text) > 15


def _paragraph(paragraph, draft: Draft, dice: random.Random) -> None:
    choice = dice.random()
    numbers = [match for match in DIGITS.finditer(paragraph.text) if len(match[0]) < 9]
    if choice < 0.55 and numbers:
        _digit(paragraph, dice.choice(numbers), draft, dice)
    elif choice < 0.75:
        words = dice.choice(SENTENCES)
        words = words.format(*(dice.randint(1001, 9999) for _ in range(words.count("{}"))))
        paragraph.add_run(words)
        draft.expected.update(("", match[0]) for match in DIGITS.finditer(words))
        draft.edits.append(f"增 {words}")
    elif choice < 0.95:
        _sentence_gone(paragraph, draft, dice)
    else:
        draft.expected.update((match[0], "") for match in DIGITS.finditer(paragraph.text))
        draft.edits.append(f"删段 {paragraph.text[:30]}")
        paragraph._p.getparent().remove(paragraph._p)


def _digit(paragraph, match: re.Match[str], draft: Draft, dice: random.Random) -> None:
    place = dice.choice([at for at in range(*match.span()) if paragraph.text[at].isdigit()])
    old = paragraph.text[place]
    new = dice.choice([each for each in "123456789" if each != old])
    after = match[0][: place - match.start()] + new + match[0][place - match.start() + 1 :]
    _replace(paragraph, place, place + 1, new)
    draft.expected[match[0], after] += 1
    draft.edits.append(f"改 {match[0]}→{after} {paragraph.text[:20]}")


def _sentence_gone(paragraph, draft: Draft, dice: random.Random) -> None:
    found = list(re.finditer(r"[^。]+。", paragraph.text))
    if len(found) < 2:
        return
    match = dice.choice(found)
    draft.expected.update((number[0], "") for number in DIGITS.finditer(match[0]))
    draft.edits.append(f"删句 {match[0][:40]}")
    _replace(paragraph, *match.span(), "")


def _replace(paragraph, start: int, end: int, words: str) -> None:
    """Other words in the place of some characters, whatever runs they stand in."""
    at = 0
    for run in paragraph.runs:
        text = run.text
        first, last = max(start - at, 0), min(end - at, len(text))
        if first < last:
            run.text = text[:first] + words + text[last:]
            words = ""
        at += len(text)


def _row(table, draft: Draft, dice: random.Random) -> None:
    rows = table.rows[2:]
    row = dice.choice(list(rows))
    texts = [cell.text for cell in row.cells]
    if any(f"w:{name}" in row._tr.xml for name in ("vMerge", "gridSpan")):
        return
    choice = dice.random()
    if choice < 0.3:
        draft.expected.update((number[0], "") for text in texts for number in DIGITS.finditer(text))
        draft.edits.append(f"删行 {texts}")
        row._tr.getparent().remove(row._tr)
    elif choice < 0.5:
        added = copy.deepcopy(row._tr)
        row._tr.addnext(added)
        name = next(row for row in table.rows if row._tr is added)
        for number, cell in enumerate(name.cells):
            _set(cell, "新增单位" if number == 0 else str(dice.randint(10001, 99999)))
            words = cell.text
            draft.expected.update(("", match[0]) for match in DIGITS.finditer(words))
        draft.edits.append("增行")
    else:
        cells = [cell for cell in row.cells if re.fullmatch(r"\d+(\.\d+)?", cell.text)]
        if cells:
            cell = dice.choice(cells)
            before, after = cell.text, str(int(float(cell.text)) + dice.randint(1, 7))
            _set(cell, after)
            draft.expected[before, after] += 1
            draft.edits.append(f"改格 {before}→{after}")


def _set(cell, words: str) -> None:
    first, *others = cell.paragraphs
    for run in first.runs[1:]:
        run._r.getparent().remove(run._r)
    for paragraph in others:
        paragraph._p.getparent().remove(paragraph._p)
    if first.runs:
        first.runs[0].text = words
    else:
        first.add_run(words)


def through_office(files: list[Path], folder: Path) -> None:
    """Every file opened and saved again as .docx by LibreOffice, under the same name in the folder."""
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "docx:MS Word 2007 XML",
             "--outdir", str(folder), *map(str, files)],
            check=True, capture_output=True, timeout=280,
        )  # fmt: skip


def found(draft: Draft, saved: Path) -> Numbers:
    """What the comparison says of numbers in figures."""
    claimed: Numbers = Counter()
    for edit in comparing.compare(saved, draft.run).edits:
        for each in edit.figures:
            before, after = (
                DIGITS.search(text) for text in (each.change.before, each.change.after)
            )
            if before or after:
                claimed[before[0] if before else "", after[0] if after else ""] += 1
    return claimed


def wrong(draft: Draft, saved: Path) -> Iterator[str]:
    """A line for each number missed and each claimed falsely.

    A sentence with other digits may also be told as one taken out and another put in: both tell the same numbers.
    """
    claimed = _halves(found(draft, saved))
    expected = _halves(draft.expected)
    yield from (f"漏 {each} {draft.edits}" for each in (expected - claimed).elements())
    yield from (f"误 {each} {draft.edits}" for each in (claimed - expected).elements())


def _halves(numbers: Numbers) -> Counter[tuple[str, str]]:
    halves: Counter[tuple[str, str]] = Counter()
    for (before, after), count in numbers.items():
        if before:
            halves["前", before] += count
        if after:
            halves["后", after] += count
    return halves


def trial(runs: list[Path], count: int, seed: int, folder: Path) -> tuple[int, list[str]]:
    """So many edits of these reports through LibreOffice: how many were made, and what was wrong."""
    dice = random.Random(seed)
    sources, saved = folder / "改", folder / "存"
    sources.mkdir()
    saved.mkdir()
    drafts: list[Draft] = []
    while sum(len(draft.edits) for draft in drafts) < count:
        number = len(drafts)
        drafts.append(edited(runs[number % len(runs)], sources / f"{number}.docx", dice))
    for start in range(0, len(drafts), 20):
        through_office([draft.path for draft in drafts[start : start + 20]], saved)
    faults = [line for draft in drafts for line in wrong(draft, saved / draft.path.name)]
    return sum(len(draft.edits) for draft in drafts), faults


if __name__ == "__main__":
    comparing.original = lru_cache(comparing.original)  # a run is read once, not once a draft
    scratch = Path(tempfile.mkdtemp(prefix="edits-"))
    made, faults = trial([Path(each) for each in sys.argv[2:]], int(sys.argv[1]), 20260701, scratch)
    sys.stdout.write("\n".join([f"{made}处改动，漏报误报{len(faults)}处", *faults, ""]))
    shutil.rmtree(scratch)
