"""Markdown emphasis beside Chinese characters -> emphasis as its author meant it.

CommonMark asks for spaces around **…** that ends in punctuation, and Chinese has none: `**重点：**
加快` stays raw. The rule here is that of markdown-cjk-friendly: Chinese punctuation counts as a
letter, and a Chinese neighbour counts as a space would. Runs without Chinese neighbours behave as
in CommonMark. It replaces the tokenizer of one parser only.
"""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

from gongwen.chinese.text import is_chinese

_MARKERS = "*_"


def use(parser: MarkdownIt) -> MarkdownIt:
    """The parser, with its emphasis tokenizer replaced."""
    parser.inline.ruler.at("emphasis", _tokenize)
    return parser


def _tokenize(state: StateInline, silent: bool) -> bool:
    marker = state.src[state.pos]
    if silent or marker not in _MARKERS:
        return False
    end = state.pos
    while end < state.posMax and state.src[end] == marker:
        end += 1
    before = state.src[state.pos - 1] if state.pos else " "
    after = state.src[end] if end < state.posMax else " "
    can_open, can_close = _flanking(before, after, within_words=marker == "*")
    length = end - state.pos
    for _ in range(length):
        token = state.push("text", "", 0)
        token.content = marker
        state.delimiters.append(
            Delimiter(
                marker=ord(marker),
                length=length,
                token=len(state.tokens) - 1,
                end=-1,
                open=can_open,
                close=can_close,
            )
        )
    state.pos = end
    return True


def _flanking(before: str, after: str, *, within_words: bool) -> tuple[bool, bool]:
    """Whether a run of markers between these two characters may open and may close emphasis."""
    open_side = not _space(after) and (
        not _mark(after) or _space(before) or _mark(before) or is_chinese(before)
    )
    close_side = not _space(before) and (
        not _mark(before) or _space(after) or _mark(after) or is_chinese(after)
    )
    if within_words:
        return open_side, close_side
    return open_side and (not close_side or _mark(before)), close_side and (
        not open_side or _mark(after)
    )


def _space(character: str) -> bool:
    return isWhiteSpace(ord(character))


def _mark(character: str) -> bool:
    """Punctuation in the sense of CommonMark, Chinese marks excepted."""
    return (isMdAsciiPunct(ord(character)) or isPunctChar(character)) and not _wide(character)


def _wide(character: str) -> bool:
    return is_chinese(character) and character not in "“”‘’—…·"
