"""What an assistant names -> a file of the workspace or a value a report may be given.

Anything else is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from gongwen.chinese.numbers.numerals import untraced
from gongwen.errors import BadExpression, ReportError, UnreadableFile
from zhibi.report.request import Plan
from zhibi.workspace.address import is_address

_LONGEST_NAME = 300
_PATH = re.compile(
    r"[/\\]|^~|^\.\.|\.(?:xlsx|xlsm|xls|csv|et|docx|ipynb|toml|yaml)$", re.IGNORECASE
)
_NAMED = re.compile(r"【[^【】]*】")
_DIGIT = re.compile(
    r"[\d\u2070-\u2079\u2080-\u2089\u2150-\u218b\u2460-\u249b\u24ea-\u24ff\u2776-\u2793\u3220-\u3229\u3248-\u324f\u3280-\u3289]"
)
_NUMERALS = "零〇一二三四五六七八九十百千万亿两"
# shares and multiples in words, which official prose lets pass where no data is meant
_WORDED = re.compile(
    rf"[{_NUMERALS}]+分之[{_NUMERALS}点]+|[{_NUMERALS}]+成(?=[以多左的，。；、]|$)|[{_NUMERALS}]+倍|翻了?[一两]番"
)
_CODE = re.compile(r"\{\{|\{%|\{#|〖|〗")


class Outside(UnreadableFile):
    """A path or an address that is not the workspace's."""


def inside(root: Path, name: str) -> Path:
    """A file or folder of the workspace, links followed.

    Raises Outside, which does not say whether it exists.
    """
    top = root.resolve()
    shown = name if len(name) < _LONGEST_NAME else f"{name[:40]}…"
    try:
        path = (top / name).resolve()
        hidden = any(part.startswith(".") for part in path.relative_to(top).parts)
    except (OSError, ValueError, RuntimeError):
        hidden = True
    if not name.strip() or hidden or is_address(name) or len(name) >= _LONGEST_NAME or "\0" in name:
        raise Outside(
            shown or "（空）", "不在工作区里", "助手只能用工作区里的文件，路径从工作区写起。"
        )
    if not path.exists():
        raise UnreadableFile(shown, "没有这个文件或文件夹", "请看 list_reports 列出的文件。")
    return path


def options(root: Path, parameters: Mapping[str, str]) -> tuple[str, ...]:
    """Parameters as after -p; a value that may be a path must lie in the workspace."""
    for value in parameters.values():
        if is_address(value) or _PATH.search(value.strip()):
            inside(root, value.strip())
    return tuple(f"{name}={value}" for name, value in parameters.items())


def refuse_outside(root: Path, plan: Plan) -> None:
    """Whatever a report would read, from its parameter file too, lies in the workspace."""
    if not (root / "outputs").resolve().is_relative_to(root.resolve()):
        raise Outside("outputs", "是通到外面的链接", "请在工作区里建一个 outputs 文件夹。")
    source = plan.source
    if isinstance(source, str):
        raise Outside("数据", "是数据库地址", "助手只能用工作区里的文件。")
    for place in (source, *(Path(table.file) for table in plan.tables)):
        if place is not None and not (root / place).resolve().is_relative_to(root.resolve()):
            raise Outside(place.name, "不在工作区里", "请把文件放进工作区的 data 文件夹。")


class TypedNumber(ReportError):
    """A digit, or a number in words, that somebody typed: it has no cell."""

    def __init__(self, place: str, words: tuple[str, ...]) -> None:
        super().__init__(place, words)
        self.place, self.words = place, words

    def __str__(self) -> str:
        listed = "、".join(f"“{word}”" for word in self.words[:8])
        hint = "数要写成【名字】，可用的名字见 parameters；工作簿里没有的，请人填进“补充数据”表。"
        return f"段落“{self.place}”里的{listed}是手写的，查不到出处，没有生成。{hint}"


def refuse_typed_numbers(texts: Mapping[str, str]) -> None:
    """Nothing, if every number of the texts is a name in 【】; code of templates is refused too."""
    for place, text in texts.items():
        if _CODE.search(text):
            raise BadExpression(text[:40], "助手写的段落只能用【名字】，不能用别的写法")
        bare = _NAMED.sub("", text)
        names = "".join(_NAMED.findall(text))
        typed = [word for _, _, word in untraced(bare)]
        typed += _DIGIT.findall(bare) + _WORDED.findall(bare)
        typed += _DIGIT.findall(re.sub(r"[^\W\d]\w*", "", names))  # 【5】 is no name, 【甲1】 is
        if typed:
            raise TypedNumber(place[:40], tuple(dict.fromkeys(typed)))
