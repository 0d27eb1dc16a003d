"""K08, K20: one thing said with two numbers, and claims of all (全覆盖, 全部) beside numbers that are not all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from gongwen.chinese.numbers.quantity import PERCENT, POINTS, TIMES, Quantity
from gongwen.findings import Level
from gongwen_lint.manuscript.manuscript import Manuscript
from gongwen_lint.rules.content.reading.settings import Setting, Settings
from gongwen_lint.rules.content.reading.subjects import Subject, Subjects
from gongwen_lint.rules.content.sentences import Sentence, figure, sentences
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.rule import Rule, Violation

_SAYS_NOTHING = re.compile(
    r"到|在|于|(?:19|20)\d\d年底?|“十[一二三四五]五”|期间|末|达到?|共|累计|完成|实现|新增|获得|增长|年均|力争|突破|超过|和|的|来|[一二三四五六七八九十]年"
)
_ONE_OF = re.compile(r"其中|比|较|增加|减少|新增|每|平均|分别|人均|户均|累计(?!有)")
_NO_COUNT = frozenset({PERCENT, POINTS, TIMES, "", "年", "岁"})
_NAMED = 4  # characters that name what is counted
_LONG = 8  # so many words the same, up to the number, speak of the same thing
_ALL = re.compile(
    r"全覆盖|全部(?P<verb>完成|办结|整改|到位|达标|落实|建立|销号)|无一(?:遗漏|例外)|100[%％](?P<done>完成|办结|整改|覆盖)|全面覆盖"
)
_DENIED = re.compile(
    r"[未没不]有?(?:实现|达到|做到)|力争|争取|确保|将|计划|预计|目标|尚未|接近|基本|推动|推进|为实现|逐步|除"
)
_DID = re.compile(r"已|完成|实现|建立|办结|整改|约谈|开展|覆盖")
_RATE = re.compile(
    r"(?:覆盖|完成|办结|整改|销号|达标|化解|回收|处置|到位|参训|到会)率(?:[为是达]到?)?$"
)
_FULL = 100


@dataclass(frozen=True, slots=True)
class Mention:
    """One number, of what it is told and when it holds; without a subject the words up to it must be the same."""

    sentence: Sentence
    quantity: Quantity
    setting: Setting
    subject: Subject | None

    def meets(self, other: Mention) -> bool:
        """True if both are told of one time; where only words are the same, both must name it."""
        if self.subject and other.subject:
            return self.setting.meets(other.setting)
        return bool(self.setting.times) and self.setting == other.setting

    def sure_with(self, other: Mention) -> bool:
        """True if both were said to be all of them at the same time."""
        firm = self.subject and self.subject.firm and other.subject and other.subject.firm
        return bool(firm) and self.setting == other.setting


def two_values(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """K08：同一件事，全文一个数。

    已经做到的和打算做到的，是两件事，不比。

    好：全县共有社区工作者468人……全县468名社区工作者    差：全县共有社区工作者468人……全县共有社区工作者486人
    """
    del against
    mentions: dict[tuple[str, ...], list[Mention]] = {}
    settings, subjects = Settings(manuscript), Subjects(manuscript)
    for sentence in sentences(manuscript):
        for quantity in sentence.quantities:
            subject = subjects.of(sentence, quantity)
            key = (subject.place, subject.noun) if subject else _same_words(sentence, quantity)
            if not key:
                continue
            mention = Mention(sentence, quantity, settings.of(sentence, quantity), subject)
            same = mentions.setdefault((*key, quantity.thing), [])
            other = next((each for each in same if each.meets(mention)), None)
            same.append(mention)
            if other and not other.quantity.bounds.meets(quantity.bounds):
                yield _unlike_before(mention, other)


def _unlike_before(mention: Mention, other: Mention) -> Violation:
    quantity = mention.quantity
    where = other.sentence.para.where or "前文"
    message = f"{where}写的是{figure(other.quantity)}，这里是{figure(quantity)}"
    level = None if mention.sure_with(other) else Level.WARNING
    return mention.sentence.hit(quantity.start, quantity.end, message, "请核对，全文统一。", level)


def _same_words(sentence: Sentence, quantity: Quantity) -> tuple[str, ...]:
    """A long run of words up to a number, to be met again; nothing where they do not name what is counted."""
    if quantity.spelt or quantity.ranged or quantity.unit in _NO_COUNT or quantity.hedge:
        return ()
    lead = re.split(r"[，。；]", sentence.text[: quantity.start])[-1]
    if _ONE_OF.search(lead):
        return ()
    words = lead.strip() if not re.search(r"\d", lead) else sentence.before(quantity).strip()
    named = len(words) >= _LONG and len(_SAYS_NOTHING.sub("", words)) >= _NAMED
    return (words,) if named and lead.endswith(words) else ()


def claim_of_all(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """K20：数不是全部，就不说“全覆盖”“全部”。

    好：84家企业中已建立工会84家，实现全覆盖    差：应约谈86名，已约谈71名，做到约谈全覆盖
    """
    del against
    for sentence in sentences(manuscript):
        for match in _ALL.finditer(sentence.text):
            clause = re.split(r"[，；]", sentence.text[: match.start()])[-1]
            after = re.split(r"[，。；]", sentence.text[match.end() : match.end() + 4])[0]
            if not _DENIED.search(clause) and not _DENIED.search(after):
                yield from _unlike(sentence, match)


def _unlike(sentence: Sentence, claim: re.Match[str]) -> Iterator[Violation]:
    start = sentence.text.rfind("；", 0, claim.start()) + 1
    before = [
        each
        for each in sentence.quantities
        if start <= each.start and each.end <= claim.start() and each.plain
    ]
    for each in before:
        if any(other.start > each.start for other in before):
            continue  # 整改率99.3%，重大隐患3条，已全部整改: all of another number
        if each.percent and each.value < _FULL and _RATE.search(sentence.before(each)):
            message = f"比率是{figure(each)}，不能说“{claim[0]}”"
            yield sentence.hit(
                each.start, claim.end(), message, "请核对，或改为如实的说法。", Level.WARNING
            )
            return
    counted = [each for each in before if each.unit and each.unit not in (PERCENT, POINTS, TIMES)]
    for whole, part in reversed(list(pairwise(counted))):
        between = sentence.text[whole.end : part.start]
        done = between + sentence.after(part)
        near = sentence.text[part.end : claim.start()].count("，") == 1
        near = near and not re.search(r"其中.*其中|每|比|增加|减少", between)
        near = near and not any(each.value == whole.value + part.value for each in counted)
        near = near and not any(whole.end <= each.start < part.start for each in before)
        if (
            whole.thing == part.thing
            and 0 < part.value < whole.value
            and _DID.search(done)
            and near
        ):
            certain = re.search(r"已", between) and _shared(
                between, sentence.text[part.end : claim.start()]
            )
            message = f"{figure(whole)}中只有{figure(part)}，不能说“{claim[0]}”"
            level = None if certain else Level.WARNING
            yield sentence.hit(
                whole.start, claim.end(), message, "请核对，或改为如实的说法。", level
            )
            return


def _shared(one: str, other: str) -> bool:
    """True if a pair of characters stands in both: 已约谈 and 约谈全覆盖."""
    return bool(
        {one[at : at + 2] for at in range(len(one) - 1)}
        & {other[at : at + 2] for at in range(len(other) - 1)}
    )


RULES = (
    Rule("K08", "同一件事前后两个数", "内容", Level.ERROR, "通行做法", two_values),
    Rule("K20", "说“全”与数不符", "内容", Level.WARNING, "通行做法", claim_of_all),
)
