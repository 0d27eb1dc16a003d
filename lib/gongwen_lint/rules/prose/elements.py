"""F01–F18: document numbers, dates, addressee, attachments, imprint: the elements of an official document."""

from __future__ import annotations

import re
from calendar import monthrange

from gongwen.chinese.numbers.numerals import from_chinese
from gongwen.findings import Level
from gongwen_lint.manuscript.manuscript import Role
from gongwen_lint.rules.prose.substitution import CUSTOM, FORMAT, NUMERALS, swap
from gongwen_lint.rules.rule import Rule

_OPEN, _CLOSE = r"[\[［【﹝〔]", r"[\]］)）】﹞〕]"
_SERIAL = r"(?=[ \u3000]*第?[ \u3000]*\d{1,4}[ \u3000]*号(?![楼院线地房井桥门]))"
_YEAR = r"(?:19|20)\d{2}"
_BRACKETED = r"20\d{2}"  # documents of before 2000 were numbered in other brackets
_DIGITS = {word: str(number) for number, word in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "○": "0",
}
_CHINESE_YEAR = r"[一二][一二三四五六七八九〇零○]{3}"
# the years since the standard of 2012, which has the date in figures
_SINCE_2012 = r"二[〇零○](?:一[二三四五六七八九]|[二三四五六七八九][一二三四五六七八九〇零○])"
_MONTH = "[一二三四五六七八九十]{1,3}"
_NOT_TEXT: tuple[Role, ...] = ("table_cell", "caption", "table_note", "reference", "footnote")


def _day(match: re.Match[str]) -> str | None:
    """A day that exists, in prose form."""
    year, month, day = (int(part) for part in match.groups())
    return f"{year}年{month}月{day}日" if day <= monthrange(year, month)[1] else None


def _arabic_day(match: re.Match[str]) -> str:
    year = "".join(_DIGITS[character] for character in match["y"])
    return f"{year}年{from_chinese(match['m'])}月{from_chinese(match['d'])}日"


def _enclosure(match: re.Match[str]) -> str:
    return f"{'附件：' if match[1] == '1' else ''}{match[1]}."


def _year_first(match: re.Match[str]) -> str:
    year = match[1] if match[1].isdigit() else "".join(_DIGITS[character] for character in match[1])
    month = match[2] if match[2].isdigit() else str(from_chinese(match[2]))
    return f"{year}年{month}月"


RULES: tuple[Rule, ...] = (
    swap(
        "F01", "发文字号的年份没有用六角括号",
        (rf"(?<=[汉])(?P<x>[\[［【﹝](?P<y>{_BRACKETED}){_CLOSE}){_SERIAL}", r"〔\g<y>〕"),
        (rf"(?<=[发字函办])(?P<x>[（(](?P<y>{_BRACKETED}){_CLOSE}){_SERIAL}", r"〔\g<y>〕"),
        if_any=(*"[［【﹝", "（2", "(2"),
        fix="A", level=Level.ERROR, basis=f"{FORMAT} 7.2.5", bad="示组发[2023]5号", good="示组发〔2023〕5号；国办发（1985）49号",
    ),
    swap(
        "F02", "发文字号加了“第”", (rf"(?<=[汉]){_OPEN}{_YEAR}{_CLOSE}[␣]*(?P<x>第)(?=[␣]*\d{{1,4}}[␣]*号)", ""),
        fix="A", level=Level.ERROR, basis=f"{FORMAT} 7.2.5", bad="示组发〔2023〕第5号", good="示组发〔2023〕5号；第5号（令）",
    ),
    swap(
        "F03", "发文字号的顺序号补了零", (rf"(?<=[汉]){_OPEN}{_YEAR}{_CLOSE}[␣]*第?(?P<x>0+)(?=[1-9]\d{{0,3}}号)", ""),
        fix="A", level=Level.ERROR, basis=f"{FORMAT} 7.2.5", bad="示组发〔2023〕05号", good="示组发〔2023〕5号",
    ),
    swap(
        "F04", "发文字号的年份没有写全", (r"(?<=[汉])〔\d{2}〕(?=\d{1,4}号)", None),
        fix="S", basis=f"{FORMAT} 7.2.5", bad="示组发〔23〕5号", good="示组发〔2023〕5号",
    ),
    swap(
        "F05", "日期的月、日补了零", (r"(?<=\d年)0(?=[1-9]月)|(?<=\d月)0(?=[1-9]日)", ""),
        if_any=("年0", "月0"), fix="A", basis=f"{FORMAT} 7.3.5.4", bad="2023年01月05日", good="2023年1月5日",
    ),
    swap(
        "F06", "正文中的日期用了点或短横线",
        (rf"(?<![\d.\-/A-Za-z号])({_YEAR})[.．\-/](0?[1-9]|1[0-2])[.．\-/](0?[1-9]|[12]\d|3[01])(?![\d.\-/T]|[ ]+\d?\d:|[ ]*\ufffc)", _day),
        fix="A", basis=NUMERALS, never=_NOT_TEXT, bad="2023.1.5", good="2023年1月5日；"
                                                                       "表格中可用2023-01-05",
    ),
    swap(
        "F07", "日期用了“号”", (r"(?<=\d月)\d{1,2}(?P<x>号)(?![文令楼院线馆门机])", "日"),
        fix="A", basis=CUSTOM, bad="1月5号", good="1月5日",
    ),
    swap(
        "F08", "成文日期用了汉字数字", (rf"^[␣]*(?P<x>(?P<y>{_SINCE_2012})年(?P<m>{_MONTH})月(?P<d>{_MONTH})日)[␣]*$", _arabic_day),
        fix="A", level=Level.ERROR, basis=f"{FORMAT} 7.3.5.4", only=("date", "byline", "signature"), bad="二〇二三年一月五日", good="2023年1月5日",
    ),
    swap(
        "F09", "一个日期里两种数字",
        (rf"(?<!\d)({_YEAR})年({_MONTH})月", _year_first), (rf"(?<![汉])({_CHINESE_YEAR})年(\d{{1,2}})月", _year_first),
        fix="S", basis=NUMERALS, bad="2023年一月5日", good="2023年1月5日",
    ),
    swap(
        "F10", "成文日期不完整", (r"^[␣]*\d{4}年\d{1,2}月[␣]*$", None),
        fix="S", level=Level.NOTE, basis=f"{FORMAT} 7.3.5.4", only=("date",), message="成文日期应写明年、月、日",
        bad="2023年1月", good="2023年1月5日",
    ),
    swap(
        "F11", "主送机关后应为全角冒号", (r"(?P<x>:)[␣]*$", "："),
        fix="A", basis=f"{FORMAT} 7.3.2", only=("addressee",), bad="各县局:", good="各县局：",
    ),
    swap(
        "F12", "附件说明写法不对", (r"^附件(\d{1,2})[：:][␣]*(?=[^\d␣])", _enclosure),
        fix="G", basis=f"{FORMAT} 7.3.4", only=("attachment_note",), message="附件说明写作“附件："
                                                                             "1.名称”，只有一个的不编号",
        bad="附件1：甲", good="附件：1.甲",
    ),
    swap(
        "F13", "引用公文先引发文字号", (rf"(?<![汉（])([汉]{{2,6}}〔{_YEAR}〕\d+号)(?:文件|文)?[␣]*(《[^《》\n]+》)", r"\2（\1）"),
        fix="S", level=Level.NOTE, basis=CUSTOM, message="引用公文先引标题，后引发文字号",
        bad="示组发〔2023〕5号《甲》", good="《甲》（示组发〔2023〕5号）",
    ),
    swap(
        "F14", "密级和保密期限之间应为★", (r"(?:绝密|机密|秘密)[␣]*(?P<x>[*＊☆※●])[␣]*(?=\d{1,2}年|长期|\d{1,2}个月)", "★"),
        fix="A", basis=f"{FORMAT} 7.2.2", bad="秘密*1年", good="秘密★1年",
    ),
    swap(
        "F15", "抄送机关末尾应为句号", (r"^抄送：[^\n]*[汉）](?P<x>)$", "。"),
        fix="A", basis=f"{FORMAT} 7.4.2", bad="抄送：甲，乙", good="抄送：甲，乙。",
    ),
    swap(
        "F16", "印发日期后应有“印发”", (rf"{_YEAR}年\d{{1,2}}月\d{{1,2}}日(?P<x>)$", "印发"),
        fix="G", basis=f"{FORMAT} 7.4.3", only=("imprint",), bad="2023年1月5日", good="2023年1月5日印发",
    ),
    swap(
        "F17", "页码两侧应为一字线", (r"^[␣]*[-－–][␣]*(\d+)[␣]*[-－–][␣]*$", r"— \1 —"),
        fix="A", basis=f"{FORMAT} 7.5", only=("page_footer",), bad="- 1 -", good="— 1 —",
    ),
    swap(
        "F18", "简称的括注写法不对", (r"[（(]以下(?:简)?称[：:](?![“‘《])([^“”‘’（）()：:，。\n]{1,20})[)）]", r"（以下简称“\1”）"),
        fix="G", basis=CUSTOM, bad="（以下简称：市局）", good="（以下简称“市局”）；法规、审计报告不加引号：（以下简称市局）",
    ),
)  # fmt: skip
