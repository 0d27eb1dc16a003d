"""K25, K27: paragraphs of empty phrases; what scraping, scanning and slips of the hand leave behind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from gongwen.chinese import offices
from gongwen.findings import Level
from gongwen_lint.manuscript.manuscript import Manuscript
from gongwen_lint.rules.content.sentences import of, paragraphs
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.rule import Rule, Violation

_BOOSTER = re.compile(
    r"显著|明显|有力|有效|大幅|扎实|切实|进一步|不断|持续|全面|深入|积极|充分|大力|稳步"
    r"|高度重视|良好|新台阶|新局面|新成效|新提升|蓬勃"
)
_CONCRETE = re.compile(
    rf"\d|[一二三四五六七八九十百千万]{{1,4}}(?:名|个|家|次|项|场|户|件|条)|《|“|如[\u4e00-\u9fff]{{2,}}(?:{offices.pattern('examples_of')})"
)
_SENTENCES, _BOOSTERS = 3, 6

_SCRAPED = re.compile(
    r"版权(?:声明|所有)|Copyright|推荐访问|相关阅读|责任编辑|责编[：:]|本文来源|文章来源|来源[：:][\u4e00-\u9fff]{2,12}网|点击(?:查看|下载|进入)|返回(?:顶部|首页)"
    r"|上一篇|下一篇|扫(?:一扫|码)关注|公众号[：:]|【打印】|分享到[：:]|浏览次数|阅读量[：:]|点击数|第\s*\d+\s*页\s*[，/]?\s*共\s*\d+\s*页|未经(?:授权|许可)[^，。]{0,6}(?:转载|使用)"
)
# wrong characters that look like the right ones: pattern, what it should be
_LOOKALIKES: tuple[tuple[str, str], ...] = (
    (r"温暧", "温暖"), offices.lookalike("charter"), (r"深人(?=推进|学习|贯彻|开展|基层|群众|实施|人心|调研|一线)", "深入"),
    (r"(?<![金圆])融人(?=[\u4e00-\u9fff])(?!士|员|才|民|大|情|文|性)", "融入"),
    (r"(?<![采接容吐缴收出])纳人(?=[\u4e00-\u9fff]{2})(?!员|数|大|民|才)", "纳入"),
    offices.lookalike("joining"),
    offices.lookalike("day"), (r"曰(?=常|前|程)", "日"),
    offices.lookalike("cadre"),
    (r"(?<=[二一])[Oo0](?=[一二三四五六七八九〇零Oo0]{1,2}年)", "〇"), (r"(?<=2)[Oo](?=[12]\d年)", "0"), (r"巳经", "已经"),
    (r"末(?=完成|落实|到位|按时|能|达标|建立|开展)", "未"), (r"(?<=年|期|月|季)未(?=[，。、；前，])", "末"),
    (r"搞笑(?=服务|运转|落实|办|推进|便捷)", "高效"), offices.lookalike("leading"), (r"(?<=董事会、)监理会", "监事会"),
    (r"先锋模仿(?=作用)", "先锋模范"), (r"战斗[保碉]垒", "战斗堡垒"), offices.lookalike("clean"), offices.lookalike("grassroots"),
    (r"年青干部", "年轻干部"), (r"贯策|惯彻", "贯彻"),
)  # fmt: skip
_COMPILED = tuple((re.compile(pattern), right) for pattern, right in _LOOKALIKES)


def empty_phrases(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """K25：成效用事实和数说话，不堆“显著”“扎实”“进一步”。

    好：平均等候时间由18分钟缩短到7分钟    差：各项工作扎实推进，成效显著，满意度不断提高
    """
    del against
    for para, words in paragraphs(manuscript):
        hollow = [sentence for sentence in of(para, words) if not _CONCRETE.search(sentence.text)]
        matches = chain.from_iterable(_BOOSTER.finditer(sentence.text) for sentence in hollow)
        boosters = [match[0] for match in matches]
        if len(hollow) >= _SENTENCES and len(boosters) >= max(_BOOSTERS, 2 * len(hollow) - 1):
            start, end = hollow[0].start, hollow[-1].end
            words_used = "、".join(f"“{word}”" for word in list(dict.fromkeys(boosters))[:5])
            message = (
                f"{len(hollow)}句话没有一个数、一件事，用了{len(boosters)}处{words_used}一类的词"
            )
            yield Violation(para.number, start, end, message, hint="请换成数和事例。")


def residue(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """K27：不带网页、扫描留下的字，不写形近的错字。

    好：温暖、纳入规划    差：责任编辑：……；温暧、纳人规划
    """
    del against
    # a pattern that matches nowhere in the whole matches in no paragraph
    lookalikes = [each for each in _COMPILED if each[0].search(manuscript.whole)]
    scraped = _SCRAPED.search(manuscript.whole)
    if not lookalikes and not scraped:
        return
    for para, words in zip(manuscript.paras, manuscript.words, strict=True):
        if para.role in {"page_footer", "page_header", "contents"}:
            continue
        for match in _SCRAPED.finditer(words):
            yield Violation(
                para.number, match.start(), match.end(), "像是从网页带来的字", hint="请删去。"
            )
        for pattern, right in lookalikes:
            for match in pattern.finditer(words):
                yield Violation(para.number, match.start(), match.end(), f"是不是“{right}”", right)


RULES = (
    Rule("K25", "空话多", "内容", Level.WARNING, "通行做法", empty_phrases),
    Rule("K27", "网页残留、形近错字", "内容", Level.WARNING, "通行做法", residue),
)
