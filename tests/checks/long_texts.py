"""Texts made of one piece, ten and a hundred thousand characters long -> how many times as long the longer takes.

python tests/checks/long_texts.py            every piece, as Markdown and as plain text (minutes)
python tests/checks/long_texts.py '——' '“'   only these
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

from gongwen_lint.manuscript.reading import from_bytes
from gongwen_lint.rules.registry import RULES
from gongwen_lint.runner import examine
from growth import least_ratio

PIECES = (
    "“", "”", "（1）", "(1)", "（", "）", "——", "—", "、", "，", "。", "1", "1、", "一", "一、", "《", "》", "[", "〔2026", "{{",
    "a", "A1 ", "1.2.", "5%，", "增长1%，", "其中：1个", "…", "\u200b甲", '"', "2026年1月1日", "约1左右", "@a.b", "`", "万元",
    "‘", "’", "；", "：", "·", "-", "~", "/", "*", "_", "|", "#", "（", "①", "Ⅰ", "第一条", "〔2026〕1号", "1人，", "共1个，",
    "从1到2，", "一是", "㎡", "\u3000", " ", "\t", "。”", "\\", "<b>", "http://a.b/", "张三、",
)  # fmt: skip
SHORT, LONG, MOST = 10_000, 100_000, 30  # what grows with the square takes a hundred times as long


def read_and_checked(name: str, text: str) -> object:
    """All that happens to a text between its bytes and what is said of it."""
    return examine(from_bytes(f"# 总结\n\n{text}\n".encode(), name), RULES)


def growth(name: str, piece: str, short: int = SHORT, long: int = LONG) -> float:
    """How many times as long as the shorter text the longer one takes."""
    brief, full = (piece * (length // len(piece)) for length in (short, long))
    return least_ratio(lambda: read_and_checked(name, brief), lambda: read_and_checked(name, full))


def main() -> int:
    """Try, and tell."""
    slow = 0
    for piece in sys.argv[1:] or PIECES:
        for name in ("甲.md", "甲.txt"):
            times = growth(name, piece)
            slow += times > MOST
            mark = "  not in proportion" if times > MOST else ""
            sys.stdout.write(f"{name} {piece!r:>14} {times:6.1f} times{mark}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{slow} not in proportion\n")
    return bool(slow)


if __name__ == "__main__":
    sys.exit(main())
