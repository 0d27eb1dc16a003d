"""执笔不查 P05 in a text -> rules suppressed there.

The words of the request are not checked as prose.

Two forms: an HTML comment (Markdown, plain text), <!-- 执笔不查 P05 S03 -->, and 〔执笔不查 P05〕
anywhere. Without codes, or with 全部, nothing is checked in the paragraph. A paragraph that holds
nothing else speaks for the next one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from gongwen_lint.manuscript.manuscript import Para

ALL = "*"
WORD = "执笔不查"
_REQUEST = re.compile(rf"(?:<!--|〔)\s*{WORD}[：:\s]*((?:[A-Z]\d\d[、,，\s]*)*|全部\s*)(?:-->|〕)")
_CODE = re.compile(r"[A-Z]\d\d")


def heeded(paras: Sequence[Para]) -> tuple[Para, ...]:
    """The paragraphs with what each asks for set; the same paragraphs where nothing is asked."""
    if not any(WORD in para.text for para in paras):
        return tuple(paras)
    return tuple(_heeded(paras))


def _heeded(paras: Sequence[Para]) -> Iterator[Para]:
    ahead: frozenset[str] = frozenset()
    for para in paras:
        requests = list(_REQUEST.finditer(para.text))
        named = (_CODE.findall(request[1]) or [ALL] for request in requests)
        codes = ahead.union(*named)
        ahead = codes if requests and not _REQUEST.sub("", para.text).strip() else frozenset()
        if not codes:
            yield para
            continue
        spans = (*para.masked, *(request.span() for request in requests))
        yield replace(para, masked=spans, ignored=para.ignored | codes)
