"""A font's name -> the class of typeface the standard speaks of: 小标宋, 黑体, 楷体, 仿宋, 宋体."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

Face = Literal["小标宋", "黑体", "楷体", "仿宋", "宋体", ""]

# the first word found decides: 仿宋 holds 宋, 小标宋 too
_WORDS: tuple[tuple[str, Face], ...] = (
    ("小标宋", "小标宋"), ("xiaobiaosong", "小标宋"), ("fzxbs", "小标宋"), ("大标宋", "小标宋"), ("仿宋", "仿宋"),
    ("fangsong", "仿宋"), ("楷", "楷体"), ("kai", "楷体"), ("黑", "黑体"), ("simhei", "黑体"), ("heiti", "黑体"),
    ("yahei", "黑体"), ("宋", "宋体"), ("simsun", "宋体"), ("songti", "宋体"),
)  # fmt: skip


@lru_cache(maxsize=512)
def face_of(font: str) -> Face:
    """The class of a font by its name.

    Nothing for a name that says none (Calibri, 华文行楷's like).
    """
    name = font.lower()
    return next((face for word, face in _WORDS if word in name), "")
