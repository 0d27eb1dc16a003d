"""A domain in a folder -> everything that is wrong with its contract, each fault with file and line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from gongwen.errors import near_miss
from gongwen.findings import Finding, Level, Location
from zhibi.data.checking.own_checks import run_checks
from zhibi.data.contract import Column, Contract, Kind, Sheet
from zhibi.data.writing import sample_data
from zhibi.domain.source_lines import SourceLines
from zhibi.domain.values import Domain

CHOOSING = (Kind.CHOICE, Kind.CHOICES)


def faults_of(domain: Domain, folder: Path) -> tuple[Finding, ...]:
    """Nothing for a domain that can be used."""
    lines = SourceLines(folder)
    named = _of_names(domain, folder, lines)
    faults = (*named, *of_contract(domain, lines))
    return (*faults, *_of_checks(domain.contract, repeated=_repeats(domain.contract)))


def of_contract(domain: Domain, lines: SourceLines) -> tuple[Finding, ...]:
    """What can be told without trying its checks."""
    contract = domain.contract
    return (
        *_of_sheets(contract, lines),
        *_of_settings(contract, lines),
        *_of_reporters(contract, lines),
        *_of_division(domain, lines),
        *_of_intake(domain, lines),
    )


def _fault(code: str, place: Location, message: str, hint: str) -> Finding:
    return Finding(code, Level.ERROR, place, message, hint)


def _of_names(domain: Domain, folder: Path, lines: SourceLines) -> Iterator[Finding]:
    if domain.name != folder.name:
        message = f"领域的名称是“{domain.name}”，文件夹却叫“{folder.name}”"
        yield _fault("C21", lines.call("Domain"), message, "请改成一样的。")


def _of_sheets(contract: Contract, lines: SourceLines) -> Iterator[Finding]:
    yield from _twice("表", contract.sheets, lines)
    known = {sheet.title: sheet for sheet in contract.sheets}
    for sheet in contract.sheets:
        yield from _twice("列", sheet.columns, lines, sheet.title)
        yield from _of_key(sheet, lines)
        yield from _of_owner(sheet, known, lines)
        for column in sheet.columns:
            yield from _of_column(column, sheet.title, known, lines)


def _twice(
    what: str, things: Iterable[Sheet | Column], lines: SourceLines, sheet: str = ""
) -> Iterator[Finding]:
    """Two sheets, or two columns of one, that go by the same key or the same Chinese name."""
    where = f"“{sheet}”表有" if sheet else "有"
    names = [(thing.title if isinstance(thing, Sheet) else thing.header) for thing in things]
    keys = [thing.key for thing in things]
    for word, number in Counter(names).items():
        if number > 1:
            message = f"{where}{number}个{what}都叫“{word}”"
            yield _fault("C22", lines.call(word, sheet=sheet, last=True), message, "请改一个名称。")
    for word, number in Counter(keys).items():
        if number > 1:
            message = f"{where}{number}个{what}的代号都是“{word}”"
            place = lines.call(word, sheet=sheet, last=True)
            yield _fault("C22", place, message, "代号不能重复，请改一个。")


def _of_key(sheet: Sheet, lines: SourceLines) -> Iterator[Finding]:
    if not sheet.primary_key:
        message = f"“{sheet.title}”表没有写明凭哪一列认出一行（主键）"
        hint = '请写在列的后面，如 ("学校代码",)。'
        yield _fault("C23", lines.call(sheet.title), message, hint)
    for header, number in Counter(sheet.primary_key).items():
        if number > 1:
            message = f"“{sheet.title}”表的主键里“{header}”写了{number}次"
            place = lines.word(header, sheet=sheet.title)
            yield _fault("C23", place, message, "请只写一次。")
    for header in sheet.primary_key:
        if header not in sheet.headers:
            message = f"“{sheet.title}”表的主键“{header}”不是这张表的列"
            place = lines.word(header, sheet=sheet.title)
            yield _fault("C23", place, message, _near(header, sheet.headers))


def _of_owner(sheet: Sheet, known: dict[str, Sheet], lines: SourceLines) -> Iterator[Finding]:
    for header in sheet.owner:
        column = next((each for each in sheet.columns if each.header == header), None)
        if column is None:
            message = f"“{sheet.title}”表的归属列“{header}”不是这张表的列"
            place = lines.word(header, sheet=sheet.title)
            yield _fault("C24", place, message, _near(header, sheet.headers))
        elif not column.refers and header not in sheet.primary_key:
            message = f"“{sheet.title}”表的归属列“{header}”没有写明指的是哪张表的哪一列"
            hint = f'请给这一列加上 refers="表.列"；可以指的表有：{"、".join(known)}。'
            yield _fault("C24", lines.call(header, sheet=sheet.title), message, hint)


def _of_column(
    column: Column, sheet: str, known: dict[str, Sheet], lines: SourceLines
) -> Iterator[Finding]:
    where = f"“{sheet}”表的“{column.header}”" if sheet else f"设置“{column.header}”"
    for code, message, hint in _wrong_with(column, where, known):
        yield _fault(code, lines.call(column.header, sheet=sheet), message, hint)


def _wrong_with(
    column: Column, where: str, known: dict[str, Sheet]
) -> Iterator[tuple[str, str, str]]:
    """Code, message and hint of everything that is wrong with a column by itself."""
    if column.refers:
        title, dot, header = column.refers.partition(".")
        if not dot or title not in known:
            message = f"{where}引用的“{column.refers}”不存在，没有“{title}”这张表"
            yield "C25", message, _near(title, known)
        elif header not in known[title].headers:
            message = f"{where}引用的“{column.refers}”不存在，“{title}”表没有“{header}”这一列"
            yield "C25", message, _near(header, known[title].headers)
    if column.kind in CHOOSING and not column.choices:
        message = f"{where}是{column.kind}，却没有写可以选什么"
        yield "C26", message, "请写上 choices=(…)，或换一种类型。"
    low, high = column.minimum, column.maximum
    if low is not None and high is not None and _above(low, high):
        yield "C26", f"{where}的最小值{low}大于最大值{high}", "请改正其中一个。"


def _above(low: object, high: object) -> bool:
    try:
        return bool(low > high)  # type: ignore[operator]
    except TypeError:
        return True


def _of_settings(contract: Contract, lines: SourceLines) -> Iterator[Finding]:
    yield from _twice("设置", contract.settings, lines)
    known = {sheet.title: sheet for sheet in contract.sheets}
    names = [column.header for column in contract.settings]
    for column in contract.settings:
        yield from _of_column(column, "", known, lines)
    for field in ("region", "as_of", "report_year", "data_until"):
        name = getattr(contract, field)
        if name and name not in names:
            message = f"{field} 写的“{name}”不是一项设置"
            yield _fault("C27", lines.word(name), message, _near(name, names))


def _of_reporters(contract: Contract, lines: SourceLines) -> Iterator[Finding]:
    who = contract.reporters
    if who is None:
        return
    sheet = next((each for each in contract.sheets if each.title == who.sheet), None)
    if sheet is None:
        message = f"填报单位所在的“{who.sheet}”表不存在"
        titles = [each.title for each in contract.sheets]
        yield _fault("C27", lines.word(who.sheet), message, _near(who.sheet, titles))
        return
    columns = (who.key, *who.names, *([who.parent] if who.parent else ()))
    for header in columns:
        if header not in sheet.headers:
            message = f"填报单位用到的“{header}”不是“{who.sheet}”表的列"
            yield _fault("C27", lines.word(header), message, _near(header, sheet.headers))
    if who.setting not in [column.header for column in contract.settings]:
        message = f"写明是谁填报的设置“{who.setting}”不存在"
        hint = "请在设置里加上这一项。"
        yield _fault("C27", lines.word(who.setting), message, hint)


def _of_division(domain: Domain, lines: SourceLines) -> Iterator[Finding]:
    """What `divide_by` names, and sheets that would be in nobody's report because they do not say whose they are."""
    cut = domain.divide
    sheet = getattr(cut, "sheet", "")
    if not isinstance(sheet, str) or not sheet:
        return
    known = {each.title: each for each in domain.contract.sheets}
    if sheet not in known:
        message = f"divide_by 写的“{sheet}”表不存在"
        yield _fault("C27", lines.call("divide_by"), message, _near(sheet, known))
        return
    for header in getattr(cut, "headers", ()):
        if header not in known[sheet].headers:
            message = f"divide_by 写的“{header}”不是“{sheet}”表的列"
            yield _fault(
                "C27", lines.call("divide_by"), message, _near(header, known[sheet].headers)
            )
    target = f"{sheet}.{getattr(cut, 'key', '')}"
    for each in domain.contract.sheets:
        refers = any(column.refers == target for column in each.columns)
        if refers and not each.owner and each.title not in getattr(cut, "shared", ()):
            message = f"“{each.title}”表没有写明一行是谁的，各单位自己的报告看不到这张表"
            own = next(column.header for column in each.columns if column.refers == target)
            hint = f'请给 Sheet 加上 owner=("{own}",)；人人都能看的表写进 divide_by 的 shared。'
            yield _fault("C24", lines.call(each.title), message, hint)


def _of_intake(domain: Domain, lines: SourceLines) -> Iterator[Finding]:
    """Sheets and columns that importing is told of."""
    if domain.intake is None:
        return
    known = {sheet.title: sheet for sheet in domain.contract.sheets}
    intake = domain.intake()
    for named in (intake.organisations, intake.people, *intake.others):
        if named.sheet not in known:
            message = f"导入用到的“{named.sheet}”表不存在"
            yield _fault("C28", lines.word(named.sheet), message, _near(named.sheet, known))
            continue
        headers = known[named.sheet].headers
        columns = (named.key, *named.names, *named.marks, *([named.within] if named.within else ()))
        for header in columns:
            if header not in headers:
                message = f"导入用到的“{header}”不是“{named.sheet}”表的列"
                yield _fault("C28", lines.word(header), message, _near(header, headers))


def _repeats(contract: Contract) -> bool:
    titles = [sheet.title for sheet in contract.sheets]
    headers = [column.header for column in contract.settings]
    several = [len(set(sheet.headers)) < len(sheet.headers) for sheet in contract.sheets]
    return len(set(titles)) < len(titles) or len(set(headers)) < len(headers) or any(several)


def _of_checks(contract: Contract, *, repeated: bool) -> Iterator[Finding]:
    """Checks that raise on an empty workbook, or on one with a row of examples in each sheet.

    They are tried only where the sheets can be laid out at all.
    """
    if repeated:
        yield from _of_checks(_once(contract), repeated=False)
        return
    reported: set[tuple[str, str]] = set()
    examples: dict[str, tuple[dict[str, str], ...]] = {s.title: ({},) for s in contract.sheets}
    for cells in ({}, examples):
        dataset = sample_data.dataset(contract, cells)
        for finding in run_checks(contract.checks, dataset):
            spot = finding.place.file, finding.place.spot
            if finding.code == "B23" and spot not in reported:
                reported.add(spot)
                yield finding


def _once(contract: Contract) -> Contract:
    """The contract with each name once."""
    sheets = {
        sheet.title: replace(sheet, columns=_columns_once(sheet.columns))
        for sheet in contract.sheets
    }
    settings = _columns_once(contract.settings)
    return replace(contract, sheets=tuple(sheets.values()), settings=settings)


def _columns_once(columns: Iterable[Column]) -> tuple[Column, ...]:
    return tuple({column.header: column for column in columns}.values())


def _near(name: str, known: Iterable[str]) -> str:
    """是否想写…, or the list of what there is."""
    return near_miss(name, tuple(known)).lstrip("；") or "请改正。"
