"""A folder of right text -> recall of planted wrong characters, and false 警告 of T02 per 20,000 characters.

    python benchmarks/slips.py [DIR ...] [--seed 1] [--plants 600] [--false] [--missed]

A word of two to four characters, as the dictionary has it, is taken at random from a paragraph, and one of its characters
is replaced by another that sounds the same, the likelier the oftener it is written: what a pinyin keyboard does.
The whole document is checked with that one slip; it is noticed if T02 says at 警告 something new within three
characters. `--false` lists what is said of the text as it is.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter, defaultdict
from math import exp, log
from pathlib import Path
from random import Random

from wild import OURS, documents

from gongwen.findings import Level
from gongwen_lint.manuscript import reading
from gongwen_lint.rules import registry
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.prose.words.lexicon.tables import lexicon
from gongwen_lint.runner import Diagnostic, examine

_HAN = re.compile(r"[\u4e00-\u9fff]{2,}")
_SHORTEST = 16  # characters of a paragraph
_COMMON, _WRITTEN = (
    log(3e-6),
    log(2e-6),
)  # likelihoods of a word that is planted in, of a character that is put in
_NEAR = 3
_PER = 20_000


def warned(text: str, suffix: str = ".txt") -> list[Diagnostic]:
    """What T02 says of a text at 警告."""
    manuscript = reading.from_bytes(text.encode(), f"稿{suffix}")
    diagnostics = examine(manuscript, (registry.named("T02"),), CheckContext())
    return [each for each in diagnostics if each.level is Level.WARNING]


def words_of(paragraph: str) -> list[tuple[int, str]]:
    """Every common word with its place, longer ones first at each place."""
    likely = lexicon().likely
    words: list[tuple[int, str]] = []
    for run in _HAN.finditer(paragraph):
        at = run.start()
        while at < run.end():
            size = next(
                (
                    size
                    for size in (4, 3, 2)
                    if at + size <= run.end()
                    and likely.get(paragraph[at : at + size], -99) >= _COMMON
                ),
                1,
            )
            if size > 1:
                words.append((at, paragraph[at : at + size]))
            at += size
    return words


def planted(rng: Random, paragraph: str) -> tuple[str, int] | None:
    """The paragraph with one character wrong, and where."""
    book = lexicon()
    words = words_of(paragraph)
    if not words:
        return None
    start, word = rng.choice(words)
    at = start + rng.randrange(len(word))
    same = _alike()[book.sounds[paragraph[at]][0]]
    others = [sign for sign in same if sign != paragraph[at]]
    if not others:
        return None
    sign = rng.choices(others, [exp(book.likely[each] / 2) for each in others])[0]
    return f"{paragraph[:at]}{sign}{paragraph[at + 1 :]}", at


_ALIKE: dict[str, list[str]] = {}


def _alike() -> dict[str, list[str]]:
    """Characters that are written often, by their usual sound."""
    if not _ALIKE:
        book, alike = lexicon(), defaultdict(list)
        for sign, sounds in book.sounds.items():
            if book.likely.get(sign, -99) >= _WRITTEN:
                alike[sounds[0]].append(sign)
        _ALIKE.update(alike)
    return _ALIKE


def _planted_and_checked(
    rng: Random, plants: int, texts: list[tuple[str, str, tuple[str, ...]]]
) -> tuple[int, list[str]]:
    """How many of so many slips were noticed, each alone in its document, and what was not."""
    places = [
        (suffix, lines, number)
        for _, suffix, lines in texts
        for number, line in enumerate(lines)
        if len(line) >= _SHORTEST
    ]
    before: dict[tuple[str, ...], Counter[tuple[str, str]]] = {}
    noticed, missed = 0, list[str]()
    while noticed + len(missed) < plants:
        suffix, lines, number = rng.choice(places)
        made = planted(rng, lines[number])
        if made is None:
            continue
        if lines not in before:
            before[lines] = Counter(map(_said, warned("\n".join(lines), suffix)))
        text, at = made
        changed = "\n".join((*lines[:number], text, *lines[number + 1 :]))
        diagnostics = [each for each in warned(changed, suffix) if each.line == number + 1]
        near = [each for each in diagnostics if abs(each.start - at) <= _NEAR]
        if any(not before[lines][_said(each)] for each in near):
            noticed += 1
        else:
            missed.append(f"{text[max(0, at - 6) : at]}【{text[at]}】{text[at + 1 : at + 7]}")
    return noticed, missed


def _said(diagnostic: Diagnostic) -> tuple[str, str]:
    return diagnostic.text, diagnostic.message


def main() -> int:
    """Prints the two figures, and lists where asked."""
    parser = argparse.ArgumentParser(description="Recall of wrong characters, and false alarms.")
    parser.add_argument("folders", nargs="*", type=Path, default=[OURS])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plants", type=int, default=600)
    parser.add_argument("--false", action="store_true", help="list what is said as it is")
    parser.add_argument("--missed", action="store_true", help="list what was not noticed")
    asked = parser.parse_args()
    texts = [each for folder in asked.folders for each in documents(folder)]
    size = sum(len("".join(line.split())) for _, _, lines in texts for line in lines)
    wrong = [
        (name, each) for name, suffix, lines in texts for each in warned("\n".join(lines), suffix)
    ]
    noticed, missed = _planted_and_checked(Random(asked.seed), asked.plants, texts)
    print(f"植入{asked.plants}处，指出{noticed}处（{noticed / asked.plants:.0%}）")
    print(f"原文{size}字，作警告{len(wrong)}处，合每{_PER}字{len(wrong) * _PER / size:.2f}处")
    if asked.false:
        print(
            "\n".join(
                f"{name}：{each.before}【{each.text}】{each.after}　{each.message}"
                for name, each in wrong
            )
        )
    if asked.missed:
        print("\n".join(missed))
    return 0


if __name__ == "__main__":
    sys.exit(main())
