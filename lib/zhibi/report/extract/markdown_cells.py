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
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from gongwen.chinese.text import visible
from zhibi.notebook.prose.markdown_rules import cjk_emphasis
from zhibi.report.extract import html
from zhibi.report.extract.formulas import Formulas, equation, mentions
from zhibi.report.extract.losses import Loss, Shown
from zhibi.report.extract.surroundings import Surroundings

# people leave out the space after #; a second # on the line would be a #话题#
_TIGHT_HEADING = re.compile(r"^( {0,3}#{1,6})(?=[^\s#!][^#\n]*$)", re.MULTILINE)
_TITLE_BREAK = re.compile(r"^( {0,3}#[ \t].*)\\\n[ \t]*", re.MULTILINE)
# a picture tag on a line of its own would make raw HTML of the lines below it
_PICTURE_LINE = re.compile(
    r"^( {0,3}(?:<!--[^\n]*?-->\s*)?(?:</?(?:img|a|br)\b[^<>\n]*>)+)[ \t]*\n(?=[^\s<])",
    re.MULTILINE,
)
_CITED = re.compile(r"\[@[^\s\[\];@]+(?:\s*;\s*@[^\s\[\];@]+)*\]")
_NOTE_CALL = re.compile(r"\[\^[^\]\s]+\]")
_TASK = re.compile(r'<input class="task-list-item-checkbox"[^>]*>\s*')
_ONE_FORMULA = re.compile(r"\${1,2}([^$]+)\${1,2}|\\\[(.+)\\\]|(\\begin\{.+\})", re.DOTALL)


def read(source: str, around: Surroundings) -> Shown:
    """Blocks in reading order, and what could not be taken over."""
    text = _TIGHT_HEADING.sub(r"\1 ", visible(source))
    text = _PICTURE_LINE.sub(r"\1\n\n", text)
    while _TITLE_BREAK.search(text):
        text = _TITLE_BREAK.sub(r"\1<br>", text)
    blocks, losses = html.read(_TASK.sub(_box, _as_html(text)), around)
    return blocks, (*losses, *_as_typed(text))


def latex(source: str, around: Surroundings) -> Shown:
    """A text/latex output: one formula, or words with formulas among them."""
    text = source.strip()
    bare = _ONE_FORMULA.fullmatch(text)
    if bare:
        return html.read(equation(next(part for part in bare.groups() if part)), around)
    return read(text, around)


def _as_html(text: str) -> str:
    """The HTML, with every footnote where it is called."""
    formulas = Formulas()
    parser, env = _parser(), dict[str, Any]()
    body: list[Token] = []
    notes: dict[int, list[Token]] = {}
    note: list[Token] | None = None
    for token in parser.parse(formulas.taken_out(text), env):
        _put_back(token, formulas)
        if token.type == "footnote_open":
            note = notes.setdefault(token.meta["id"], [])
        elif token.type == "footnote_close":
            note = None
        elif not token.type.startswith("footnote_block"):
            (body if note is None else note).append(token)
    env["formulas"] = formulas
    env["notes"] = {
        number: parser.renderer.render(tokens, parser.options, env)
        for number, tokens in notes.items()
    }
    return formulas.restored(parser.renderer.render(body, parser.options, env))


def _put_back(token: Token, formulas: Formulas) -> None:
    """Dollars in code are only dollars."""
    if token.type in {"fence", "code_block", "code_inline"}:
        token.content = formulas.restored(token.content)
    for child in token.children or ():
        _put_back(child, formulas)


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


# how tokens are rendered: markdown-it calls them as methods of its renderer
def _note(_: RendererHTML, tokens: Sequence[Token], at: int, __: Any, env: Any) -> str:
    return f"<{html.NOTE}>{env.get('notes', {}).get(tokens[at].meta['id'], '')}</{html.NOTE}>"


def _nothing(_: RendererHTML, *__: Any) -> str:
    return ""


def _typed_html(_: RendererHTML, tokens: Sequence[Token], at: int, __: Any, env: Any) -> str:
    """HTML as typed; MathJax sets the formulas in it too."""
    return str(env["formulas"].elements(tokens[at].content))


def _text(_: RendererHTML, tokens: Sequence[Token], at: int, __: Any, env: Any) -> str:
    """Words, and the formulas among them."""
    words = mentions(escape(tokens[at].content, quote=False))
    return str(env["formulas"].elements(words))


@lru_cache(maxsize=1)  # it keeps nothing of what it reads
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    parser.use(footnote_plugin).use(tasklists_plugin)
    for kind, rule in {
        "footnote_ref": _note,
        "footnote_anchor": _nothing,
        "html_block": _typed_html,
        "html_inline": _typed_html,
        "text": _text,
    }.items():
        parser.add_render_rule(kind, rule)
    cjk_emphasis.use(parser)
    parser.parse(
        "字"
    )  # its rules are put in order at first use, which two threads must not do at once
    return parser
