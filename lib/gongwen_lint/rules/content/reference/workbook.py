"""K06, K07, K30: numbers of a text against the figures of this year's workbook."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import chain

from gongwen.chinese.numbers.bounds import exactly
from gongwen.chinese.numbers.quantity import PERCENT, POINTS, Quantity
from gongwen.findings import Level
from gongwen_lint.manuscript.manuscript import Manuscript
from gongwen_lint.reference_data import Figure, ReferenceData
from gongwen_lint.rules.content.sentences import Sentence, figure, sentences
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.rule import Need, Rule, Violation

_FILL = r"(?:目前|现在|全年|年内|共计|共|现|总|有|设|下设|的|在册|召开|开展|上|已|等|和|以及|[，、]|截至[^，]*，)*"
_LISTED = r"(?:[\u4e00-\u9fff]{2,8}[\d.]+(?:名|个|人|次|家|户)[，、和])*"
_BETWEEN = re.compile(f"^{_FILL}{_LISTED}{_FILL}$")
_OWN = re.compile(r"^(?:其中|现|共|目前|全年|全部|已|的|有|召开|开展|上|在册|设|下设|和|及)*")
_LINK = re.compile(r"(?:共?有|总数)?(?:达到?|为|是|有|共)?$")
_YEAR = re.compile(r"(?:19|20)\d{2}(?=年)|上年|去年|年初|上半年|季度|\d{1,2}月(?:份)?|同期")
_NONE = re.compile(
    r"(?:没有|未有|无)(?P<what>[\u4e00-\u9fff]{2,6})|(?P<metric>[\u4e00-\u9fff]{2,6}?)(?:为)?0(?P<unit>人|名|次|个)"
)
_MOST_LISTED = 8


def contradicted(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """K07：文中的数与工作簿一致；“近”的不超过，“余”“超过”的不低于。

    只看写明是谁的、数的是什么、没有写别的日期的数。

    好：全县共有职工598名（工作簿598名）    差：全县共有职工612名（工作簿598名）
    """
    data = against.data
    if data is None:
        return
    index = _index(data.figures)
    for sentence in sentences(manuscript):
        for quantity in sentence.quantities:
            name, known = _figures(sentence, quantity, index, data)
            values = [each for each in known if each.value is not None]
            if values and not any(
                exactly(each.value or 0).meets(quantity.bounds) for each in values
            ):
                true = "或".join(dict.fromkeys(f"{each.value}{each.unit}" for each in values))
                message = f"工作簿“{values[0].sheet}”表里{name}的{values[0].metrics[0]}是{true}，文中写{figure(quantity)}"
                level = None if _on_the_day(manuscript, data.as_of) else Level.WARNING
                yield sentence.hit(
                    quantity.start, quantity.end, message, "请核对数据和截止日期。", level
                )


def zero_for_blank(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """K30：工作簿里没有填报的，不写成0。

    好：园区公司职工人数未填报    差：园区公司职工0人
    """
    data = against.data
    if data is None:
        return
    index = _index(data.figures)
    for sentence in sentences(manuscript):
        for quantity in sentence.quantities:
            name, known = _figures(sentence, quantity, index, data)
            if known and all(each.value is None for each in known) and not quantity.value:
                message = f"工作簿里{name}的{known[0].metrics[0]}没有填报，不是0"
                yield sentence.hit(
                    quantity.start, quantity.end, message, "请写“未填报”，或补要数据。"
                )


def untraced(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """K06：文中的数要查得到出处。

    对外来的文件只作提示：列出工作簿的常用指标中没有的数。

    好：数都在工作簿里    差：凭印象写的数
    """
    data = against.data
    if data is None or not data.figures:
        return
    values = {each.value for each in data.figures if each.value is not None}
    quantities = chain.from_iterable(sentence.quantities for sentence in sentences(manuscript))
    lost = [
        quantity.text
        for quantity in quantities
        if quantity.plain
        and quantity.unit not in (PERCENT, POINTS, "")
        and quantity.value not in values
    ]
    if lost:
        listed = "、".join(list(dict.fromkeys(lost))[:_MOST_LISTED])
        more = "等" if len(set(lost)) > _MOST_LISTED else ""
        message = f"有{len(lost)}个数在工作簿的常用指标中查不到：{listed}{more}"
        yield Violation(0, message=message, hint="请逐个核对出处。", level=Level.NOTE)


def _index(figures: Iterable[Figure]) -> Mapping[tuple[str, str], Sequence[Figure]]:
    """Figures by whose they are and what they count."""
    found: dict[tuple[str, str], list[Figure]] = {}
    for each in figures:
        for subject in each.subjects:
            for metric in each.metrics:
                found.setdefault((subject, metric), []).append(each)
    return found


def _figures(
    sentence: Sentence,
    quantity: Quantity,
    index: Mapping[tuple[str, str], Sequence[Figure]],
    data: ReferenceData,
) -> tuple[str, Sequence[Figure]]:
    """Whose a number is, and the figures it speaks of; none where the subject, the metric or the day cannot be told for certain."""
    if quantity.ranged or quantity.unit in (PERCENT, POINTS) or _other_day(sentence.text, data):
        return "", ()
    subject = _subject(sentence.text[: quantity.start], data)
    if subject is None:
        return "", ()
    name, end = subject
    before = (
        sentence.before(quantity)
        if end <= sentence.clause_start(quantity.start)
        else sentence.text[end : quantity.start]
    )
    for metric, start in _metrics(sentence, quantity, before):
        if (name, metric) in index and _BETWEEN.match(sentence.text[end:start]):
            return name, index[name, metric]
    return "", ()


def _metrics(sentence: Sentence, quantity: Quantity, before: str) -> Iterator[tuple[str, int]]:
    """The words for what is counted and where they start: before the number, else after it."""
    bare = _OWN.sub("", before)
    noun = _LINK.sub("", bare)
    if noun:
        yield noun, quantity.start - len(bare)
    else:
        yield sentence.after(quantity), quantity.start


def _subject(lead: str, data: ReferenceData) -> tuple[str, int] | None:
    """The last name in the words before, the longest where several begin there, and where it ends."""
    subjects = tuple(data.figures[0].subjects) if data.figures else ()
    matches = list(_names(data.names, subjects).finditer(lead))
    return (matches[-1][0], matches[-1].end()) if matches else None


@lru_cache(maxsize=8)
def _names(names: tuple[str, ...], whole: tuple[str, ...]) -> re.Pattern[str]:
    every = sorted((*names, *whole), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, every)) or r"(?!)")


def _other_day(text: str, data: ReferenceData) -> bool:
    """True if the sentence speaks of another year, or of a day that is not the workbook's."""
    day = data.as_of
    for each in _YEAR.findall(text):
        if each.isdigit():
            if data.year and int(each) != data.year:
                return True
        elif not (day and each.startswith(f"{day.month}月")):
            return True
    return False


def _on_the_day(manuscript: Manuscript, day: date | None) -> bool:
    """True if the document says that its figures are those of the workbook's day."""
    if day is None:
        return False
    said = re.compile(rf"截至{day.year}年{day.month}月(?:{day.day}日|底|末)")
    return any(said.search(words) for words in manuscript.words)


_DATA: frozenset[Need] = frozenset({"text", "data"})
RULES = (
    Rule("K06", "查不到出处的数", "内容", Level.NOTE, "工作簿", untraced, _DATA),
    Rule("K07", "与工作簿的数不符", "内容", Level.ERROR, "工作簿", contradicted, _DATA),
    Rule("K30", "未填报写成0", "内容", Level.ERROR, "工作簿", zero_for_blank, _DATA),
)
