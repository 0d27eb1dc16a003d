"""Where each element of a rendered document stands, beside where it must stand: millimetres from the paper's edges.

`python tests/render/placed.py` writes the table of both, for every profile, to docs/notes/measured.md.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from office import MM_PER_POINT, Glyph, Sheet, convert, dash_centre, sheets
from PIL import Image

from gongwen import profile
from gongwen.document import (
    Attachment,
    Cell,
    Document,
    Heading,
    Note,
    Paragraph,
    Table,
    Text,
    Title,
)
from gongwen.document.elements import arrange, read
from gongwen.profile import Profile
from gongwen.writer.write import write

PROFILES = ("classic", "e-std", "classic-28")
_DOTS = 300
_MM_PER_DOT = 25.4 / _DOTS
_LINE, _TWIPS = 10.39, 25.4 / 1440


def _words(text: str) -> tuple[Text, ...]:
    return (Text(text),)


def _text(paragraphs: int, title: str, *, attached: bool = False) -> Document:
    body = [
        Title((_words(title),)),
        Paragraph(_words("现将有关情况通报如下。")),
        Heading(1, _words("总体情况")),
    ]
    body += [Paragraph(_words("国" * 54))] * paragraphs
    if attached:
        body += [Attachment("考核结果"), Paragraph(_words("附件内容。")), Attachment("问题清单")]
    return Document(tuple(body))


def _wide() -> Table:
    """A table on two turned pages."""
    head = tuple(
        Cell(_words("单位名称" if column == 0 else f"培训人次{column}")) for column in range(14)
    )
    line = (Cell(_words("第一支部")), *[Cell(_words("12"), numeric=True)] * 13)
    return Table((head,), (line,) * 30, "宽表")


_ENDS = {
    "抄送机关": "县委办公室、县政府办公室",
    "印发机关": "示例县委办公室",
    "印发日期": "2026-12-09",
}
_OF = {"发文机关": "中共示例县委组织部", "成文日期": "2026-12-08", "主送机关": "各乡镇党委"}
DOCUMENTS = {
    "文件": arrange(
        _text(0, "关于考核情况的通报", attached=True),
        read({"格式": "文件", "发文字号": "示组发〔2026〕5号", "份号": "000012", "密级和保密期限": "秘密★1年",
              "紧急程度": "特急", "附注": "此件公开发布", **_OF, **_ENDS}),
    ),
    "用印": arrange(_text(1, "关于考核情况的通报"),
                  read({"格式": "文件", "发文字号": "示组发〔2026〕5号", "用印": True, **_OF, **_ENDS})),
    "上行文": arrange(_text(1, "关于申请经费的请示"),
                   read({"格式": "文件", "发文字号": "示组〔2026〕12号", "签发人": ["张三", "李四光"], **_OF, **_ENDS})),
    "信函": arrange(_text(1, "关于协助培训的函"),
                  read({"格式": "信函", "发文字号": "示组函〔2026〕3号", "份号": "000012", **_OF, "抄送机关": "县委办公室"})),
    "横页": Document((Paragraph((Text("国" * 20), Note(_words("甲注" * 3)))), _wide(), Paragraph(_words("国" * 20)))),
    "满页": Document((Paragraph(_words("国" * 28 * 22 * 3)),)),
}  # fmt: skip


@dataclass(frozen=True)
class Placed:
    """One position: what must be, what is, and the clause that says so; `blank` positions are distances."""

    what: str
    clause: str
    required: float
    measured: float
    tolerance: float = 1.0

    @property
    def off(self) -> float:
        return self.measured - self.required


def rendered(folder: Path) -> dict[str, dict[str, Path]]:
    """Every document in every profile as PDF, by profile and name."""
    looks = {name: profile.load(name, [profile.packaged_templates()]) for name in PROFILES}
    files = {
        f"{look} {name}": write(document, looks[look])
        for look in PROFILES
        for name, document in DOCUMENTS.items()
    }
    pdfs = convert(files, folder)
    return {look: {name: pdfs[f"{look} {name}"] for name in DOCUMENTS} for look in PROFILES}


def placements(pdfs: dict[str, Path], look: Profile) -> list[Placed]:
    """All positions of one profile."""
    pages = {name: sheets(pdf) for name, pdf in pdfs.items()}
    return [
        *_header(pages["文件"][0], red_bars(pdfs["文件"], 1), look),
        *_upwards(pages["上行文"][0], look),
        *_closing(pages["文件"], look),
        *_sealed(pages["用印"], look),
        *_attached(pages["文件"], look),
        *_imprint(pages["文件"], look),
        *_letter(pages["信函"], red_bars(pdfs["信函"], 1), look),
        *_full(pdfs["满页"], pages["满页"], look),
        *_turned(pages["横页"], look),
        *_footnote(pages["横页"][0], look),
    ]


def red_bars(pdf: Path, page: int) -> list[tuple[float, float, float, float]]:
    """Red ink by its rows: left, top, right, bottom of each stretch."""
    done = subprocess.run(["pdftoppm", "-r", str(_DOTS), "-f", str(page), "-l", str(page), str(pdf)],
                          check=True, capture_output=True, timeout=120)  # fmt: skip
    dots = np.asarray(Image.open(io.BytesIO(done.stdout)).convert("RGB")).astype(int)
    red = (dots[:, :, 0] > 180) & (dots[:, :, 1] < 110) & (dots[:, :, 2] < 110)
    found: list[list[int]] = []
    for row in red.any(axis=1).nonzero()[0]:
        if found and row - found[-1][1] <= 2:
            found[-1][1] = row
        else:
            found.append([row, row])
    bars = []
    for first, last in found:
        columns = red[first : last + 1].any(axis=0).nonzero()[0]
        bars.append(
            tuple(edge * _MM_PER_DOT for edge in (columns[0], first, columns[-1] + 1, last + 1))
        )
    return bars


def row_of(page: Sheet, text: str) -> list[Glyph]:
    """The glyphs of the first line that holds the text, from its beginning on; the large mark is no line."""
    for row in page.rows():
        if row[0].size_pt > 25 and len(text) > 3:
            continue
        line = "".join(glyph.text for glyph in row)
        if text in line:
            at = line.index(text)
            return row[at : at + len(text)]
    raise LookupError(text)


def _blank(look: Profile, lines: float, above: float, below: float) -> float:
    """Distance between characters that a number of blank lines makes; `above`, `below`: half leadings around it."""
    if look.grid.blank_line == "gap":
        return lines * look.grid.line_twips * _TWIPS
    return lines * look.grid.line_twips * _TWIPS + above + below


def _half(look: Profile, role: str) -> float:
    return look.styles.of(role).half_leading_twips * _TWIPS


def _char(look: Profile) -> float:
    return look.styles.body.char_twips * _TWIPS


def _header(page: Sheet, bars, look: Profile) -> list[Placed]:
    left, top, half = look.page.left_mm, look.page.top_mm, _half(look, "body")
    mark, line = bars[0], bars[1]
    paper_top = 72.0
    number, title, to = row_of(page, "示组发"), row_of(page, "关于考核"), row_of(page, "各乡镇党委")
    pitch = look.grid.line_twips * _TWIPS
    white = (
        (
            look.styles.mark.line_twips / look.styles.mark.size_pt
            - (look.header.mark_ink_share + look.header.mark_ink_height) * 20
        )
        * _size(page)
        * _TWIPS
    )
    return [
        Placed("份号左边缘", "7.2.1", left, row_of(page, "000012")[0].left),
        Placed("份号在第一行", "7.2.1", top + half, row_of(page, "000012")[0].top),
        Placed("密级在第二行", "7.2.2", top + pitch + half, row_of(page, "秘密")[0].top),
        Placed("紧急程度在第三行", "7.2.3", top + 2 * pitch + half, row_of(page, "特急")[0].top),
        Placed("发文机关标志上边缘", "7.2.4", paper_top, mark[1]),
        Placed("发文机关标志居中", "7.2.4", left + look.page.text_width_mm / 2, (mark[0] + mark[2]) / 2),
        Placed("标志至发文字号（空二行）", "7.2.5", _blank(look, 2, white, half), number[0].top - mark[3]),
        Placed("发文字号居中", "7.2.5", left + look.page.text_width_mm / 2,
               (number[0].left + row_of(page, "5号")[-1].right) / 2),
        Placed("发文字号至红线", "7.2.7", 4, line[1] - number[0].bottom),
        Placed("红线左端", "7.2.7", left, line[0], 0.5),
        Placed("红线长", "7.2.7", 156, line[2] - line[0], 0.5),
        Placed("红线至标题（空二行）", "7.3.1", _blank(look, 2, 0, _half(look, "title")), title[0].top - line[3]),
        Placed("标题至主送机关（空一行）", "7.3.2", _blank(look, 1, _half(look, "title"), half), to[0].top - title[0].bottom),
        Placed("主送机关顶格", "7.3.2", left, to[0].left),
        Placed("正文左空二字", "7.3.3", left + 2 * _char(look), row_of(page, "现将有关")[0].left),
    ]  # fmt: skip


def _size(page: Sheet) -> float:
    return max(glyph.size_pt for glyph in page.glyphs)


def _upwards(page: Sheet, look: Profile) -> list[Placed]:
    left, right = look.page.left_mm, look.page.width_mm - look.page.right_mm
    return [
        Placed(
            "上行文发文字号左空一字", "7.2.5", left + _char(look), row_of(page, "示组〔")[0].left
        ),
        Placed("签发人右空一字", "7.2.6", right - _char(look), row_of(page, "李四光")[-1].right),
        Placed(
            "发文字号与签发人同一行",
            "7.2.6",
            row_of(page, "签发人")[0].top,
            row_of(page, "示组〔")[0].top,
            0.1,
        ),
    ]


def _closing(pages: list[Sheet], look: Profile) -> list[Placed]:
    page = next(page for page in pages if any("附件：" in line for line in page.lines()))
    right, half = look.page.width_mm - look.page.right_mm, _half(look, "body")
    last = [row for row in page.rows() if row[0].bottom < row_of(page, "附件：")[0].top][-1]
    second = row_of(page, "2.问题")
    whole_name, whole_day = row_of(page, "中共示例县委组织部"), row_of(page, "2026年12月8日")
    return [
        Placed("正文至附件说明（空一行）", "7.3.4", _blank(look, 1, half, half), row_of(page, "附件：")[0].top - last[0].bottom),
        Placed("附件说明左空二字", "7.3.4", look.page.left_mm + 2 * _char(look), row_of(page, "附件：")[0].left),
        Placed("附件名称上下对齐", "7.3.4", row_of(page, "考核结果")[0].left, second[2].left, 0.3),
        Placed("附件说明至署名（空一行）", "7.3.5.2", _blank(look, 1, half, half), whole_name[0].top - second[0].bottom),
        Placed("署名右空二字", "7.3.5.2", right - 2 * _char(look), whole_name[-1].right),
        Placed("成文日期首字比署名首字右移二字", "7.3.5.2", whole_name[0].left + 2 * _char(look), whole_day[0].left),
        Placed("成文日期在署名下一行", "7.3.5.2", look.grid.line_twips * _TWIPS, whole_day[0].bottom - whole_name[0].bottom, 0.5),
        Placed("附注左空二字（含括号）", "7.3.7", look.page.left_mm + 2 * _char(look), row_of(page, "（此件")[0].left),
    ]  # fmt: skip


def _sealed(pages: list[Sheet], look: Profile) -> list[Placed]:
    page = next(page for page in pages if any("2026年12月8日" in line for line in page.lines()))
    right = look.page.width_mm - look.page.right_mm
    name, day = row_of(page, "中共示例县委组织部"), row_of(page, "2026年12月8日")
    middle = (day[0].left + day[-1].right) / 2
    return [
        Placed("用印时成文日期右空四字", "7.3.5.1", right - 4 * _char(look), day[-1].right),
        Placed("用印时署名居中于日期之上", "7.3.5.1", middle, (name[0].left + name[-1].right) / 2),
    ]


def _attached(pages: list[Sheet], look: Profile) -> list[Placed]:
    page = next(page for page in pages if page.lines()[0] == "附件1")
    label, title = row_of(page, "附件1"), row_of(page, "考核结果")
    pitch = look.grid.line_twips * _TWIPS
    third = look.page.top_mm + 2.5 * pitch
    return [
        Placed("附件二字顶格", "7.3.8", look.page.left_mm, label[0].left),
        Placed("附件二字在第一行", "7.3.8", look.page.top_mm + _half(look, "body"), label[0].top),
        Placed("附件标题在第三行", "7.3.8", third, (title[0].top + title[0].bottom) / 2),
        Placed(
            "附件标题居中", "7.3.8", look.page.left_mm + 78, (title[0].left + title[-1].right) / 2
        ),
    ]


def _imprint(pages: list[Sheet], look: Profile) -> list[Placed]:
    page = pages[-1]
    rules = sorted(page.rules, key=lambda rule: rule[1])
    one = look.styles.imprint.char_twips * _TWIPS
    left, right = look.page.left_mm, look.page.width_mm - look.page.right_mm
    thick = [abs(rule[3] - rule[1]) for rule in rules]
    assert len(pages) % 2 == 0
    return [
        Placed("版记末条线与版心下边缘重合", "7.4.1", 262, rules[-1][3], 0.5),
        Placed("版记线长", "7.4.1", 156, rules[-1][2] - rules[-1][0], 0.5),
        Placed("抄送左空一字", "7.4.2", left + one, row_of(page, "抄送：")[0].left),
        Placed("印发日期右空一字", "7.4.3", right - one, row_of(page, "9日印发")[-1].right),
        Placed("版记线条数", "7.4.1", 3, len(thick), 0),
    ]


def _letter(pages: list[Sheet], bars, look: Profile) -> list[Placed]:
    mark, upper = bars[0], bars[1]
    first, title = row_of(pages[0], "000012"), row_of(pages[0], "关于协助")
    middle = look.page.width_mm / 2
    return [
        Placed("信函标志上边缘", "10.1", 30, mark[1]),
        Placed("信函标志至第一条双线", "10.1", 4, upper[1] - mark[3]),
        Placed("第一条双线长", "10.1", 170, upper[2] - upper[0], 0.5),
        Placed("第一条双线居中", "10.1", middle, (upper[0] + upper[2]) / 2, 0.5),
        Placed("第二条双线距下页边", "10.1", 20, look.page.height_mm - bars[-2][1], 0.5),
        Placed("第二条双线长", "10.1", 170, bars[-1][2] - bars[-1][0], 0.5),
        Placed("双线至份号（3号字高的7/8）", "10.1", 4.84, first[0].top - bars[2][3]),
        Placed("信函发文字号顶右边", "10.1", look.page.width_mm - look.page.right_mm,
               row_of(pages[0], "3号")[-1].right),
        Placed("信函标题（空二行）", "10.1", _blank(look, 2, _half(look, "body"), _half(look, "title")),
               title[0].top - first[0].bottom),
    ]  # fmt: skip


def _full(pdf: Path, pages: list[Sheet], look: Profile) -> list[Placed]:
    bottom = look.page.height_mm - look.page.bottom_mm
    rows = [row for row in pages[1].rows() if row[0].top < bottom]
    spare = look.page.text_height_mm - 22 * look.grid.line_twips * _TWIPS
    half = _half(look, "body")
    number = next(row for row in pages[2].rows() if row[0].top > bottom)
    even = next(row for row in pages[1].rows() if row[0].top > bottom)
    one = 14 * MM_PER_POINT
    dash = 269.0
    return [
        Placed("每面行数", "5.2.3", 22, len(rows), 0),
        Placed("每行字数", "5.2.3", 28, len(rows[0]), 0),
        Placed("首行字上边缘", "5.2.1", look.page.top_mm + half, rows[0][0].top),
        Placed("末行字下边缘", "5.2.1", bottom - half - spare, rows[-1][0].bottom),
        Placed("一字线中心距版心下边缘7毫米（单页）", "7.5", dash, dash_centre(pdf, 3, bottom)),
        Placed("一字线中心距版心下边缘7毫米（双页）", "7.5", dash, dash_centre(pdf, 2, bottom)),
        Placed("单页页码右空一字", "7.5", 184 - one, number[-1].right),
        Placed("双页页码左空一字", "7.5", 28 + one, even[0].left),
    ]


def _turned(pages: list[Sheet], look: Profile) -> list[Placed]:
    """Positions on turned pages, told as on the paper held upright: the left of the page is its foot."""
    page, one = look.page, 14 * MM_PER_POINT
    turned = {
        number % 2: sheet for number, sheet in enumerate(pages, 1) if sheet.width > sheet.height
    }
    lying = {
        odd: [glyph for glyph in sheet.glyphs if not glyph.upright] for odd, sheet in turned.items()
    }
    dash = {odd: sheet.width - (glyphs[0].left + glyphs[0].right) / 2 for (odd, glyphs), sheet in
            zip(lying.items(), turned.values(), strict=True)}  # fmt: skip
    rules = turned[1].rules
    return [
        Placed("横页表格左边（版心下边缘）", "8", page.height_mm - page.bottom_mm,
               turned[1].width - min(rule[0] for rule in rules), 0.5),
        Placed("横页表格右边（版心上边缘）", "8", page.top_mm, turned[1].width - max(rule[2] for rule in rules), 0.5),
        Placed("横页表题距竖页版心左边缘", "8", page.left_mm + _half(look, "caption"),
               row_of(turned[0], "宽表")[0].top),
        Placed("横页页码距版心下边缘7毫米（单页）", "8、7.5", 269, dash[1]),
        Placed("横页页码距版心下边缘7毫米（双页）", "8、7.5", 269, dash[0]),
        Placed("横页单页页码右空一字", "8、7.5", 184 - one, max(glyph.bottom for glyph in lying[1])),
        Placed("横页双页页码左空一字", "8、7.5", 28 + one, min(glyph.top for glyph in lying[0])),
    ]  # fmt: skip


def _footnote(page: Sheet, look: Profile) -> list[Placed]:
    """The last line of the notes stands at the foot of the text area (no standard: how Chinese books are set)."""
    note = row_of(page, "甲注甲注")
    bottom = look.page.height_mm - look.page.bottom_mm
    size = look.styles.footnote.size_pt * MM_PER_POINT
    return [
        Placed("脚注在版心下边缘", "", bottom - _half(look, "footnote"), note[-1].bottom),
        Placed("脚注字高", "", size, note[-1].bottom - note[-1].top, 0.1),
        Placed("脚注左边缘", "", look.page.left_mm, _first_of(page, note).left),
    ]


def _first_of(page: Sheet, row: list[Glyph]) -> Glyph:
    return next(each for each in page.rows() if row[0] in each)[0]


def table(folder: Path) -> str:
    """The table for docs/notes/measured.md."""
    pdfs = rendered(folder)
    found = {
        name: placements(pdfs[name], profile.load(name, [profile.packaged_templates()]))
        for name in PROFILES
    }
    head = "| 位置 | 条款 | " + " | ".join(f"{name}：应为 | 实测 | 差" for name in PROFILES) + " |"
    rule = "|---|---|" + "---:|---:|---:|" * len(PROFILES)
    rows = []
    for same in zip(*found.values(), strict=True):
        cells = " | ".join(
            f"{each.required:.2f} | {each.measured:.2f} | {each.off:+.2f}" for each in same
        )
        rows.append(f"| {same[0].what} | {same[0].clause} | {cells} |")
    return "\n".join([head, rule, *rows])


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        made = table(Path(scratch))
    sys.stdout.write(f"{made}\n")
