"""G17–G22: title and heading ladder: their faces, sizes and places, and whether Word knows them for what they are."""

from __future__ import annotations

from collections.abc import Iterator

from gongwen.findings import Level
from gongwen.profile import Profile
from gongwen.reader.formatting import MeasuredParagraph
from gongwen.reader.roles.typefaces import face_of
from gongwen_lint.manuscript.manuscript import Manuscript, Para
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.page.expected import (
    PAGE,
    PRACTICE,
    STANDARD,
    clause,
    gathered,
    level_of,
    look_of,
    of_roles,
    profile_of,
    size_name,
    span,
    style_of,
)
from gongwen_lint.rules.rule import Rule, Violation

_SIZE_SLACK_PT = 0.3
_MOST_LEVELS = 4


def title(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """G17：标题一般用2号小标宋体字，居中编排。

    宋体加粗是没有小标宋时常见的替代，只作提示。

    好：方正小标宋简体二号，居中。    差：黑体三号；宋体二号加粗；左对齐。
    """
    profile = profile_of(against)
    for para, seen in of_roles(manuscript, "title"):
        look, style = look_of(seen), profile.styles.title
        if look is None:
            continue
        right = face_of(style.font.east_asian)
        wrong = []
        if look.face and look.face != right:
            wrong.append((f"字体为{look.font}，一般应为{right}", "font"))
        if abs(look.size_pt - style.size_pt) > _SIZE_SLACK_PT:
            wrong.append(
                (f"字号为{size_name(look.size_pt)}，一般应为{size_name(style.size_pt)}", "size_pt")
            )
        if (
            seen.align != style.align
            and seen.align in ("left", "both", "right")
            and not _spaced_out(para)
        ):
            wrong.append(("没有居中", "align"))
        for message, name in wrong:
            path = f"styles.title.{name}"
            level = level_of(profile, path, at_most=Level.WARNING)
            mild = look.face == "宋体" and look.bold and name == "font"
            yield span(
                para,
                message=f"标题{message}{clause(profile, path)}",
                level=Level.NOTE if mild else level,
            )


def _spaced_out(para: Para) -> bool:
    return para.text[:1] in (" ", "　", "\t")


def ladder_faces(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """G18：结构层次第一层用黑体字，第二层用楷体字，第三层、第四层用仿宋体字。

    只看单独成段的小标题。第三、四层加粗是各地常见做法，不说。

    好：一、（黑体）→（一）（楷体）→1.（仿宋）→（1）（仿宋）。    差：一、用宋体加粗；（一）用黑体。
    """
    yield from gathered(manuscript, _wrong_faces(manuscript, profile_of(against)))


def _wrong_faces(manuscript: Manuscript, profile: Profile) -> Iterator[Violation]:
    for para, look_path, right in _headings(manuscript, profile):
        look = look_of(para.measured) if para.measured else None
        if look is not None and look.face and look.face != right:
            path = f"{look_path}.font"
            message = (
                f"第{para.level}层标题字体为{look.font}，一般应为{right}{clause(profile, path)}"
            )
            yield span(para, message=message, level=level_of(profile, path, at_most=Level.WARNING))


def _headings(manuscript: Manuscript, profile: Profile) -> Iterator[tuple[Para, str, str]]:
    """Headings that stand alone, with the path of their style and the class of its typeface."""
    for para, _ in of_roles(manuscript, "heading"):
        wanted = style_of(para, profile)
        if wanted is not None and para.level <= _MOST_LEVELS and para.cell is None:
            yield para, wanted[0], face_of(wanted[1].font.east_asian)


def ladder_sizes(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """G19：各层小标题一般用3号字，与正文同号。

    好：三号。    差：一、用二号，（一）用小二号，层层缩小。
    """
    profile = profile_of(against)
    hits = []
    for para, path, _ in _headings(manuscript, profile):
        look, wanted = look_of(para.measured) if para.measured else None, style_of(para, profile)
        if (
            look is not None
            and wanted is not None
            and abs(look.size_pt - wanted[1].size_pt) > _SIZE_SLACK_PT
        ):
            message = (f"第{para.level}层标题字号为{size_name(look.size_pt)}，"
                       f"一般应为{size_name(wanted[1].size_pt)}"
                    f"{clause(profile, f'{path}.size_pt')}")  # fmt: skip
            level = level_of(profile, f"{path}.size_pt", at_most=Level.WARNING)
            hits.append(span(para, message=message, level=level))
    yield from gathered(manuscript, hits)


def no_outline(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """G20：小标题用标题样式，Word才认得它是标题。

    看着像标题、大纲级别却是正文的，导航窗格里没有，目录也收不进去。全文没有三个小标题的不说。

    好：“一、基本情况”用“标题 1”样式。    差：正文样式加黑体、加粗。
    """
    profile_of(against)
    found = [span(para, message="小标题没有用标题样式，导航窗格和目录里没有它", hint="套用“标题 1、2、3”样式。")
             for para, seen in of_roles(manuscript, "heading") if not seen.outline and para.cell is None]  # fmt: skip
    if len(found) > 2:  # noqa: PLR2004  # a page with one or two headings needs no outline
        yield from gathered(manuscript, found)


def text_as_heading(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """G21：正文不用标题样式。

    好：正文用“正文”或“正文文本”样式。    差：整段话套了“标题 2”，目录里跟着出现一大段。
    """
    two_lines = 2 * profile_of(against).grid.chars
    for para, seen in of_roles(manuscript, "body"):
        if seen.outline and not para.level and len(para.text) > two_lines:
            yield span(para, message=f"整段正文用了标题样式（{seen.style or f'大纲{seen.outline}级'}）",
                       hint="改用正文样式，或把大纲级别改为“正文文本”。")  # fmt: skip


def stranded(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """G22：小标题与下文同页。

    没有“与下段同页”的小标题可能落在一面的最后一行。只在用了标题样式、样式里却关掉了这一项时提示。

    好：段落→换行和分页→与下段同页。    差：标题样式关了“与下段同页”。
    """
    profile_of(against)
    found = [span(para, message="小标题没有设“与下段同页”，可能落在一面的末行", hint="段落→换行和分页→勾选“与下段同页”。")
             for para, seen in of_roles(manuscript, "heading") if _loose(para, seen)]  # fmt: skip
    yield from gathered(manuscript, found)


def _loose(para: Para, measured: MeasuredParagraph) -> bool:
    return bool(measured.outline) and not measured.keep_next and para.cell is None


RULES = (
    Rule("G17", "标题的样子", "版式", Level.WARNING, f"{STANDARD} 7.3.1", title, PAGE),
    Rule("G18", "各层标题字体", "版式", Level.WARNING, f"{STANDARD} 7.3.3", ladder_faces, PAGE),
    Rule("G19", "各层标题字号", "版式", Level.WARNING, f"{STANDARD} 5.2.2", ladder_sizes, PAGE),
    Rule("G20", "标题没有大纲级别", "版式", Level.NOTE, PRACTICE, no_outline, PAGE),
    Rule("G21", "正文用了标题样式", "版式", Level.NOTE, PRACTICE, text_as_heading, PAGE),
    Rule("G22", "标题可能落单", "版式", Level.NOTE, PRACTICE, stranded, PAGE),
)
