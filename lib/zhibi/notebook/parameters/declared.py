"""Source of a parameters cell -> what it declares: name, kind, default and the comment as help.

Read without running it. The kind comes from the annotation if there is one, else from the default
value.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final

from gongwen.errors import InvalidInput
from gongwen.findings import Finding, Level, Location


class ParameterKind(StrEnum):
    """What a parameter holds; the word is what the clerk is told to give."""

    TEXT = "文字"
    INTEGER = "整数"
    NUMBER = "数值"
    YES_NO = "是否"
    DATE = "日期"
    LIST = "列表"
    MAP = "对照表"
    ANY = "任意值"


class _Unset:
    def __repr__(self) -> str:
        return "UNSET"


UNSET: Final = _Unset()
_ANNOTATIONS = {
    "str": ParameterKind.TEXT,
    "int": ParameterKind.INTEGER,
    "float": ParameterKind.NUMBER,
    "Decimal": ParameterKind.NUMBER,
    "bool": ParameterKind.YES_NO,
    "date": ParameterKind.DATE,
    "datetime.date": ParameterKind.DATE,
    "list": ParameterKind.LIST,
    "tuple": ParameterKind.LIST,
    "dict": ParameterKind.MAP,
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One declared parameter.

    `default` is UNSET where the cell gives none, or one that only running it would tell.
    """

    name: str
    kind: ParameterKind
    default: Any = UNSET
    required: bool = False
    optional: bool = False  # None is a value it may have
    help: str = ""


@lru_cache(maxsize=32)  # every report of a batch asks again
def declared(source: str, name: str) -> tuple[Parameter, ...]:
    """Every parameter the cell assigns, in order.

    `name` is the notebook's, for the message if it cannot be read.
    """
    plain = "\n".join(
        "" if line.lstrip().startswith(("%", "!")) else line for line in source.splitlines()
    )
    try:
        statements = ast.parse(plain).body
        comments = _comments(plain)
    except (SyntaxError, ValueError, tokenize.TokenError) as trouble:
        line = getattr(trouble, "lineno", None)
        place = Location(file=name, spot=f"参数单元格第{line}行" if line else "参数单元格")
        fault = Finding(
            "C00",
            Level.ERROR,
            place,
            "不是有效的 Python 赋值语句",
            "请按“名称 = 默认值  # 说明”书写。",
        )
        raise InvalidInput(name, [fault]) from trouble
    parameters = (_parameter(statement, comments) for statement in statements)
    return tuple({parameter.name: parameter for parameter in parameters if parameter}.values())


def kind_of(value: object) -> ParameterKind:  # noqa: PLR0911  # a table
    """The kind a default value tells; text written like 2026-11-30 is a date."""
    match value:
        case bool():
            return ParameterKind.YES_NO
        case int():
            return ParameterKind.INTEGER
        case float():
            return ParameterKind.NUMBER
        case str():
            return ParameterKind.DATE if is_date(value) else ParameterKind.TEXT
        case list() | tuple():
            return ParameterKind.LIST
        case dict():
            return ParameterKind.MAP
        case _:
            return ParameterKind.ANY


def is_date(text: str) -> bool:
    """True for a day that exists, written 2026-11-30."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _parameter(statement: ast.stmt, comments: dict[int, str]) -> Parameter | None:
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            annotation = None
        case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation, value=value):
            pass
        case _:
            return None
    default = _literal(value)
    kind, optional = _annotated(annotation) if annotation else (kind_of(default), default is None)
    end = statement.end_lineno or statement.lineno
    return Parameter(
        name=name,
        kind=kind,
        default=default,
        required=value is None,
        optional=optional or default is None,
        help=comments.get(end) or _above(statement.lineno, comments),
    )


def _literal(value: ast.expr | None) -> Any:
    try:
        return UNSET if value is None else ast.literal_eval(value)
    except ValueError:
        return UNSET


def _annotated(annotation: ast.expr) -> tuple[ParameterKind, bool]:
    """Kind and whether None is allowed, from `str`, "date", list[str], str | None, Optional[str]."""
    text = annotation.value if isinstance(annotation, ast.Constant) else ast.unparse(annotation)
    words = [
        word.strip() for word in re.sub(r"^Optional\[(.*)\]$", r"\1 | None", str(text)).split("|")
    ]
    kinds = [word.partition("[")[0] for word in words if word != "None"]
    kind = _ANNOTATIONS.get(kinds[0], ParameterKind.ANY) if len(kinds) == 1 else ParameterKind.ANY
    return kind, "None" in words


def _comments(source: str) -> dict[int, str]:
    """Comment text by line.

    A line that is only a comment is kept under the negative of its number.
    """
    comments: dict[int, str] = {}
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            alone = not token.line[: token.start[1]].strip()
            comments[-token.start[0] if alone else token.start[0]] = token.string.lstrip(
                "# "
            ).strip()
    return comments


def _above(line: int, comments: dict[int, str]) -> str:
    """The block of comment lines that ends right above a line."""
    block: list[str] = []
    while (line := line - 1) and -line in comments:
        block.insert(0, comments[-line])
    return "".join(block)
