"""An error of the command-line parser -> one Chinese sentence.

What was typed wrongly, and where the usage stands.
"""

from __future__ import annotations

import re
from typing import Any

from gongwen.errors import near_miss

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_EXTRA = re.compile(r"unexpected extra arguments? ?(?:\(s\))? ?\((.*)\)")
# what the parser says of a value, and what is wanted instead
_WANTED = (
    (re.compile(r"valid integer"), "整数"),
    (re.compile(r"valid number|valid float"), "数字"),
    (re.compile(r"less than or equal to (\S+)"), "不大于{}的数"),
    (re.compile(r"greater than or equal to (\S+)"), "不小于{}的数"),
    (re.compile(r"valid boolean"), "true 或 false"),
)


def sentence(trouble: Any) -> str:
    """A mistyped command line in Chinese; `trouble` is any usage error of the parser."""
    if type(trouble).__name__ == "NoArgsIsHelpError":
        return str(trouble.message)
    path = trouble.ctx.command_path if trouble.ctx else "zhibi"
    return f"{_fault(trouble)}。用法见：{path} --help"


def _fault(trouble: Any) -> str:
    match type(trouble).__name__:
        case "NoSuchOption":
            near = near_miss(trouble.option_name, trouble.possibilities or ()).removesuffix("？")
            return f"没有名为“{trouble.option_name}”的选项{near}"
        case "MissingParameter":
            return f"缺少“{_called(trouble.param)}”"
        case "BadOptionUsage":
            return f"选项“{trouble.option_name}”后面缺少值"
        case _:
            return _other(trouble, str(trouble.message))


def _other(trouble: Any, message: str) -> str:
    """Words that typed values are refused with.

    Our own as they are, the parser's by what they want.
    """
    if _CHINESE.search(message) and not _EXTRA.search(message):
        return message
    extra = _EXTRA.search(message)
    if extra:
        return f"多写了“{extra[1]}”"
    for pattern, wanted in _WANTED:
        match = pattern.search(message)
        if match:
            option = _option(getattr(trouble, "param", None))
            return f"{option}应为{wanted.format(*match.groups())}"
    return f"命令写法有误（{message}）"


def _option(parameter: Any) -> str:
    """An option as it is typed, an argument by its name in the help."""
    typed = [name for name in getattr(parameter, "opts", ()) if name.startswith("-")]
    return f"“{max(typed, key=len) if typed else _called(parameter)}”的值"


def _called(parameter: Any) -> str:
    """What the help calls a parameter."""
    return str(getattr(parameter, "metavar", None) or getattr(parameter, "name", None) or "参数")
