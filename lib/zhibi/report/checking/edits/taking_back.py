"""An edited draft -> the words that people changed, back where they were written, so that the next run prints them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gongwen import atomic_files
from gongwen.errors import UnreadableFile
from zhibi.notebook.parameters.texts import FOR, TEXTS, name_for, with_texts
from zhibi.report import outputs
from zhibi.report.checking.edits.alignment import aligned
from zhibi.report.checking.edits.compare import Comparison
from zhibi.report.checking.edits.original import PrintedFigure
from zhibi.report.checking.edits.passages import bare, sentences
from zhibi.workspace import workspace as workspaces

_PLACEHOLDER = re.compile(r"【[^】]*】|\{\{.*?\}\}")
_HEADING = re.compile(r"^(#+\s*)")
_CLOSING = re.compile(r"\*{0,3}")  # of the bold words before
_NUMBER = re.compile(
    r"^\s*(?:[（(][一二三四五六七八九十]+[）)]|[一二三四五六七八九十]+、|\d+[.．、])\s*"
)


@dataclass(frozen=True, slots=True)
class TakenBack:
    """The parameter file that was written, the places whose words went into it, and those that could not, with the reason."""

    file: Path | None
    kept: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]  # place and reason


def take_back(comparison: Comparison, run: Path) -> TakenBack:
    """Write the changed words of every place that people write into the parameter file of the report.

    Raises UnreadableFile where the run does not say which report it was.
    """
    record = _record(run)
    place = workspaces.find(run)
    if place is None or not record.get("report"):
        raise UnreadableFile(
            run, "不知道这份稿子是哪种报告生成的", "请用 --run 指明生成它的文件夹。"
        )
    report = workspaces.locate(place, str(record["report"]), place.root)
    path = report.parameters or place.root / "params" / f"{report.name}.yaml"
    source = path.read_text("utf-8-sig") if path.is_file() else ""
    given = comparison.original.parameters
    meant = str(given.get(FOR) or "")
    whom = _whom(comparison, record)
    many = bool(whom) and (comparison.original.scope != "county" or meant not in ("", whom))
    texts = _texts_of(given.get(TEXTS), whom, everybody=meant in ("", whom))
    found = dict(_changed(comparison, texts))
    refused = {
        name: "这段写在工作簿的“撰写”表里，请把改后的话填回那一行"
        for name in found
        if _of_rows(name, comparison, texts)
    }
    accepted = {name: text for name, text in found.items() if name not in refused}
    if not accepted:
        return TakenBack(None, (), tuple(refused.items()))
    named = {name_for(name, whom) if many else name: text for name, text in accepted.items()}
    written = with_texts(source, named, "" if meant or many else whom)
    atomic_files.save(path.parent, {path.name: written.encode()})
    return TakenBack(path, tuple(accepted), tuple(refused.items()))


def _texts_of(texts: object, whom: str, *, everybody: bool) -> dict[str, Any]:
    """The texts of the parameter file that this report may have printed, under the names of their places."""
    if not isinstance(texts, Mapping):
        return {}
    end = name_for("", whom)
    own = {
        str(name).removesuffix(end): text for name, text in texts.items() if str(name).endswith(end)
    }
    return {**(texts if everybody else {}), **own}


def _record(run: Path) -> Mapping[str, Any]:
    try:
        record = json.loads((run / outputs.RECORD).read_bytes())
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def _whom(comparison: Comparison, record: Mapping[str, Any]) -> str:
    """For whom and which year the texts of this report are, as its notebook asks for it."""
    original = comparison.original
    years = [fact.value for fact in original.everything if fact.label == "年度"]
    name = str(record.get("owner") or "") if original.scope == "county" else original.author
    return f"{name}{years[0]}年度" if years and name else ""


def _of_rows(name: str, comparison: Comparison, texts: Mapping[str, Any]) -> bool:
    """True for a text that was printed and is not the parameter file's."""
    sources = comparison.original.sources.values()
    printed = any(each.section == name and not each.to_write for each in sources)
    return printed and not str(texts.get(name) or "").strip()


def _changed(comparison: Comparison, texts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each place whose words were changed, with all its words as they are to be written."""
    made, now = comparison.original, comparison.edited
    twin = {one: other for one, other in comparison.pairs if one is not None and other is not None}
    sections = dict.fromkeys(each.section for each in made.sources.values() if each.section)
    for name in sections:
        own = _run([place for place, each in made.sources.items() if each.section == name])
        first, last = _span(own, twin, len(now))
        inside = [place for place in range(first, last) if not now[place].table]
        before = [made.passages[place] for place in own]
        if [each.key for each in before] == [now[place].key for place in inside] or not inside:
            continue
        paragraphs = re.split(r"\n\s*\n", str(texts.get(name) or "").strip())
        fits = len(paragraphs) == len(own)
        back = {twin[place]: number for number, place in enumerate(own) if place in twin}
        words = []
        for place in inside:
            number = back.get(place)
            if number is None or not fits:
                words.append(now[place].text)
            else:
                printed = made.figures.get((own[number], 0), ())
                words.append(
                    rewritten(paragraphs[number], before[number].text, now[place].text, printed)
                )
        yield name, "\n\n".join(words)


def _span(own: Sequence[int], twin: Mapping[int, int], count: int) -> tuple[int, int]:
    """Where the words of a place begin and end in the draft: what was put in beside it is its own.

    Not so where its neighbour was taken out: what was put in there stands for the neighbour.
    """
    first = max((twin[place] for place in twin if place < own[0]), default=-1) + 1
    last = min((twin[place] for place in twin if place > own[-1]), default=count)
    if own[0] in twin and own[0] - 1 not in twin:
        first = twin[own[0]]
    if own[-1] in twin and own[-1] + 1 not in twin:
        last = twin[own[-1]] + 1
    return first, last


def _run(places: Sequence[int]) -> list[int]:
    return [*range(min(places), max(places) + 1)]


def rewritten(source: str, before: str, after: str, printed: Sequence[PrintedFigure]) -> str:
    """A paragraph as it is to be written: sentences nobody changed keep their names and marks, the others their names."""
    if bare(before) == bare(after):
        return source
    heading = _HEADING.match(source)
    if heading:
        return heading[1] + _NUMBER.sub("", after)
    written, old, new = (sentences(text) for text in (source, before, after))
    names = dict(
        zip(
            ((each.start, each.end) for each in printed), _PLACEHOLDER.findall(source), strict=False
        )
    )
    if len(names) != len(_PLACEHOLDER.findall(source)):
        return after
    if len(written) != len(old):
        return _named(after, before, 0, names)
    words = ""
    for one, other in aligned([bare(text) for _, text in old], [bare(text) for _, text in new]):
        if other is None:
            continue
        text = new[other][1]
        if one is not None and bare(old[one][1]) == bare(text):
            words += written[one][1]
        else:
            place = old[one][0] if one is not None else len(before)
            mark = _CLOSING.match(written[one][1]) if one is not None else None
            named = _named(text, old[one][1] if one is not None else "", place, names)
            words += (mark[0] if mark else "") + named
    return words if words.count("**") % 2 == 0 else words.replace("**", "")


def _named(text: str, before: str, start: int, names: Mapping[tuple[int, int], str]) -> str:
    """A sentence with the figures that were left in it under their names again."""
    at, words = 0, ""
    for (first, last), name in names.items():
        if not start <= first < start + len(before):
            continue
        shown = before[first - start : last - start]
        place = text.find(shown, at)
        if place >= 0:
            words += text[at:place] + name
            at = place + len(shown)
    return words + text[at:]
