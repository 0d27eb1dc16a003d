"""P18–P23: marks between two ends (dates, numbers), the hyphen of numbers, the dot in names."""

from __future__ import annotations

from gongwen.findings import Level
from gongwen_lint.rules.prose.substitution import CUSTOM, NUMERALS, PUNCTUATION, swap
from gongwen_lint.rules.rule import Rule

_YEAR = r"(?:19|20)\d{2}"
_COUNTED = r"(?:%|％|个|人|名|次|项|家|户|件|天|年|个月|岁|周|小时|分钟|米|公里|千米|吨|亩|元|万|亿|倍|℃|分|场|期|字|页)"

RULES: tuple[Rule, ...] = (
    swap(
        "P18", "起止时间用了连字符",
        (rf"(?<!\d){_YEAR}年?[␣]*(?P<x>[-－–])[␣]*(?={_YEAR}年)", "—"),
        (r"(?<![\d.\-/])\d{1,2}月?[␣]*(?P<x>[-－–])[␣]*(?=\d{1,2}月(?:[^\d]|\d{1,2}日|$))", "—"),
        (r"(?<=\d日)(?P<x>[-－–])(?=\d{1,2}[月日])", "—"), (r"(?<=月)\d{1,2}(?P<x>[-－–])(?=\d{1,2}日)", "—"),
        if_any=(*"-－–",), fix="A", basis=f"{PUNCTUATION} 4.13", message="时间起止用一字线", bad="2023-2025年", good="2023—2025年、2023年至2025年",
    ),
    swap(
        "P19", "数值范围用了连字符",
        (rf"(?<![\d.\-—A-Za-z/〔第月年])(?!{_YEAR}[-－–]{_YEAR})\d+(?:\.\d+)?[%％]?(?P<x>[-－–])(?=\d+(?:\.\d+)?[␣]*{_COUNTED})", "～"),
        if_any=(*"-－–",), fix="G", basis=f"{PUNCTUATION} 4.13、{NUMERALS}", message="数值范围用浪纹线（或一字线）", bad="3-5年", good="3～5年",
    ),
    swap(
        "P20", "浪纹线用了别的字符", (r"(?<=[\d%％元人万亿年月日℃])[~〜∼](?=\d)", "～"),
        if_any=(*"~〜∼",), fix="A", level=Level.NOTE, bad="3~5天", good="3～5天",
    ),
    swap(
        "P21", "“从、自”与连接号混用",
        (r"(?:从|自)\d[\d年月日.]*(?P<x>[—～\-–－~])(?=\d[\d年月日.]*[年月日%人个万])", "至"),
        fix="S", level=Level.NOTE, message="用了“从、自”，后面用“至（到）”，不用连接号",
        bad="从2023—2025年", good="从2023年至2025年",
    ),
    swap(
        "P22", "电话号码用了一字线", (r"(?<!\d)0\d{2,3}(?P<x>[—–－])\d{7,8}(?!\d)", "-"),
        fix="S", level=Level.NOTE, basis=f"{PUNCTUATION} 4.13", message="电话号码、编号用短横线",
        bad="0571—88880000", good="0571-88880000",
    ),
    swap(
        "P23", "间隔号用了别的字符", (r"(?<=[汉])[•‧∙・●](?=[汉])", "·"),
        if_any=(*"•‧∙・●",), fix="G", basis=f"{PUNCTUATION} 4.14、{CUSTOM}", bad="卡尔•马克思", good="卡尔·马克思",
    ),
)  # fmt: skip
