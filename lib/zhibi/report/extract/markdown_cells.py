r"""Markdown of a plain notebook -> blocks: CommonMark as Jupyter shows it, with tables, tasks, notes and formulas.

It is made into HTML first and read as such: then HTML that an author typed around, between and inside his Markdown is read
where it stands. What stands in a fence or between backquotes is the author's text, whatever it looks like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from mdit_py_plugins.amsmath import amsmath_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from gongwen.chinese.text import visible
from zhibi.notebook.prose import cjk_emphasis
from zhibi.report.extract import html
from zhibi.report.extract.losses import Loss, Shown
from zhibi.report.extract.surroundings import Surroundings

# people leave out the space after #; a second # on the line would be a #话题#
_TIGHT_HEADING = re.compile(r"^( {0,3}#{1,6})(?=[^\s#!][^#\n]*$)", re.MULTILINE)
_TITLE_BREAK = re.compile(r"^( {0,3}#[ \t].*)\\\n[ \t]*", re.MULTILINE)
_TABLE_ROW = re.compile(r"^ {0,3}\|.*\$.*\|[ \t]*$", re.MULTILINE)
_DOLLARS = re.compile(r"(?<![\\$\d])\$(?=[^\s$])([^$\n]*[^\s$\\])\$(?![\d$])")
_CITED = re.compile(r"\[@[^\s\[\];@]+(?:\s*;\s*@[^\s\[\];@]+)*\]")
_NOTE_CALL = re.compile(r"\[\^[^\]\s]+\]")
_KEY = re.compile(r"\\label\s*\{([^{}]+)\}")
_TAG = re.compile(r"\\tag\*?\s*\{([^{}]+)\}")
_MENTION = re.compile(r"\\(?:eq)?ref\s*\{([^{}]+)\}")
_TASK = re.compile(r'<input class="task-list-item-checkbox"[^>]*>\s*')
_AMOUNT = re.compile(r"\d[\d,.]*\s|[A-Za-z]{2,}\s")  # $5 and $HOME are no formulas


def read(source: str, around: Surroundings) -> Shown:
    """Blocks in reading order, and what could not be taken over."""
    text = _TIGHT_HEADING.sub(r"\1 ", visible(source))
    while _TITLE_BREAK.search(text):
        text = _TITLE_BREAK.sub(r"\1<br>", text)
    text = _TABLE_ROW.sub(lambda row: _DOLLARS.sub(_without_bars, row[0]), text)
    blocks, losses = html.read(_TASK.sub(_box, _as_html(text)), around)
    return blocks, (*losses, *_as_typed(text))


def latex(source: str, around: Surroundings) -> Shown:
    """A text/latex output: one formula, or words with formulas among them."""
    text = source.strip()
    bare = re.fullmatch(r"\${1,2}([^$]+)\${1,2}|\\\[(.+)\\\]|(\\begin\{.+\})", text, re.DOTALL)
    if bare:
        return html.read(_equation(next(part for part in bare.groups() if part)), around)
    return read(text, around)


def _as_html(text: str) -> str:
    """The HTML, with every footnote where it is called."""
    parser, env = _parser(), dict[str, Any]()
    body: list[Token] = []
    notes: dict[int, list[Token]] = {}
    note: list[Token] | None = None
    for token in parser.parse(text, env):
        if token.type == "footnote_open":
            note = notes.setdefault(token.meta["id"], [])
        elif token.type == "footnote_close":
            note = None
        elif not token.type.startswith("footnote_block"):
            (body if note is None else note).append(token)
    env["notes"] = {
        number: parser.renderer.render(tokens, parser.options, env)
        for number, tokens in notes.items()
    }
    return str(parser.renderer.render(body, parser.options, env))


def _without_bars(formula: re.Match[str]) -> str:
    r"""A formula in a row of a table: its | would part cells, and Jupyter reads formulas before tables."""
    return formula[0].replace(r"\|", r"\Vert ").replace("|", r"\vert ")


def _box(task: re.Match[str]) -> str:
    return "☑ " if "checked=" in task[0] else "☐ "


def _as_typed(text: str) -> Iterator[Loss]:
    """Marks of other systems that are printed as they stand."""
    if "[@" in text:
        yield from (Loss("X15", mark) for mark in dict.fromkeys(_CITED.findall(text)))
    if "[^" in text:
        defined = set(re.findall(r"^ {0,3}(\[\^[^\]\s]+\]):", text, re.MULTILINE))
        calls = dict.fromkeys(_NOTE_CALL.findall(text))
        yield from (Loss("X15", mark) for mark in calls if mark not in defined)


def _equation(tex: str, label: str = "") -> str:
    """The element of a formula on a line of its own, with its key or the number its author gave it."""
    key, number = _KEY.search(tex), _TAG.search(tex)
    marks = f' number="{escape(number[1].strip("$ "))}"' if number else ""
    if not number and (key or label):
        marks = f' key="{escape(key[1] if key else label)}"'
    name = html.EQUATION
    return f"<{name}{marks}>{escape(_TAG.sub('', _KEY.sub('', tex)).strip())}</{name}>"


def _formula(tex: str) -> str:
    mention = _MENTION.fullmatch(tex.strip())
    if mention:
        return f'<{html.MENTION} key="{escape(mention[1])}"></{html.MENTION}>'
    one_sided = tex[:1].isspace() != tex[-1:].isspace()
    if one_sided and _AMOUNT.search(tex) and not re.search(r"[\\^_=]", tex):
        return f"${escape(tex, quote=False)}$"
    return f"<{html.FORMULA}>{escape(tex.strip())}</{html.FORMULA}>"


# how tokens are rendered: markdown-it calls them as methods of its renderer
def _math_inline(_: RendererHTML, tokens: Sequence[Token], at: int, *__: Any) -> str:
    return _formula(tokens[at].content)


def _math_block(_: RendererHTML, tokens: Sequence[Token], at: int, *__: Any) -> str:
    return _equation(tokens[at].content, tokens[at].info if "label" in tokens[at].type else "")


def _note(_: RendererHTML, tokens: Sequence[Token], at: int, __: Any, env: Any) -> str:
    return f"<{html.NOTE}>{env.get('notes', {}).get(tokens[at].meta['id'], '')}</{html.NOTE}>"


def _nothing(_: RendererHTML, *__: Any) -> str:
    return ""


def _typed_html(_: RendererHTML, tokens: Sequence[Token], at: int, *__: Any) -> str:
    """HTML as typed; MathJax sets the formulas in it too."""
    return _DOLLARS.sub(lambda found: _formula(found[1]), tokens[at].content)


def _text(_: RendererHTML, tokens: Sequence[Token], at: int, *__: Any) -> str:
    r"""Words; \eqref{…} among them mentions a formula."""
    words = escape(tokens[at].content, quote=False)
    return _MENTION.sub(lambda found: _formula(found[0]), words) if "ref{" in words else words


@lru_cache(maxsize=1)  # it keeps nothing of what it reads
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    parser.use(dollarmath_plugin, allow_digits=False, double_inline=True).use(amsmath_plugin)
    parser.use(footnote_plugin).use(tasklists_plugin)
    for kind, rule in {
        "math_inline": _math_inline,
        "math_inline_double": _math_block,
        "math_block": _math_block,
        "math_block_label": _math_block,
        "amsmath": _math_block,
        "footnote_ref": _note,
        "footnote_anchor": _nothing,
        "html_block": _typed_html,
        "text": _text,
    }.items():
        parser.add_render_rule(kind, rule)
    cjk_emphasis.use(parser)
    parser.parse(
        "字"
    )  # its rules are put in order at first use, which two threads must not do at once
    return parser
