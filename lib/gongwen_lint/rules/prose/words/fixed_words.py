"""N10, N18–N24: years cut short, fixed words and names with numerals in them, clock times, small counts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongwen.findings import Level
from gongwen_lint.manuscript.manuscript import Manuscript
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.prose.substitution import CUSTOM, NUMERALS, swap
from gongwen_lint.rules.rule import Rule, Violation

_WEEK = "一二三四五六日"
_DIGITS = "一二三四五六七八九"
_ZERO = str.maketrans("零○O0Ｏ", "〇〇〇〇〇")
_MAYBE_FIXED = (
    *(
        "星期",
        "礼拜",
        "第1",
        "1方",
        "1把",
        "1系",
        "1如",
        "1目",
        "2个维",
        "2学",
        "3会",
        "3重",
        "3农",
    ),
    *("4个意", "4个自", "4个全", "4风", "4项基"),
)
_PLANS = {f"1{number}": f"十{word}" for number, word in enumerate(_DIGITS, 1)}
_COUNT = re.compile(
    r"(?<![\d.第])([2-9])(?=(?:个|项|条|名|家)[汉]{2})".replace("汉", "\u4e00-\u9fff")
    + r"|(?<![第一二三四五六七八九十百千万])([二三四五六七八九])(?=(?:个|项|条|名|家)[\u4e00-\u9fff]{2})"
)


def short_year(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """N10：年份写全，年代写明世纪。

    前面已经写明世纪的年代不算。

    好：2023年底、20世纪90年代    差：23年底、90年代
    """
    del against
    for match in re.finditer(r"(?<![\d.近第])[0-3]\d年(?=\d{1,2}月|底|初|末|度)", manuscript.whole):
        para, start = manuscript.at(match.start())
        yield Violation(para.number, start, start + 3, "年份应写四位数字")
    for para, words in manuscript.read_by_prose:
        if "年代" in words and "世纪" not in words:
            for match in re.finditer(r"(?<!\d)[1-9]0年代", words):
                yield Violation(para.number, match.start(), match.end(), "年代应写明世纪")


def counts_of_one_kind(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """N24：同一段里同一种东西的个数，写法一致。

    好：3个方面……4个方面    差：3个方面……四个方面
    """
    del against
    for para, words in manuscript.read_by_prose:
        seen: dict[str, bool] = {}
        for match in _COUNT.finditer(words):
            thing, arabic = words[match.end() : match.end() + 3], bool(match[1])
            if seen.setdefault(thing, arabic) != arabic:
                message = f"“{thing}”的个数，前面用了{'汉字' if arabic else '阿拉伯数字'}"
                yield Violation(para.number, match.start(), match.end() + 3, message)
                break


def _week(match: re.Match[str]) -> str:
    return f"{match[1]}{_WEEK[int(match[2]) - 1]}"


def _plan(match: re.Match[str]) -> str | None:
    """“十四五” in quotation marks, unless inside others already: there a person must decide."""
    before = match.string[match.string.rfind("\n", 0, match.start()) + 1 : match.start()]
    if before.count("“") > before.count("”"):
        return None
    word = match[1]
    return f"“{_PLANS.get(word, word)}五”"


def _year(match: re.Match[str]) -> str:
    return match[0].translate(_ZERO)


def _day_of_note(match: re.Match[str]) -> str:
    return f"“{match[1]}·{match[2]}”"


RULES: tuple[Rule, ...] = (
    Rule("N10", "年份、年代没有写全", "文字", Level.NOTE, NUMERALS, short_year),
    swap(
        "N18", "固定词语里的数用了阿拉伯数字",
        (r"(星期|礼拜)([1-6])(?!\d)", _week),
        (r"(?<![\d.])1(?=方面|把手|系列|如既往|目了然)", "一"), (r"第1(?=书记|责任人|时间|议题|要务|线)", "第一"),
        (r"(?<![\d.])2(?=个维护|学一做)", "两"), (r"(?<![\d.])3(?=会一课|重一大|农工作|农问题)", "三"),
        (r"(?<![\d.])4(?=个意识|个自信|个全面|风问题|项基本原则)", "四"),
        if_any=_MAYBE_FIXED, fix="G", basis=f"{NUMERALS} 4.2", bad="星期5、第1书记", good="星期五、第一书记",
    ),
    swap(
        "N19", "五年规划的简称写法不对",
        (r"(?<![“‘\d第十一二三四五六七八九])(十[一二三四五六七]|1[1-7])五(?=[”]?(?:规划|时期|期间|末期|以来|开局|收官))(?!”)", _plan),
        fix="G", basis=CUSTOM, message="五年规划的简称用汉字，加引号", bad="14五规划、十四五时期", good="“十四五”规划",
    ),
    swap(
        "N20", "含月日的名称写法不对",
        (r"(?<![\d.])(3|5|6|11|12)[.．](15|12|26|9|4)(?=晚会|消费者|国际|全国|国家|宪法|禁毒|消防|防灾|宣传)", _day_of_note),
        (r"(?:五·四|五·一|六·一|七·一|八·一|十·一|七·七|九·三|九·一八|三·八)", lambda match: match[0].replace("·", "")),
        fix="G", level=Level.NOTE, basis=f"{NUMERALS} 附录", message="用阿拉伯数字的加间隔号和引号；用汉字的，只有一月、十一月、十二月加间隔号",
        bad="3.15晚会、“五·四”运动", good="“3·15”晚会、五四运动、“一二·九”运动",
    ),
    swap(
        "N21", "汉字年份里的“〇”写法不对",
        (r"(?<![汉\d])(?:[一二][一二三四五六七八九零〇○O0Ｏ]{3})(?=年)", _year),
        fix="A", basis=f"{NUMERALS} 5.2", bad="二零二三年", good="二〇二三年",
    ),
    swap(
        "N22", "农历日期用了阿拉伯数字", (r"农历\d{1,2}月(?:\d{1,2}|初)", None), (r"(?:正月|腊月)\d{1,2}", None),
        fix="S", basis=NUMERALS, bad="农历1月15日", good="农历正月十五",
    ),
    swap(
        "N23", "时刻用了全角冒号", (r"(?<=[午晚日晨早间至到—～])([01]?\d|2[0-4])：([0-5]\d)(?!\d)", r"\1:\2"),
        fix="A", level=Level.NOTE, basis=NUMERALS, bad="上午9：30", good="上午9:30；比为3：1",
    ),
    Rule("N24", "同类个数写法不一", "文字", Level.NOTE, NUMERALS, counts_of_one_kind),
)  # fmt: skip
