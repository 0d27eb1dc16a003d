"""A map with Chinese names -> typed elements, or every fault of it at once, with the near miss of each unknown name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, get_args

from gongwen.chinese.text import clean
from gongwen.document import Form
from gongwen.errors import InvalidInput, near_miss
from gongwen.findings import Finding, Level, Location

FORMS = get_args(Form)
URGENCIES = ("特急", "加急")
_SECRECY = re.compile(r"(绝密|机密|秘密)(★(?:[1-9]\d*(?:年|个月)|长期))?")
_NUMBER = re.compile(r"[^\s\d〔〕\[\]()（）第号]+〔(?:19|20)\d{2}〕[1-9]\d*号")
_COPY = re.compile(r"\d{1,6}")
_COPY_DIGITS = 6
_SEPARATORS = re.compile(r"[、，,；;\n]+")


@dataclass(frozen=True, slots=True)
class Elements:
    """What a document says about itself around its text; empty means it has no such element."""

    form: Form = "材料"
    copy_number: str = ""
    secrecy: str = ""
    urgency: str = ""
    issuers: tuple[str, ...] = ()
    mark: str = ""
    number: str = ""
    signers: tuple[str, ...] = ()
    addressee: str = ""
    enclosures: tuple[str, ...] = ()
    signed_by: tuple[str, ...] = ()
    issued_on: date | None = None
    sealed: bool = False
    remark: str = ""
    copied_to: str = ""
    sent_to: str = ""
    printer: str = ""
    printed_on: date | None = None
    attendance: tuple[tuple[str, str], ...] = ()
    contents: bool = False


@dataclass
class _Faults:
    """What is wrong with the map, gathered."""

    file: str
    found: list[Finding] = field(default_factory=list)

    def add(self, name: str, message: str, hint: str = "") -> None:
        self.found.append(
            Finding("E01", Level.ERROR, Location(file=self.file, spot=f"“{name}”"), message, hint)
        )


def read(entries: Mapping[str, Any], form: str = "", file: str = "公文要素") -> Elements:
    """The elements of a map. `form` is the format the notebook asks for.

    格式 in the map is stronger.
    """
    faults = _Faults(file)
    known = ("格式", *_READERS, *_PEOPLE)
    for name in entries:
        if name not in known:
            faults.add(str(name), f"没有名为“{name}”的公文要素{near_miss(str(name), known)}")
    chosen = entries.get("格式") or form or "材料"
    if chosen not in FORMS:
        faults.add("格式", f"没有“{chosen}”这种格式{near_miss(str(chosen), FORMS)}")
        raise InvalidInput(file, faults.found)
    values: dict[str, Any] = {"form": chosen}
    for name, (target, reader) in _READERS.items():
        if entries.get(name) not in (None, "", [], {}):
            try:
                values[target] = reader(entries[name])
            except ValueError as fault:
                faults.add(name, str(fault))
    values["attendance"] = tuple(_attendance(entries, faults))
    for message in _misfits(values):
        faults.add("格式", message)
    if faults.found:
        raise InvalidInput(file, faults.found)
    return Elements(**values)


def needed(form: str) -> tuple[str, ...]:
    """The elements, by their Chinese names, that a format cannot do without."""
    return tuple(_CALLED[target] for target in _NEEDED[form])


def _misfits(values: Mapping[str, Any]) -> Iterator[str]:
    """What the format lacks, and what it has no place for."""
    form = values["form"]
    for target in _NEEDED[form]:
        if not values.get(target):
            yield f"“{form}”要写明“{_CALLED[target]}”"
    for target in _PLACELESS[form]:
        if values.get(target):
            yield f"“{form}”没有“{_CALLED[target]}”的位置，请去掉它或改用别的格式"
    if bool(values.get("printer")) != bool(values.get("printed_on")):
        yield "“印发机关”和“印发日期”要同时写"


def _attendance(entries: Mapping[str, Any], faults: _Faults) -> Iterator[tuple[str, str]]:
    for name in _PEOPLE:
        if entries.get(name):
            try:
                yield name, _joined(entries[name])
            except ValueError as fault:
                faults.add(name, str(fault))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"应为文字，现为“{value}”，请加引号")  # noqa: TRY004  # gathered with the other faults
    return clean(value)


def _names(value: Any) -> tuple[str, ...]:
    """A list of names; one text with 、 between them is taken apart."""
    if isinstance(value, str):
        value = _SEPARATORS.split(value)
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
        raise ValueError("应为一个名称，或一组名称")
    return tuple(clean(item) for item in value if clean(item))


def _titles(value: Any) -> tuple[str, ...]:
    """Names that may contain 、 themselves: a text is one name."""
    return _names([value] if isinstance(value, str) else value)


def _joined(value: Any) -> str:
    """Names as they are printed: a text as it was written, a list with 、 between."""
    text = clean(value) if isinstance(value, str) else "、".join(_names(value))
    return text.rstrip("：:。")


def _matching(pattern: re.Pattern[str], message: str) -> Callable[[Any], str]:
    def reader(value: Any) -> str:
        text = _text(value)
        if not pattern.fullmatch(text):
            raise ValueError(f"“{text}”不对：{message}")
        return text

    return reader


def _copy_number(value: Any) -> str:
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else _text(value)
    if not _COPY.fullmatch(text):
        raise ValueError(f"“{text}”不对：份号是6位阿拉伯数字，如 000012")
    return text.zfill(_COPY_DIGITS)


def _urgency(value: Any) -> str:
    text = _text(value)
    if text not in URGENCIES:
        raise ValueError(f"没有“{text}”这种紧急程度{near_miss(text, URGENCIES)}")
    return text


def _day(value: Any) -> date:
    try:
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        raise ValueError(f'“{value}”不是日期，请写成 "2026-12-08"') from None


def _yes_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"请写 true 或 false，现为“{value}”")  # noqa: TRY004  # gathered with the other faults
    return value


def _remark(value: Any) -> str:
    text = _text(value)
    return text[1:-1] if text[:1] in "（(" and text[-1:] in "）)" else text


_PEOPLE = ("出席", "请假", "列席")
_READERS: Mapping[str, tuple[str, Callable[[Any], Any]]] = {
    "份号": ("copy_number", _copy_number),
    "密级和保密期限": (
        "secrecy",
        _matching(_SECRECY, "写成“秘密★1年”“机密★5年”这样，期限用阿拉伯数字"),
    ),
    "紧急程度": ("urgency", _urgency),
    "发文机关": ("issuers", _titles),
    "发文机关标志": ("mark", _text),
    "发文字号": (
        "number",
        _matching(_NUMBER, "写成“示组发〔2026〕5号”这样，用六角括号，不加“第”，不补零"),
    ),
    "签发人": ("signers", _names),
    "主送机关": ("addressee", _joined),
    "附件": ("enclosures", _titles),
    "署名": ("signed_by", _titles),
    "成文日期": ("issued_on", _day),
    "用印": ("sealed", _yes_no),
    "附注": ("remark", _remark),
    "抄送机关": ("copied_to", _joined),
    "版记主送": ("sent_to", _joined),
    "印发机关": ("printer", _text),
    "印发日期": ("printed_on", _day),
    "目录": ("contents", _yes_no),
}
_CALLED = {target: name for name, (target, _) in _READERS.items()} | {
    "attendance": "、".join(_PEOPLE)
}
_HEADER = ("copy_number", "secrecy", "urgency", "issuers", "mark", "number", "signers")
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "材料": (),
    "文件": ("issuers", "number"),
    "信函": ("issuers", "number"),
    "纪要": ("mark",),
    "通报": ("issuers",),
}
_PLACELESS: Mapping[str, tuple[str, ...]] = {
    "材料": (*(name for name in _HEADER if name != "issuers"), "attendance"),
    "文件": ("attendance",),
    "信函": ("signers", "printer", "attendance", "contents"),
    "纪要": ("signers", "addressee"),
    "通报": ("signers", "mark", "attendance"),
}
