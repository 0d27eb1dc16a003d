"""Every element with a place in the standard stands there, in every profile; 版记 closes an even page, wherever the
text ends (docs/notes/measured.md)."""

from __future__ import annotations

import random
from datetime import date

import pytest
from measured import png
from office import convert, missing, sheets
from placed import DOCUMENTS, PROFILES, placements, rendered

from gongwen import profile
from gongwen.document import (
    Cell,
    Document,
    Figure,
    Heading,
    Imprint,
    Note,
    Paragraph,
    Table,
    Text,
    Title,
)
from gongwen.document.elements import arrange, read
from gongwen.writer.write import write

pytestmark = pytest.mark.render

IMPRINT = Imprint("市委组织部、县委办公室", "", "示例县委办公室", date(2026, 12, 9))
PLAIN, RICH = range(8), (8, 9, 13, 17, 24)  # seeds of the mixed documents
ENDS = [(page, line) for page in (1, 2, 3, 4) for line in (1, 11, 21, 22)]


@pytest.fixture(scope="module")
def placed(tmp_path_factory):
    if lacking := missing():
        pytest.skip(lacking)
    pdfs = rendered(tmp_path_factory.mktemp("placed"))
    looks = {name: profile.load(name, [profile.packaged_templates()]) for name in PROFILES}
    return {name: placements(pdfs[name], looks[name]) for name in PROFILES}


@pytest.mark.parametrize("look", PROFILES)
def test_every_element_stands_where_the_standard_puts_it(placed, look):
    assert len(placed[look]) > 40
    off = {each.what: round(each.off, 2) for each in placed[look] if abs(each.off) > each.tolerance}
    assert off == {}


def ending(page: int, line: int) -> Document:
    """A text that ends on that line of that page."""
    lines = (page - 1) * 22 + line
    return Document((*(Paragraph((Text("国" * 26),)) for _ in range(lines)), IMPRINT))


def wide(rows: int) -> Table:
    """A table too wide for an upright page."""
    head = tuple(
        Cell((Text("单位名称" if column == 0 else f"培训人次{column}"),)) for column in range(14)
    )
    body = tuple(
        (Cell((Text(f"第{row}支部"),)), *[Cell((Text("12"),), numeric=True)] * 13)
        for row in range(rows)
    )
    return Table((head,), body, "宽表", unit="人次")


def mixed(seed: int) -> Document:
    """A document of headings, text in both scripts, tables and pictures, nowhere near a round number of lines.

    From seed 8 on there are footnotes and tables on turned pages too.
    """
    dice = random.Random(seed)
    letters = (
        "党的建设工作基层组织，。；、“”（）2026年598名12.3%进一步加强和改进支部书记考核评议ABC"
    )
    blocks: list = [Title(((Text("关于考核情况的通报"),),))]
    for _ in range(dice.randint(5, 40)):
        kind = dice.random()
        words = "".join(dice.choice(letters) for _ in range(dice.randint(5, 220))).strip("，。；、")
        rows = tuple(
            (Cell((Text(f"第{row}党支部"),)), Cell((Text("国" * dice.randint(2, 40)),)))
            for row in range(9)
        )
        if kind < 0.15:
            blocks.append(Heading(dice.randint(1, 4), (Text("加强组织建设"),)))
        elif kind < 0.22:
            blocks.append(
                Table(
                    ((Cell((Text("单位"),)), Cell((Text("说明"),))),),
                    rows,
                    "表",
                    unit="名",
                    note="注",
                )
            )
        elif kind < 0.26:
            blocks.append(Figure(png(20, 10), 120, dice.randint(40, 90), "图", "图"))
        elif seed >= len(PLAIN) and kind < 0.3:
            blocks.append(wide(dice.randint(1, 40)))
        elif seed >= len(PLAIN) and kind < 0.55:
            blocks.append(
                Paragraph(
                    (Text(words), Note((Text("注" * dice.randint(2, 90)),)), Text("国" * 30 + "。"))
                )
            )
        else:
            blocks.append(Paragraph((Text(words + "。"),)))
    given = {"格式": "文件", "发文机关": "中共示例县委组织部", "发文字号": "示组发〔2026〕5号", "成文日期": "2026-12-08",
             "抄送机关": "县委办公室", "印发机关": "示例县委办公室", "印发日期": "2026-12-09"}  # fmt: skip
    return arrange(Document(tuple(blocks)), read(given))


def crowded() -> Document:
    """A 60-character 发文机关, a title of three lines, 60 organisations to copy to, a heading without text."""
    issuer = "示例省示例市示例县人民政府办公室关于深化改革统筹协调推进领导小组办公室暨乡村振兴示范区建设管理委员会综合协调服务中心联合党委"
    title = "关于进一步加强和改进新时代全县国有企业、机关事业单位基层党组织建设推动高质量发展若干措施落实情况的通报"
    copied = [f"示例单位第{number}办公室" for number in range(60)]
    given = {"格式": "文件", "发文机关": issuer, "发文字号": "示发〔2026〕1号", "抄送机关": copied,
             "印发机关": "办公室", "印发日期": "2026-12-09"}  # fmt: skip
    text = (Title(((Text(title),),)), Heading(1, (Text("空"),)), Heading(2, (Text("也空"),)))
    return arrange(Document(text), read(given))


@pytest.fixture(scope="module")
def last_pages(tmp_path_factory):
    """Number of pages, and the last one, of texts that end everywhere."""
    if lacking := missing():
        pytest.skip(lacking)
    classic = profile.load("classic", [profile.packaged_templates()])
    files = {f"{page}-{line}": write(ending(page, line), classic) for page, line in ENDS}
    files |= {f"mixed-{seed}": write(mixed(seed), classic) for seed in (*PLAIN, *RICH)}
    files["crowded"] = write(crowded(), classic)
    pdfs = convert(files, tmp_path_factory.mktemp("ends"))
    return {name: (pages := sheets(pdf), pages[-1]) for name, pdf in pdfs.items()}


@pytest.mark.parametrize(("page", "line"), ENDS)
def test_the_imprint_closes_an_even_page_wherever_the_text_ends(last_pages, page, line):
    pages, last = last_pages[f"{page}-{line}"]
    room = page % 2 == 0 and line <= 19
    assert len(pages) == (page if room else page + 1 if page % 2 else page + 2)
    assert max(rule[3] for rule in last.rules) == pytest.approx(262, abs=0.5)
    assert any(text.startswith("抄送：") for text in last.lines())


@pytest.mark.parametrize("seed", [*PLAIN, *RICH])
def test_pages_are_counted_right_in_mixed_documents(last_pages, seed):
    pages, last = last_pages[f"mixed-{seed}"]
    assert len(pages) % 2 == 0
    assert max(rule[3] for rule in last.rules) == pytest.approx(262, abs=0.5)


def test_names_and_lists_of_any_length_stay_inside_the_text_area(last_pages):
    pages, last = last_pages["crowded"]
    assert len(pages) % 2 == 0
    assert max(rule[3] for rule in last.rules) == pytest.approx(262, abs=0.5)
    assert all(
        glyph.left >= 27.5 and glyph.right <= 184.5 for page in pages for glyph in page.glyphs
    )
    mark = [line for line in pages[0].rows() if line[0].size_pt >= 24]
    assert 2 <= len(mark) <= 5


@pytest.mark.parametrize(
    ("line", "numbered"), [(11, ["— 1 —", "— 2 —"]), (22, ["— 1 —", "— 2 —", "", ""])]
)
def test_a_blank_side_and_the_imprint_behind_it_carry_no_number(last_pages, line, numbered):
    pages, _ = last_pages[f"2-{line}"]
    assert [next((text for text in page.lines() if "—" in text), "") for page in pages] == numbered


def test_every_document_of_the_measured_set_is_measured():
    assert set(DOCUMENTS) == {"文件", "用印", "上行文", "信函", "横页", "满页"}
