"""U01–U04: names and symbols of units."""

from __future__ import annotations

import re

from gongwen.findings import Level
from gongwen_lint.rules.prose.substitution import swap
from gongwen_lint.rules.rule import Rule

_LEGAL = "《中华人民共和国法定计量单位》"
_SYMBOLS = "GB 3100"
_NUMBER = r"(?<=[\d万千百十几])[␣]*"
_NAMES = {
    "公分": "厘米",
    "公尺": "米",
    "公升": "升",
    "立升": "升",
    "平米": "平方米",
    "立米": "立方米",
}
_RIGHT = {
    "kg": "kg",
    "km": "km",
    "kwh": "kW·h",
    "kw": "kW",
    "mg": "mg",
    "ml": "mL",
    "cm": "cm",
    "mm": "mm",
}
_POWERS = {"2": "²", "3": "³"}


def _name(match: re.Match[str]) -> str:
    return _NAMES[match["x"]]


def _symbol(match: re.Match[str]) -> str:
    return _RIGHT[match["x"].lower()]


def _power(match: re.Match[str]) -> str:
    return _POWERS[match["x"]]


RULES: tuple[Rule, ...] = (
    swap(
        "U01", "非法定计量单位", (rf"{_NUMBER}(?P<x>{'|'.join(_NAMES)})", _name),
        fix="G", basis=_LEGAL, bad="80平米", good="80平方米",
    ),
    swap(
        "U02", "单位符号大小写不对",
        (r"(?<=\d)[␣]*(?P<x>KG|Kg|KM|Km|KWH|Kwh|KWh|kwh|kWh|KW|Kw|MG|ML|CM|Cm|MM)(?![A-Za-z\d])", _symbol),
        fix="G", level=Level.NOTE, basis=_SYMBOLS, bad="5KG、100Kwh", good="5kg、100kW·h",
    ),
    swap(
        "U03", "单位的指数没有上标", (r"(?<=\d)[␣]*[kcm]?m(?P<x>[23])(?![\d.A-Za-z])", _power),
        fix="G", level=Level.NOTE, basis=_SYMBOLS, kinds=("txt", "md", "ipynb"), bad="80m2", good="80m²、80平方米",
    ),
    swap(
        "U04", "单位的名称与符号混用",
        (r"(?<=\d)[␣]*(?:公里|千米|米|千克|公斤|吨|升)/(?:h|min|s|d)(?![A-Za-z])", None),
        (r"(?<=\d)[␣]*(?:km|m|kg|t|L)/(?:小时|分钟|秒|天)", None),
        if_any=("/",), fix="S", level=Level.NOTE, basis=_SYMBOLS, bad="60公里/h", good="60km/h、60千米每小时",
    ),
)  # fmt: skip
