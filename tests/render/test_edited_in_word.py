"""A file changed by hand in Word: nothing lies on anything else, nothing is cut, and all is still where it belongs.

One document of each format, one of each profile; LibreOffice lays them out, and officework where it is
installed (`pip install zhibi[second-opinion]`).
"""

from __future__ import annotations

import io
import re
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

import docx
import layout_engines
import pytest
from edits import INSERTED, ROW, TITLE, edited
from office import Glyph, Sheet, convert, missing, sheets
from page_marks import Marks, read

from gongwen import profile
from gongwen.writer.write import write

GALLERY = Path(__file__).resolve().parents[2] / "docs" / "gallery"
DOCUMENTS = [
    *((name, "classic") for name in ("上行文", "信函", "文件", "纪要", "联合行文", "通报", "长报告")),
    ("文件", "e-std"), ("通报", "classic-28"),
]  # fmt: skip
STAMPED = ("上行文", "文件", "纪要", "联合行文", "通报")
# of the text area and a mark that hangs beside it; the foot of its last line of text
LEFT, RIGHT, FOOT = 27.5, 190.5, 262.6


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """Every document, edited, by name and profile."""
    if lacking := missing():
        pytest.skip(lacking)
    sys.path.insert(0, str(GALLERY))
    import build

    made = {}
    for name, look in DOCUMENTS:
        loaded = profile.load(look, [profile.packaged_templates()])
        whole = write(build.document(GALLERY / "sources" / f"{name}.md"), loaded)
        made[f"{name}-{look}"] = edited(whole)
    return made


@pytest.fixture(scope="module")
def pdfs(files, tmp_path_factory) -> dict[str, Path]:
    return convert(files, tmp_path_factory.mktemp("edited"))


@pytest.fixture(params=[f"{name}-{look}" for name, look in DOCUMENTS])
def name(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def measured(pdfs) -> dict[str, list[Sheet]]:
    return {name: sheets(pdf) for name, pdf in pdfs.items()}


@pytest.fixture(scope="module")
def marks(pdfs) -> dict[str, Marks]:
    return {name: read(pdf) for name, pdf in pdfs.items()}


@pytest.fixture
def pages(measured, name) -> list[Sheet]:
    return measured[name]


def test_every_character_of_the_edited_file_is_printed(files, pages, name):
    _all_printed(files[name], pages)


def _all_printed(content: bytes, pages: list[Sheet]) -> None:
    file = docx.Document(io.BytesIO(content))
    cells = [
        cell.text for table in file.tables for row in table._tbl.tr_lst for cell in _cells(row)
    ]
    wanted = Counter(_hanzi("".join([*(each.text for each in file.paragraphs), *cells])))
    printed = Counter(_hanzi("".join(glyph.text for page in pages for glyph in page.glyphs)))
    assert wanted - printed == Counter()
    assert wanted[INSERTED[0]] >= 2


def _cells(row):
    for cell in row.tc_lst:
        yield docx.table._Cell(cell, None)


def _hanzi(text: str) -> str:
    return re.sub(r"[^\u4e00-\u9fff，。、；：]", "", text)


def test_no_line_lies_on_another(pages):
    _none_on_another(pages)


def _none_on_another(pages: list[Sheet]) -> None:
    for number, page in enumerate(pages, 1):
        for above, below in pairwise(page.rows()):
            touching = [(one, other) for one in above for other in below if _overlap(one, other)]
            assert not touching, (number, touching[0])


def _overlap(one: Glyph, other: Glyph) -> bool:
    """More than a fifth of the smaller em box lies within the other."""
    wide = min(one.right, other.right) - max(one.left, other.left)
    tall = min(one.bottom, other.bottom) - max(one.top, other.top)
    smaller = min(one.bottom - one.top, other.bottom - other.top)
    return one.upright and other.upright and wide > 0.2 * smaller and tall > 0.2 * smaller


def test_nothing_stands_outside_the_text_area_but_the_page_number(pages):
    for number, page in enumerate(pages, 1):
        if page.width > page.height:
            continue  # a turned page; its number stands at the side
        outside = [
            glyph for glyph in page.glyphs
            if not (glyph.left > LEFT and glyph.right < RIGHT)
            or FOOT < glyph.bottom < 266
        ]  # fmt: skip
        assert not outside, (number, "".join(glyph.text for glyph in outside))


def test_no_rule_of_a_table_cuts_its_words(pages):
    for number, page in enumerate(pages, 1):
        rules = [rule for rule in page.rules if rule[3] - rule[1] < 1 < rule[2] - rule[0]]
        cut = [glyph for glyph in page.glyphs if any(_crosses(rule, glyph) for rule in rules)]
        assert not cut, (number, "".join(glyph.text for glyph in cut))


def _crosses(rule, glyph: Glyph) -> bool:
    left, top, right, bottom = rule
    margin = 0.15 * (glyph.bottom - glyph.top)
    inside = glyph.top + margin < (top + bottom) / 2 < glyph.bottom - margin
    return inside and left < glyph.left and glyph.right < right


def test_the_new_title_and_row_are_whole(pages, name):
    text = "".join(line for page in pages for line in page.lines())
    assert TITLE[-6:] in text or "明" in text
    if name.startswith(("通报", "长报告")):
        assert ROW in text


def test_the_imprint_stays_at_the_foot_of_the_last_page(marks, name):
    if not name.startswith(STAMPED):
        return
    place = marks[name].imprint
    assert place is not None
    page, height = place
    assert page == len(marks[name].pages)
    assert height == pytest.approx(262, abs=0.5)


def test_page_numbers_go_on_without_a_gap(marks, name):
    numbers = [page.number for page in marks[name].pages]
    told = [(place, int(each[0])) for place, each in enumerate(numbers, 1) if each]
    assert told
    assert all(place == number for place, number in told)


def test_captions_stay_fields_that_count_themselves(files, name):
    xml = docx.Document(io.BytesIO(files[name])).element.body.xml
    captions = re.findall(r"SEQ \S+ \\\* ARABIC", xml)
    mentions = set(re.findall(r"REF (_Ref\d+)", xml))
    marks = set(re.findall(r'w:name="(_Ref\d+)"', xml))
    assert mentions <= marks
    assert bool(captions) == name.startswith("长报告")


@pytest.fixture(scope="module")
def second(files, tmp_path_factory) -> dict[str, list[Sheet]]:
    """The same in a second program; without the long report, whose turned page number it puts on the text."""
    programs = [each for each in layout_engines.installed() if each.name.startswith("officework")]
    if not programs:
        pytest.skip("没有安装officework。")
    folder = tmp_path_factory.mktemp("second")
    sources = {name: folder / f"{name}.docx" for name in files if not name.startswith("长报告")}
    for name, source in sources.items():
        source.write_bytes(files[name])
    made = layout_engines.convert(programs[0], sources, folder / "pdf")
    return {name: sheets(pdf) for name, pdf in made.items()}


def test_a_second_program_prints_all_of_it_and_lays_no_line_on_another(files, second):
    assert len(second) == len([name for name in files if not name.startswith("长报告")])
    for name, pages in second.items():
        _all_printed(files[name], pages)
        _none_on_another(pages)
