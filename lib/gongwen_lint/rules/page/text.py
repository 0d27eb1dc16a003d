"""G13–G16: colours, indents and punctuation of the text; and the table of G09–G16."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from gongwen.findings import Level
from gongwen.profile import Profile
from gongwen.reader.formatting import MeasuredParagraph
from gongwen.reader.roles.typefaces import face_of
from gongwen_lint.manuscript.manuscript import Manuscript, Para
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.page.expected import (
    HANZI,
    PAGE,
    PRACTICE,
    STANDARD,
    clause,
    gathered,
    level_of,
    looked,
    of_roles,
    profile_of,
    span,
)
from gongwen_lint.rules.page.typefaces import face, mixed, placed, size, themed
from gongwen_lint.rules.rule import Rule, Violation

_AMBIGUOUS = re.compile("[“”‘’—…·]")
_DARK = 0x48
_INDENT_SLACK = 0.35
_HEX = re.compile(r"[0-9A-Fa-f]{6}\Z")


def colour(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """G13：如无特殊说明，公文中文字的颜色均为黑色。

    发文机关标志的红色不算；接近黑色的深灰不算；带下划线的网址不算。

    好：自动（黑色）。    差：修改时标红的句子没有改回来；Word自带标题样式的蓝色。
    """
    profile_of(against)
    yield from gathered(manuscript, _colours(manuscript))


def _colours(manuscript: Manuscript) -> Iterator[Violation]:
    for para in manuscript.paras:
        if para.role in ("masthead", "textbox", "footnote") or para.measured is None:
            continue
        for start, run in placed(para.measured):
            if (
                run.text.strip()
                and _coloured(run.color)
                and not (run.underline and run.underline != "none")
            ):
                end = start + len(run.text)
                yield Violation(para.number, start, end, f"文字颜色不是黑色（{run.color}）"
                                                         f"（{STANDARD} 5.2.4）",
                          hint="字体颜色改为“自动”。")  # fmt: skip


def _coloured(color: str) -> bool:
    if not _HEX.match(color):
        return False
    return any(int(color[place : place + 2], 16) > _DARK for place in (0, 2, 4))


def highlighted(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """G14：定稿不留突出显示（荧光笔）的颜色。

    好：没有底色。    差：校对时标黄的数字没有去掉。
    """
    profile_of(against)
    for para in manuscript.paras:
        for _, seen in looked(para):
            for start, run in placed(seen):
                if run.text.strip() and run.highlight not in ("", "none", "white"):
                    yield Violation(para.number, start, start + len(run.text), "这里还留着突出显示的底色",
                              hint="核对后去掉底色。")  # fmt: skip


def first_line(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """G15：每个自然段左空二字，回行顶格。

    按这一段自己的字号折算。用空格敲出来的缩进另由P34说；表格、居中、靠右的段落和悬挂缩进的条目不查。

    好：首行缩进2字符。    差：首行缩进0.74厘米（那是两个五号字，三号字只空1.3字）；没有缩进。
    """
    yield from gathered(manuscript, _first_lines(manuscript, profile_of(against)))


def _first_lines(manuscript: Manuscript, profile: Profile) -> Iterator[Violation]:
    wanted = profile.styles.body.first_line_chars
    path = "styles.body.first_line_chars"
    for para, seen in of_roles(manuscript, "body"):
        chars = seen.first_line_in_chars
        if chars is None or not _indentable(para, seen):
            continue
        left = (
            seen.left_chars
            if seen.left_chars is not None
            else seen.left_twips / (seen.char_twips or 1)
        )
        if abs(left + chars - wanted) > _INDENT_SLACK:
            message = (
                f"段首空{left + chars:.1f}字，应空{wanted:g}字{clause(profile, path)}".replace(
                    ".0字", "字"
                )
            )
            found = span(para, message=message, hint=f"段落→特殊格式→首行缩进{wanted:g}字符。")
            yield replace(found, level=level_of(profile, path, at_most=Level.WARNING))


def _indentable(para: Para, measured: MeasuredParagraph) -> bool:
    typed = para.text[:1] in (" ", "　", "\t", "\xa0")
    plain = (
        measured.align in ("left", "both", "distribute")
        and measured.story == "正文"
        and not para.label
    )
    hanging = measured.first_line_twips < 0 or (measured.first_line_chars or 0) < 0
    return (
        plain and not typed and not hanging and para.cell is None and bool(HANZI.search(para.text))
    )


def punctuation(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """G16：引号、破折号、省略号用中文字体。

    这几个标点中西文共用，Word在没有标明东亚时按西文字体排，引号就成了窄的。只在西文字体与中文字体不同时说。

    好：用中文输入法打的引号。    差：正文数字用Times New Roman，引号也变成Times New Roman的样子。
    """
    profile_of(against)
    yield from gathered(manuscript, _latin_marks(manuscript))


def _latin_marks(manuscript: Manuscript) -> Iterator[Violation]:
    message = "引号、破折号、省略号用了西文字体"
    hint = "选中这些标点，把西文字体也设成与正文相同的中文字体。"
    for para, seen in of_roles(manuscript, "title", "heading", "body", "list_item"):
        for at, _ in _narrow(seen):
            yield Violation(para.number, at, at + 1, message, hint=hint)


def _narrow(measured: MeasuredParagraph) -> Iterator[tuple[int, str]]:
    for start, run in placed(measured):
        if (
            run.hint == "eastAsia"
            or not run.latin
            or run.latin == run.east_asian
            or face_of(run.latin)
        ):
            continue
        for match in _AMBIGUOUS.finditer(run.text):
            if HANZI.search(run.text):
                yield start + match.start(), match[0]


RULES = (
    Rule("G09", "正文字体", "版式", Level.WARNING, f"{STANDARD} 5.2.2", face, PAGE),
    Rule("G10", "正文字号", "版式", Level.WARNING, f"{STANDARD} 5.2.2", size, PAGE),
    Rule("G11", "段内字体字号混用", "版式", Level.WARNING, f"{STANDARD} 5.2.2", mixed, PAGE),
    Rule("G12", "主题字体盖住字体", "版式", Level.WARNING, PRACTICE, themed, PAGE),
    Rule("G13", "文字颜色", "版式", Level.WARNING, f"{STANDARD} 5.2.4", colour, PAGE),
    Rule("G14", "残留底色", "版式", Level.WARNING, PRACTICE, highlighted, PAGE),
    Rule("G15", "段首缩进", "版式", Level.WARNING, f"{STANDARD} 7.3.3", first_line, PAGE),
    Rule("G16", "西文字体的标点", "版式", Level.NOTE, PRACTICE, punctuation, PAGE),
)
