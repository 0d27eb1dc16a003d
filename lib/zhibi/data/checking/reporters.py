"""The files of a folder -> whose each is, who is missing, late or there twice, and settings that disagree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from gongwen.facts.value import Fact, Read
from gongwen.findings import Finding, Level, Location
from zhibi.data.checking.answers import Change
from zhibi.data.checking.incomplete import LeftBlank
from zhibi.data.contract import Contract, Reporters
from zhibi.data.reading.sheets import SheetReading
from zhibi.data.sources.grid import Book


@dataclass(frozen=True)
class Filled:
    """One file as it was read."""

    book: Book
    sheets: Mapping[str, SheetReading]
    settings: Mapping[str, Fact]
    findings: tuple[Finding, ...]
    changes: tuple[Change, ...] = ()


def reporter(filled: Filled, contract: Contract) -> str:
    """The code of the one whose workbook this is; empty for a whole workbook."""
    if contract.reporters is None:
        return ""
    value = filled.settings[contract.reporters.setting].value
    return str(value) if value is not None else ""


def one_settings(
    files: Sequence[Filled], contract: Contract
) -> tuple[Mapping[str, Fact], tuple[Finding, ...]]:
    """Settings of all files together: each as the first file says that says anything.

    Others must not contradict it.
    """
    if len(files) == 1:
        return files[0].settings, ()
    own = contract.reporters.setting if contract.reporters else ""
    settings: dict[str, Fact] = {}
    findings: list[Finding] = []
    for column in contract.settings:
        name = column.header
        answers = [filled.settings[name] for filled in files if not filled.settings[name].missing]
        settings[name] = answers[0] if answers and name != own else _blank(files[0].settings[name])
        if name == own:
            continue
        for fact in answers[1:]:
            if fact.value != answers[0].value:
                message = (
                    f"“{name}”是“{fact.value}”，而“{_file(answers[0])}”里是“{answers[0].value}”。"
                )
                place = Location(_file(fact), contract.settings_title, _cell(fact), name)
                findings.append(
                    Finding(
                        "M06", Level.ERROR, place, message, "请核实以哪个为准，把各文件改成一致。"
                    )
                )
    return settings, tuple(findings)


def _blank(fact: Fact) -> Fact:
    assert isinstance(fact.origin, Read)  # as the settings were read
    return Fact(fact.label, None, fact.origin)


def _file(fact: Fact) -> str:
    assert isinstance(fact.origin, Read)  # as the settings were read
    return fact.origin.cells[0].file


def _cell(fact: Fact) -> str:
    assert isinstance(fact.origin, Read)  # as the settings were read
    rows = fact.origin.cells[0].rows
    return f"B{rows[0]}" if rows else ""


def who_reported(
    files: Sequence[Filled],
    contract: Contract,
    frame: pd.DataFrame,
    missing: Mapping[str, str],
    blanks: Iterable[LeftBlank],
) -> Iterable[Finding]:
    """M01 who is missing, M03 who reported twice, M09 files that name somebody the sheet does not know.

    `frame` is the sheet of reporters out of all files; `missing` those that no file speaks for, `blanks` the
    references into their files.
    """
    who, by_code = contract.reporters, _by_code(files, contract)
    if who is None:
        return
    known = _known(who, frame)
    for code, several in by_code.items():
        place = Location(several[-1].book.name, contract.settings_title, "", who.setting)
        if code not in known:
            message = f"“{code}”在“{who.sheet}”表中不存在，不知道是谁填报的。"
            hint = f"请改为“{who.sheet}”表中的“{who.key}”。"
            yield Finding("M09", Level.ERROR, place, message, hint)
        elif len(several) > 1:
            names = "、".join(f"“{filled.book.name}”" for filled in several)
            message = f"{_called(who, known[code])}报了{len(several)}份不同的工作簿：{names}。"
            hint = "请核实以哪一份为准，另一份移出文件夹。"
            yield Finding("M03", Level.ERROR, place, message, hint)
    listed = tuple(blanks)
    for code, name in missing.items():
        place = Location(spot=f"“{who.sheet}”表中的{code}")
        own = "、".join(str(blank) for blank in listed if blank.absent == code)
        waiting = f"{own}因此查不到，先留空，收到后再汇总一次。" if own else ""
        hint = f"请催报；已经报来的，请看“{who.setting}”是否填了“{code}”。"
        yield Finding("M01", Level.WARNING, place, f"没有收到{name}的工作簿。{waiting}", hint)


def not_received(
    files: Sequence[Filled], contract: Contract, frame: pd.DataFrame
) -> dict[str, str]:
    """Those that no file speaks for, by code, as they are called.

    Nobody is waited for where no file says whose it is.
    """
    who, by_code = contract.reporters, _by_code(files, contract)
    if who is None or not by_code:
        return {}
    known = _known(who, frame)
    target = f"{who.sheet}.{who.key}"
    records = []
    for sheet in contract.sheets:
        referring = (column.header for column in sheet.columns if column.refers == target)
        records += [(sheet.title, header) for header in referring if sheet.title != who.sheet]
    covered = set(by_code)
    for code, several in by_code.items():
        below = set().union(*(_with_records(filled, records) for filled in several))
        covered |= {child for child in below if code in _above(child, who, known)}
    return {
        code: _called(who, row)
        for code, row in known.items()
        if code not in covered and not _excused(who, row)
    }


def _excused(who: Reporters, row: Mapping[object, object]) -> bool:
    return any(row[column] == word for column, word in who.excused)


def _by_code(files: Sequence[Filled], contract: Contract) -> dict[str, list[Filled]]:
    found: dict[str, list[Filled]] = {}
    for filled in files:
        code = reporter(filled, contract)
        if code:
            found.setdefault(code, []).append(filled)
    return found


def _known(who: Reporters, frame: pd.DataFrame) -> dict[str, Mapping[object, object]]:
    rows = zip(frame[who.key], frame.to_dict("records"), strict=True)
    return {str(code): row for code, row in rows}


def _with_records(filled: Filled, records: Iterable[tuple[str, str]]) -> set[str]:
    """Everybody this file holds records of, beyond their line in the list."""
    codes: set[str] = set()
    for title, header in records:
        codes.update(map(str, filled.sheets[title].frame[header].dropna().unique()))
    return codes


def _above(code: str, who: Reporters, known: Mapping[str, Mapping[object, object]]) -> set[str]:
    codes: set[str] = set()
    while (
        code in known and isinstance(parent := known[code][who.parent], str) and parent not in codes
    ):
        codes.add(parent)
        code = parent
    return codes


def _called(who: Reporters, row: Mapping[object, object]) -> str:
    names = (row[name] for name in who.names)
    return f"“{next((name for name in names if isinstance(name, str)), row[who.key])}”"


def late(files: Iterable[Filled], due: date) -> Iterable[Finding]:
    """M02 every file that was last saved after the day."""
    for filled in files:
        saved = filled.book.saved_on
        if saved is not None and saved > due:
            message = f"最后保存于{saved}，晚于{due}。"
            yield Finding(
                "M02",
                Level.WARNING,
                Location(filled.book.name),
                message,
                "请核实是否迟报；事后另存也会改变这个日期。",
            )
