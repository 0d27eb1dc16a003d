"""P01–P04, P35, P36, P38, P39: marks and letters of the wrong width, and characters that only look right."""

from __future__ import annotations

import re
import unicodedata

from gongwen.findings import Level
from gongwen_lint.rules.prose.substitution import CUSTOM, NUMERALS, swap
from gongwen_lint.rules.rule import Rule

_FULL = {":": "：", ";": "；", "?": "？", "!": "！"}
_CODE = re.compile(
    r"[A-Za-z_]\w*\(.*\)\s*[;{:]?\s*$|[{};]\s*$|[A-Za-z_]\w*\s*=\s*[\w\"'(]|^\s*(?:def|import|from|return|print|var|let|const|SELECT|select)\b"
)
# a whole line that is a call, an assignment, or begins as a statement does
_STATEMENT = re.compile(
    r"\s*(?:[A-Za-z_][\w.]*\(.*\)\s*;?\s*$|[A-Za-z_][\w.\[\]]*\s*[-+*/]?=(?!=)|(?:def|import|from|return|print|var|let|const|select)\b)",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"^\s*[\[［【]\d{1,3}[\]］】]|\[(?:[JMDNCRPSZG]|EB/OL|J/OL)\]")
_CLAUSE = 6  # characters of a sentence that ends
_SHORT_CLAUSE = 4  # characters, behind a comma
_AMOUNT = re.compile(r"\d[%％]?[个名人件次家户处场篇项分起万元亿]{0,2}$")
# characters that foreign names are written with
_OF_NAMES = frozenset(
    "亚阿艾埃安奥巴贝比波布查达戴德迪多厄恩尔法菲费弗福盖戈格哈海亨霍基杰卡凯康科克拉莱兰勒雷里利列林鲁卢伦罗洛"
    "马迈曼梅米莫姆纳奈内尼努诺帕佩皮普奇乔切瑞萨塞森莎山大什史斯苏索塔泰特托瓦威维温沃乌西希谢休修雅伊约泽詹朱兹历翰"
)
_LABEL = re.compile(r"[一二三四五六七八九十]{1,3}$|[（(]$")


def is_code(line: str) -> bool:
    """True for a line of a program: its brackets and quotes are its own."""
    return bool(_CODE.search(line))


def _full(match: re.Match[str]) -> str | None:
    return None if _STATEMENT.match(_whole_line(match)) else _FULL[match[1]]


def _comma(match: re.Match[str]) -> str | None:
    return None if _STATEMENT.match(_whole_line(match)) else "，"


def _brackets(match: re.Match[str]) -> str | None:
    """Full-width brackets, except for a label at the start of a paragraph (S02 and S04 speak of those) and in code."""
    if is_code(_whole_line(match)):
        return None
    if re.fullmatch(r"[一二三四五六七八九十\d]{1,3}", match[1]) or re.search(
        r"(?:19|20)\d\d$", match[1]
    ):
        return None
    return f"（{match[1]}）"


def _stop(match: re.Match[str]) -> str | None:
    """A full stop, except after a label such as 一. (S01 speaks of that)."""
    before, after = _line(match)
    return None if _LABEL.fullmatch(before) or _REFERENCE.search(before + after) else "。"


def _ends_shortly(before: str, clause: str) -> bool:
    """True for 共252名. and for 我都赞成. behind a comma; not for a foreign name, 亚历山大."""
    if _AMOUNT.search(clause):
        return True
    later = re.search(r"[，；：]", re.split(r"[。！？]", before)[-1]) is not None
    return later and len(clause) >= _SHORT_CLAUSE and not set(clause[-3:]) <= _OF_NAMES


def _inner_stop(match: re.Match[str]) -> str | None:
    """A full stop between two sentences; not the dot of a name, a label or a reference."""
    line = _line(match)
    before, after = line[0], line[1]
    clause = re.split(r"[，。；：、！？]", before)[-1]
    labelled = re.match(r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．])", clause)
    ended = len(clause) >= _CLAUSE or (labelled and len(clause) > len(labelled[0]) + 1)
    ended = ended or _ends_shortly(before, clause)
    other = (
        _REFERENCE.search(before + after)
        or _LABEL.fullmatch(before)
        or re.match(r"\d{1,2}(?!\d|年|月)[.．]?", after)
    )
    return "。" if ended and not other else None


def _line(match: re.Match[str]) -> tuple[str, str]:
    """The words of the paragraph before and after a match."""
    start = match.string.rfind("\n", 0, match.start()) + 1
    end = match.string.find("\n", match.end())
    return match.string[start : match.start()], match.string[
        match.end() : end if end >= 0 else None
    ]


def _whole_line(match: re.Match[str]) -> str:
    before, after = _line(match)
    return f"{before}{match[0]}{after}"


def _compatible(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", match[0])


def _invisible(match: re.Match[str]) -> str:
    """Nothing, but a plain space for a no-break space between two Latin words or numbers, or a dot and a number."""
    around = (
        match.string[max(match.start() - 1, 0) : match.start()]
        + match.string[match.end() : match.end() + 1]
    )
    around = unicodedata.normalize("NFKC", around)  # ０ is a figure like 0
    apart = around.isascii() and around.removeprefix(".").isalnum() and len(around) > 1
    return " " if "\u00a0" in match[0] and apart else ""


def _plain_percent(match: re.Match[str]) -> str | None:
    return "%" if "%" in match.string else None


RULES: tuple[Rule, ...] = (
    swap(
        "P01", "汉字之间用了半角逗号",
        (r"(?<=[汉”’）》〕％%‰\])])[␣]*(?P<x>,)(?=[␣]*[汉“‘（《])", _comma),
        (r"(?<=[汉”’）》〕％%‰\]]),(?=\d)|(?<=[\d％%‰\])]),(?=[汉“《])", _comma),
        if_any=(",",), fix="A", never=("reference",), bad="改革,服务", good="改革，服务；数字分节仍用半角：1,234",
    ),
    swap(
        "P02", "汉字之后用了半角句点",
        (r"(?<=[汉”’）》])\.(?=[␣]*$|[“‘《])", _stop), (r"(?<=[汉”’）》%％])\.(?=[汉“《（\d][^.\n]{3})", _inner_stop),
        fix="A", never=("reference",), bad="任务全部完成.", good="任务全部完成。",
    ),
    swap(
        "P03", "汉字旁用了半角冒号、分号、问号或叹号",
        (r"(?<=[汉”’）》〕％%])([:;?!])(?=[␣]*(?:$|[汉“‘（《\d]))", _full), (r"(?<=\d)([;?!])(?=[汉“《])", _full),
        if_any=(*":;?!",), fix="A", never=("addressee", "reference"), bad="完成任务;推进改革", good="完成任务；推进改革；钟点仍用半角：9:30",
    ),
    swap(
        "P04", "括注汉字用了半角括号",
        (r"\(([^()（）\n]*[汉][^()（）\n]*)\)", _brackets),
        (r"(?P<x>\()[^()（）\n]*[汉][^()（）\n]*）", "（"), (r"（[^()（）\n]*[汉”》](?P<x>\))", "）"),
        fix="A", bad="(以下简称“全会”)", good="（以下简称“全会”）；纯数字、字母的括号不动：f(x)",
    ),
    swap(
        "P35", "全角数字或字母", (r"[０-９Ａ-Ｚａ-ｚ]+", _compatible),
        fix="A", basis=NUMERALS, bad="２０２６年", good="2026年",
    ),
    swap(
        "P36", "百分号有全角也有半角", (r"％", _plain_percent),
        fix="A", level=Level.NOTE, basis=CUSTOM, bad="增长5％，下降6%", good="增长5%，下降6%（全文一种写法）",
    ),
    swap(
        "P38", "形似汉字的部首或兼容字符（多来自 PDF 复制）", (r"[\u2e80-\u2fdf\uf900-\ufaff]+", _compatible),
        fix="A", basis=CUSTOM, bad="⽂件", good="文件",
    ),
    swap(
        "P39", "看不见的字符", (r"[\u00a0\u200b-\u200d\u2060\ufeff\u00ad]+", _invisible),
        fix="A", level=Level.NOTE, basis=CUSTOM, message="夹有看不见的字符（不换行空格、"
                                                         "零宽字符等）",
        bad="办公室（中间夹有零宽空格）", good="办公室",
    ),
)  # fmt: skip
