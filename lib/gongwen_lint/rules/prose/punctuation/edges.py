"""P30–P34, P40, P41: ends of headings and captions, blanks, residue of other formats."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from gongwen.findings import Level
from gongwen_lint.manuscript.manuscript import Manuscript
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.prose.substitution import CUSTOM, FORMAT, PUNCTUATION, swap
from gongwen_lint.rules.rule import Rule, Violation

_LONGEST_HEADING = 30
_RUN_IN_FROM = 3  # headings from 1. down are often the first sentence of their paragraph
_END = re.compile(r"[。；：，、.;:,]$")
_INSIDE = re.compile(r"[。；，！？]")
_STATUTORY = re.compile(r"^关于.*的(?:通知|通报|报告|请示|批复|意见|函|决定|公告|通告|纪要)$")
_IN_TITLE = re.compile(r"[，。、；：！？,;!?]")
_QUOTED = re.compile(r"“[^“”\n]*”|《[^《》\n]*》|（[^（）\n]*）")
_HANZI = re.compile(r"[\u4e00-\u9fff]")
_INDENT = re.compile(r"^[ \u3000\t]+(?=\S)")


_COUNTED = "年|月|日|时|个|名|人|次|项|家|户|件|支|万|亿|元|%|％|岁|倍|条"


def heading_end(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """P30：独立成行的标题末尾不用点号。

    只看标题和一、二级小标题；标题后面接着写正文的不算。

    好：一、总体要求    差：一、总体要求。
    """
    del against
    for para, words in manuscript.read_by_prose:
        if para.role != "title" and not (para.role == "heading" and para.level < _RUN_IN_FROM):
            continue
        end = _END.search(words)
        if end and len(words) <= _LONGEST_HEADING and not _INSIDE.search(words[:-1]):
            yield Violation(para.number, end.start(), end.end(), "标题末尾用了点号", "", fix="A")


def marks_in_title(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """P31：公文标题中除书名号、引号等以外，一般不用标点。

    只看“关于……的通知”这类法定公文标题。

    好：关于甲和乙的通知    差：关于甲，乙的通知
    """
    del against
    for para, words in manuscript.read_by_prose:
        if para.role == "title" and _STATUTORY.search(words):
            plain = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), words)
            for mark in _IN_TITLE.finditer(plain):
                if mark[0] != "、":
                    yield Violation(para.number, mark.start(), mark.end(), "公文标题中一般不用标点")


def typed_indent(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """P34：首行缩进由段落格式给出，不用空格敲出来。

    只看 Word 文件的正文段落；段落已有首行缩进的由 --fix 删去空格，没有的只指出。

    好：段落格式设首行缩进2字符    差：段首敲两个全角空格
    """
    del against
    if manuscript.kind != "docx":
        return
    for para in manuscript.paras:
        if (
            para.role == "body"
            and _HANZI.search(para.text[:12])
            and (blank := _INDENT.match(para.text))
        ):
            indented = para.measured is not None and para.measured.first_line_twips > 0
            replacement, fix = ("", "A") if indented else (None, "S")
            message, hint = (
                "段首用空格缩进",
                "" if indented else "请删去空格，在段落格式中设首行缩进2字符。",
            )
            yield Violation(
                para.number, 0, blank.end(), message, replacement, hint, "A" if fix == "A" else "S"
            )


def _ordinal(match: re.Match[str]) -> str:
    plain = unicodedata.normalize("NFKC", match[0])
    return f"（{plain[1:-1]}）" if plain.startswith("(") else plain


RULES: tuple[Rule, ...] = (
    Rule("P30", "标题末尾有点号", "文字", Level.WARNING, f"{PUNCTUATION}、{CUSTOM}", heading_end, fix="A"),
    Rule("P31", "公文标题中用了标点", "文字", Level.NOTE, CUSTOM, marks_in_title),
    swap(
        "P32", "图表标题、附件名称末尾有标点", (r"(?<=[汉）”》\d])[。；，;,](?=$)", ""),
        fix="A", basis=f"{FORMAT} 7.3.4、{PUNCTUATION} 附录A", only=("caption", "attachment_note", "attachment_title"),
        bad="图1 职工人数。", good="图1 职工人数",
    ),
    swap(
        "P33", "汉字与数字之间有空格",
        (rf"(?<=\d)[ \u00a0]+(?=(?:{_COUNTED})[^:]?)", ""),
        (r"(?<=[年月至约达有共近超])[ \u00a0]+(?=\d)|(?<=[，。、；！？”）])[ \u00a0](?=[汉“《\d])|(?<=：)[ \u00a0](?=[汉“《\d])(?![汉]{1,6}：)", ""),
        (rf"(?<=[汉])[ \u00a0](?=\d[\d.,]*[ \u00a0]?(?:{_COUNTED})[汉]{{0,6}}[，。；、）])", ""),
        if_any=(" ", "\u00a0"),
        fix="A", basis=CUSTOM, never=("table_cell", "caption", "contents", "masthead", "imprint", "reference"), kinds=("docx", "txt", "md"),
        bad="2023 年 1 月", good="2023年1月",
    ),
    Rule("P34", "用空格缩进", "文字", Level.NOTE, f"{FORMAT} 7.3.3", typed_indent, fix="A"),
    swap(
        "P40", "留有 Markdown 标记", (r"\*\*([^*\n]*[汉][^*\n]*)\*\*", r"\1"), (r"^#{1,6} +(?=\S)", ""),
        fix="G", basis=CUSTOM, kinds=("docx", "txt"), message="留有 Markdown 标记（** 或 #）", bad="**重点**工作", good="重点工作",
    ),
    swap(
        "P41", "序号用了合成字符", (r"[㈠-㈩⑴-⒇⒈-⒛]", _ordinal),
        fix="A", level=Level.NOTE, basis=f"{FORMAT} 7.3.3", message="序号用了不便修改的合成字符", bad="㈠基本情况", good="（一）基本情况",
    ),
)  # fmt: skip
