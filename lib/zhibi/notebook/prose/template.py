"""A text with `{{ }}` and the notebook's names -> Markdown with sentinels, or an error naming expression and line.

The text may come from a parameter file, so it can do no more than print: no modules, no functions
but our own, no private attributes, no loops or strings of unbounded length.
"""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from contextlib import suppress
from functools import lru_cache
from typing import Any

from jinja2 import (
    Environment,
    StrictUndefined,
    TemplateSyntaxError,
    Undefined,
    UndefinedError,
    nodes,
    pass_context,
)
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from gongwen.chinese.text import visible
from gongwen.document import Reference
from gongwen.errors import BadExpression, ReportError, near_miss
from gongwen.facts.value import Fact
from zhibi.notebook.prose import clauses, filters, marks, phrases
from zhibi.notebook.prose.allowance import Allowance, Generator, bounded_range
from zhibi.notebook.prose.spans import Inset, PrintedValues, Said, Spoken

_KEPT_FILTERS = (
    "first",
    "last",
    "length",
    "count",
    "sort",
    "reverse",
    "list",
    "unique",
    "map",
    "select",
    "reject",
    "selectattr",
    "rejectattr",
    "groupby",
    "dictsort",
    "items",
)
FILTERS: dict[str, Callable[..., Any]] = {
    name: phrases.silent_on_nothing(filter_)
    for name, filter_ in (*filters.FILTERS.items(), *phrases.FILTERS.items())
}
_KEPT_METHODS = frozenset({"items", "keys", "values", "get", "startswith", "endswith"})
# Jinja drops the line end after every tag; that is right only for lines that hold nothing but tags
_LINE_OF_TAGS = re.compile(r"[ \t]*(?:\{%(?:(?!%\}).)*%\}[ \t]*|\{#(?:(?!#\}).)*#\}[ \t]*)+")
_CLOSING_TAG = re.compile(r"(?<![-+])([%#]\}[ \t]*)$")
_FILTER = re.compile(r"\|\s*(\w+)")
_PRINT, _GONE_THROUGH = "_印", "_遍历"
_LONGEST = 1_000_000  # characters one text may grow to
_REFUSED_NODES = (
    nodes.AssignBlock,
    nodes.Macro,
    nodes.CallBlock,
    nodes.FilterBlock,
    nodes.Include,
    nodes.Import,
    nodes.FromImport,
    nodes.Extends,
    nodes.Block,
)


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja with our filters, and with every printed expression sent through `_PRINT` with its line and source."""

    intercepted_binops = frozenset({"+", "*", "**", "%"})
    code_generator_class = Generator
    allowance: Allowance

    def is_safe_callable(self, obj: Any) -> bool:
        if isinstance(obj, types.BuiltinMethodType):
            return (
                isinstance(obj.__self__, dict | str | tuple | list)
                and obj.__name__ in _KEPT_METHODS
            )
        home = getattr(obj, "__module__", "") or ""
        ours = home.startswith(("gongwen.facts.", "zhibi.notebook.prose.filters"))
        return obj is bounded_range or (isinstance(obj, types.FunctionType) and ours)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        return not isinstance(obj, types.ModuleType | type) and super().is_safe_attribute(
            obj, attr, value
        )

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        if operator == "+":
            self.allowance.spend(
                sum(len(each) for each in (left, right) if isinstance(each, Sized))
            )
            return super().call_binop(context, operator, left, right)
        if (
            operator == "**"
            or isinstance(left, str | bytes | list | tuple)
            or isinstance(right, str | list | tuple)
        ):
            raise SecurityError(f"正文里不能用 {operator} 重复文字或乘方")
        self.allowance.for_numbers(left, right)
        return super().call_binop(context, operator, left, right)

    def joined(self, parts: Iterable[Any]) -> str:
        """What `~` makes of its operands; the compiled text calls it."""
        texts = [str(part) for part in parts]
        self.allowance.spend(sum(map(len, texts)))
        return "".join(texts)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree: nodes.Template = super()._parse(source, name, filename)
        for refused in tree.find_all(_REFUSED_NODES):
            raise BadExpression("", "正文里的语句只有 for、if 和 set 名字 = 值", refused.lineno)
        for loop in tree.find_all(nodes.For):
            loop.iter = nodes.Filter(
                loop.iter, _GONE_THROUGH, [], [], None, None, lineno=loop.lineno
            )
        printed = _printed(tree)
        for (output, position), (line, text) in zip(
            printed, _expressions(self, source), strict=True
        ):
            child = output.nodes[position]
            arguments = [nodes.Const(text), nodes.Const(line)]
            output.nodes[position] = nodes.Filter(
                child, _PRINT, arguments, [], None, None, lineno=child.lineno
            )
        return tree


def _printed(tree: nodes.Template) -> list[tuple[nodes.Output, int]]:
    """Every expression that is printed, by its output and its place in it."""
    found = []
    for output in tree.find_all(nodes.Output):
        for position, child in enumerate(output.nodes):
            if not isinstance(child, nodes.TemplateData):
                found.append((output, position))
    return found


def render(source: str, namespace: Mapping[str, Any], ledger: PrintedValues) -> str:
    """The text with every `{{ }}` and 【】 replaced by sentinels of the ledger, its sentences in order."""
    text = visible(source).replace("\r\n", "\n")
    read = marks.for_jinja(text)
    names = _offered(namespace)
    sandbox = _sandbox(ledger, names)
    opening = next((line.strip() for line in text.splitlines() if line.strip()), "")[:20]
    try:
        template = sandbox.template_class.from_code(
            sandbox,
            _compiled(_with_line_ends(read), _own_filters_in(read, names)),
            sandbox.make_globals(None),
        )
        printed = _bounded(template.generate(names))
        plain = read == text and not ledger.unsettled
        return printed if plain else clauses.settled(printed, ledger)
    except BadExpression as fault:
        line = fault.line or _line_of(fault)
        known = (
            fault.expression
            if fault.line
            else _expression_at(sandbox, read, line) or fault.expression
        )
        raise BadExpression(
            known or _syntax_excerpt(text, line), fault.reason, line, opening
        ) from None
    except TemplateSyntaxError as fault:
        raise BadExpression(
            _syntax_excerpt(text, fault.lineno),
            _syntax_reason(fault, sandbox),
            fault.lineno,
            opening,
        ) from None
    except Exception as fault:  # noqa: BLE001 — whatever an expression raises is told with its place
        line = _line_of(fault)
        excerpt = _expression_at(sandbox, read, line) or _syntax_excerpt(text, line)
        raise BadExpression(excerpt, _reason(fault, names), line, opening) from None


def compile_ahead(source: str) -> None:
    """Have a text ready that will be rendered later in this process or a copy of it.

    Filters that are not ours are taken for the notebook's. Faults are told when it is rendered.
    """
    with suppress(BadExpression, TemplateSyntaxError):
        text = marks.for_jinja(visible(source).replace("\r\n", "\n"))
        own = set(_FILTER.findall(text)) - _sandbox(PrintedValues(), {}).filters.keys()
        _compiled(_with_line_ends(text), tuple(sorted(own)))


@lru_cache(maxsize=512)
def _compiled(text: str, own: tuple[str, ...]) -> types.CodeType:
    """The code of a template.

    It holds neither names nor ledger: constants are not printed while it is compiled.

    `own` are the filters the notebook brings: a template that uses one compiles only where it is known.
    """
    sandbox = _sandbox(PrintedValues(), {})
    sandbox.filters.update(dict.fromkeys(own, phrases.named))
    return sandbox.compile(text)


def _own_filters_in(text: str, names: Mapping[str, Any]) -> tuple[str, ...]:
    """The filters of the notebook that a text may use: a text without them is compiled once."""
    used = set(_FILTER.findall(text))
    return tuple(sorted(used & phrases.own_filters(names).keys()))


def _with_line_ends(text: str) -> str:
    """The text with a + (Jinja's way to keep the line end) at every tag that ends a line of words.

    Without it a sentence that ends in `{% endif %}` would run into the next paragraph.
    """
    return "\n".join(
        line if _LINE_OF_TAGS.fullmatch(line) else _CLOSING_TAG.sub(r"+\1", line)
        for line in text.split("\n")
    )


def _bounded(pieces: Iterable[str]) -> str:
    bounded: list[str] = []
    length = 0
    for piece in pieces:
        bounded.append(piece)
        length += len(piece)
        if length > _LONGEST:
            raise BadExpression("for", f"印出的内容太长（超过 {_LONGEST} 字），请检查循环")
    return "".join(bounded)


def _sandbox(ledger: PrintedValues, names: Mapping[str, Any]) -> _Sandbox:
    sandbox = _Sandbox(
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
        optimized=False,
        cache_size=0,
    )
    sandbox.filters = (
        {name: sandbox.filters[name] for name in _KEPT_FILTERS}
        | FILTERS
        | phrases.own_filters(names)
    )
    sandbox.filters[marks.AWARE] = _same
    sandbox.tests = sandbox.tests | dict(filters.TESTS)
    sandbox.allowance = Allowance()
    sandbox.filters[_GONE_THROUGH] = sandbox.allowance.gone_through
    sandbox.filters[_PRINT] = _printer(ledger, names)
    sandbox.globals = {"range": bounded_range, **filters.GLOBALS}
    return sandbox


def _same(value: Any) -> Any:
    return value


def _printer(ledger: PrintedValues, names: Mapping[str, Any]) -> Callable[..., str]:
    @pass_context  # keeps Jinja from printing constants while it compiles
    def printed(_context: Context, value: Any, expression: str, line: int) -> str:
        if isinstance(value, Undefined):
            raise BadExpression(expression, _undefined_reason(value, names), line)
        if isinstance(value, Inset):
            return ledger.inset(value)
        try:
            if expression.startswith("【"):
                return _spoken(ledger, value, expression, line)
            if isinstance(value, Said) and value.nothing and not value.parts:
                return _spoken(ledger, value, expression, line)  # {{ 空名单|列举 }}
            parts = (value,) if isinstance(value, Reference) else filters.parts_of(value)
        except BadExpression as fault:
            counter = expression.strip("【").startswith("loop.index")
            reason = "序号请写 loop.index|序数，印成一、二、三" if counter else fault.reason
            raise BadExpression(expression, reason, line) from None
        return ledger.enter(*parts)

    return printed


def _spoken(ledger: PrintedValues, value: Any, expression: str, line: int) -> str:
    said = phrases.phrase(value)
    if isinstance(said, Reference):
        return ledger.enter(said)
    known = isinstance(value, Said | Sized) and value != ""
    return ledger.speak(Spoken(said.parts, said.nothing, said.decides, known, expression, line))


def _offered(namespace: Mapping[str, Any]) -> dict[str, Any]:
    """The names a text may use: no modules, no IPython history, nothing private, nothing that shadows 表 and 图."""
    hidden = {"In", "Out", "exit", "quit", "get_ipython", "open", *filters.GLOBALS}
    return {
        name: value
        for name, value in namespace.items()
        if not name.startswith("_")
        and name not in hidden
        and not isinstance(value, types.ModuleType)
    }


def _expressions(sandbox: Environment, source: str) -> Iterator[tuple[int, str]]:
    """Line and source of every `{{ }}`, in the order Jinja sees them."""
    line, words = 0, list[str]()
    for number, kind, word in sandbox.lex(source):
        if kind == "variable_begin":
            line, words = number, []
        elif kind == "variable_end":
            yield line, marks.as_written("".join(words).strip())
        else:
            words.append(word)


def _expression_at(sandbox: Environment, text: str, line: int) -> str:
    """The only `{{ }}` on a line, or nothing where that is not sure."""
    try:
        found = [expression for number, expression in _expressions(sandbox, text) if number == line]
    except TemplateSyntaxError:
        return ""
    return found[0] if len(found) == 1 else ""


def _line_of(fault: BaseException) -> int:
    """The line of the text where an exception came up; Jinja maps its code back to it."""
    line, trace = 0, fault.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _syntax_excerpt(text: str, line: int) -> str:
    lines = text.splitlines()
    return lines[line - 1].strip()[:60] if 0 < line <= len(lines) else ""


def _syntax_reason(fault: TemplateSyntaxError, sandbox: Environment) -> str:
    unknown = re.search(r"No (filter|test) named '([^']+)'", fault.message or "")
    if unknown:
        known = [
            name
            for name in sandbox.filters
            if not name.startswith("_") and name not in _KEPT_FILTERS
        ]
        return f"没有名为“{unknown[2]}”的写法{near_miss(unknown[2], known)}"
    lacking = re.search(r"looking for the following tags: '(\w+)'", fault.message or "")
    if lacking:
        return f"写法有误：少了 {{% {lacking[1]} %}}；for 要有 endfor，if 要有 endif"
    statement = re.search(r"unknown tag '([^']+)'", fault.message or "")
    if statement:
        return f"写法有误：多了 {statement[1]}，或者没有这种语句；能用的有 for、if 和 set 名字 = 值"
    return "写法有误；【】和花括号里只写一个名字，或者“名字|写法”，括号、引号要成对，不夹标点"


def unknown(name: str, names: Iterable[str]) -> str:
    """Why a name cannot be printed, with the near miss (the whole namespace of a notebook is too long a list)."""
    hint = near_miss(name, names)
    return f"没有名为“{name}”的量{hint if hint.startswith('；是否') else '；请先在前面的单元格里算出来'}"


def _undefined_reason(value: Undefined, names: Mapping[str, Any]) -> str:
    name = str(value._undefined_name)  # noqa: SLF001 — the only way Jinja tells
    owner = value._undefined_obj  # noqa: SLF001
    if isinstance(owner, Mapping):
        return f"没有“{name}”这一项{near_miss(name, map(str, owner))}"
    if owner is missing:
        return unknown(name, names)
    return f"没有“{name}”这个属性"


def _reason(fault: Exception, names: Mapping[str, Any]) -> str:
    if isinstance(fault, ReportError):  # from share(…) and its like, called in the text
        return str(fault)
    if isinstance(fault, UndefinedError):
        named = re.search(r"'([^']+)' is undefined", str(fault))
        return unknown(named[1], names) if named else f"用到了没有的量（{fault}）"
    if isinstance(fault, SecurityError):
        refused = "正文里不能调用函数、方法或取内部属性；请在代码单元格里算好，这里只印结果"
        return str(fault) if str(fault).startswith("正文") else refused
    if isinstance(fault, OverflowError):
        return "循环次数太多"
    if isinstance(fault, TypeError) and (Fact.__name__ in str(fault) or "指标" in str(fault)):
        return "指标不能直接比较；判断请写 .value，例如 {% if 指标.value == 0 %}"
    return f"算不出来（{type(fault).__name__}：{fault}）"
