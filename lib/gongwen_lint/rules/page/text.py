"""G09–G16: fonts, sizes, colours and indents of the text and of the elements around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from gongwen.findings import Level
from gongwen.profile import Profile
from gongwen.reader.formatting import MeasuredParagraph, Run
from gongwen.reader.roles.typefaces import face_of
from gongwen_lint.manuscript.manuscript import Manuscript, Para, Role
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.page.expected import (
    HANZI,
    PAGE,
    PRACTICE,
    STANDARD,
    chinese,
    clause,
    gathered,
    level_of,
    look_of,
    looked,
    of_roles,
    profile_of,
    size_name,
    span,
    style_of,
)
from gongwen_lint.rules.rule import Rule, Violation

_TEXT: tuple[Role, ...] = (
    "body",
    "list_item",
    "addressee",
    "signature",
    "date",
    "attachment_note",
    "remark",
)
_SIZE_SLACK_PT, _INDENT_SLACK = 0.3, 0.35
_AMBIGUOUS = re.compile("[“”‘’—…·]")
_FIRST_SENTENCE = re.compile(r"[^。：:]*[。：:]")
_HEADED = ("黑体", "楷体")  # what headings within a text, and emphasis, are set in
_DARK = 0x48
_HEX = re.compile(r"[0-9A-Fa-f]{6}\Z")


def face(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """G09：正文和没有特别说明的各要素一般用仿宋体。

    看一段中多数汉字的字体；字体名说明不了字形的（如“华康简标题”）不查。

    好：仿宋、仿宋_GB2312、方正仿宋_GBK。    差：宋体、等线、微软雅黑。
    """
    yield from gathered(manuscript, _faces(manuscript, profile_of(against)))


def _faces(manuscript: Manuscript, profile: Profile) -> Iterator[Violation]:
    for para, seen in of_roles(manuscript, *_TEXT):
        look, wanted = look_of(seen), style_of(para, profile)
        if look is None or wanted is None or para.cell or not look.font:
            continue
        right = face_of(wanted[1].font.east_asian)
        unknown = not look.face and look.font not in ("等线", "DengXian")
        if look.face != right and not unknown and not _run_in(para, look.face):
            path = f"{wanted[0]}.font"
            message = f"字体为{look.font}，一般应为{right}{clause(profile, path)}"
            yield span(para, message=message, level=level_of(profile, path, at_most=Level.WARNING))


def _run_in(para: Para, found: str) -> bool:
    """A short paragraph that is mostly its run-in heading."""
    return (bool(para.level) or para.role == "remark") and found in _HEADED


def size(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """G10：正文和没有特别说明的各要素一般用3号字，版记用4号字。

    好：三号（16磅）。    差：小四号（12磅）、小三号（15磅）。
    """
    yield from gathered(manuscript, _sizes(manuscript, profile_of(against)))


def _sizes(manuscript: Manuscript, profile: Profile) -> Iterator[Violation]:
    for para, seen in of_roles(
        manuscript, *_TEXT, "document_number", "imprint", "attachment_label"
    ):
        look, wanted = look_of(seen), style_of(para, profile)
        if look is None or wanted is None or (para.cell and para.role != "imprint"):
            continue
        right = wanted[1].size_pt
        if abs(look.size_pt - right) > _SIZE_SLACK_PT:
            path = f"{wanted[0]}.size_pt"
            message = f"字号为{size_name(look.size_pt)}，一般应为{size_name(right)}{clause(profile, path)}"
            yield span(para, message=message, level=level_of(profile, path, at_most=Level.WARNING))


def mixed(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """G11：一段之内汉字的字体、字号一致。

    多是从网页或别的文件粘贴来的几个字。段首用黑体、楷体的小标题和成句强调不算；字号不同的都算。

    好：全段三号仿宋。    差：一段仿宋中夹着几个宋体字；“2026年”后面的“全县”大了一号。
    """
    profile_of(against)
    for para, seen in of_roles(manuscript, "body", "list_item", "addressee", "heading"):
        look = look_of(seen)
        if look is None or para.cell:
            continue
        head = _FIRST_SENTENCE.match(para.text)
        for start, run in _placed(seen):
            if not HANZI.search(run.text) or run.position != "baseline":
                continue
            other_face = face_of(run.east_asian)
            strange = (
                other_face and look.face and other_face != look.face and other_face not in _HEADED
            )
            run_in = head is not None and _run_in_edge(
                start, run, head.end(), (other_face, look.face)
            )
            if strange and not run_in:
                message = f"这几个字的字体是{run.east_asian}，本段其余是{look.font}"
            elif abs(run.size_pt - look.size_pt) > _SIZE_SLACK_PT and not run_in:
                message = (
                    f"这几个字的字号是{size_name(run.size_pt)}，本段其余是{size_name(look.size_pt)}"
                )
            else:
                continue
            yield Violation(
                para.number, start, start + len(run.text), message, hint="用格式刷统一。"
            )


def _run_in_edge(start: int, run: Run, head_ends: int, faces: tuple[str, str]) -> bool:
    """True for the run-in heading of a text, and for the text after a heading that is the longer of the two."""
    face, usual = faces
    if start + len(run.text) <= head_ends:
        return face in _HEADED
    return usual in _HEADED and start >= head_ends


def _placed(seen: MeasuredParagraph) -> Iterator[tuple[int, Run]]:
    """Each run with where it begins in the text of its paragraph."""
    at = 0
    for run in seen.runs:
        yield at, run
        at += len(run.text)


def themed(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """G12：写明的字体不能被主题字体盖住。

    文件里同时写着字体名和主题字体时，Word用的是主题字体；在WPS里看着对、到Word里变了，多半是这个原因。

    好：rFonts里只有eastAsia。    差：eastAsia写仿宋，旁边还有eastAsiaTheme，印出来是等线。
    """
    profile_of(against)
    yield from gathered(manuscript, _themes(manuscript))


def _themes(manuscript: Manuscript) -> Iterator[Violation]:
    for para in manuscript.paras:
        for _, seen in looked(para):
            beaten = [
                run for run in chinese(seen.runs)
                if run.theme and run.beaten and face_of(run.beaten) != face_of(run.east_asian)
            ]  # fmt: skip
            if beaten:
                message = (
                    f"写明的字体是{beaten[0].beaten}，实际用的是主题字体{beaten[0].east_asian}"
                )
                yield span(para, message=message, hint="选中文字，重新指定一次中文字体。")


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
        for start, run in _placed(para.measured):
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
            for start, run in _placed(seen):
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


def _indentable(para: Para, seen: MeasuredParagraph) -> bool:
    typed = para.text[:1] in (" ", "　", "\t", "\xa0")
    plain = seen.align in ("left", "both", "distribute") and seen.story == "正文" and not para.label
    hanging = seen.first_line_twips < 0 or (seen.first_line_chars or 0) < 0
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


def _narrow(seen: MeasuredParagraph) -> Iterator[tuple[int, str]]:
    for start, run in _placed(seen):
        if (
            run.hint == "eastAsia"
            or not run.latin
            or run.latin == run.east_asian
            or face_of(run.latin)
        ):
            continue
        for found in _AMBIGUOUS.finditer(run.text):
            if HANZI.search(run.text):
                yield start + found.start(), found[0]


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
