"""K01, K02: what was left to fill in: XX, 20XX, ○○, and a number missing before its classifier."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongwen.chinese import offices
from gongwen.findings import Level
from gongwen_lint.manuscript.manuscript import Manuscript, Para
from gongwen_lint.rules.content.sentences import Sentence, sentences
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.prose.words.lexicon.tables import lexicon
from gongwen_lint.rules.rule import Rule, Violation

_LEFT = re.compile(
    r"(?P<year>(?:19|20)(?:[Xx×]{2}|[○〇]{2}(?=年)|[*＊]{2}))年?"
    r"|(?P<blank>[_＿]{3,}|(?<![A-Za-z])[Xx]{2,}(?![A-Za-z])|(?<![\d×])[×]{2,}(?![\d×])|[○Ｘ]{2,}|[△]{2,})(?P<what>[\u4e00-\u9fff％%]{0,3})"
    r"|(?P<here>此处(?:填写|待填|插入)|请(?:在此)?填写|待补充数据|（?数据待(?:补|核)）?)"
)
# 完成投资    万元，: room left for a number; years, months and days of a form are blank on purpose
_ROOM = re.compile(
    r"(?<=[\u4e00-\u9fff])(?P<room>[ \u3000]{2,}|\u3000)(?=(?:万元|亿元|公里|平方米|人次|[名个户家件次亩人项场期]|[%％])(?:[，。；、]|$))"
)
# the title of a form of other documents, and words that are prescribed
_FORM = re.compile(
    r"^[^。；]{0,24}(?:样式|式样|参考格式|格式文本|示范文本|范本|模板|填写说明)(?:（[^（）]{0,12}）)?\s*$"
)
_FORM_OF_WORDS = re.compile(r"(?:用语|格式|写法|表述|样式)(?:是|为|如下)[：:]")
_TEMPLATE = re.compile(r"\{\{.*?\}\}|\$\{[^}]*\}")
_AMOUNT = re.compile(
    r"(?!人民|人大|人社|人武|个体|家具|户外|元素|场镇)[名人个家户项件篇条次场期万亿元%％年月日号]"
)
_UNITS = "人次|个百分点|万元|亿元|万人|名|家|户|个|项|次|场|期|人|元|%|％"
_MISSING = (
    re.compile(
        rf"(?:占比?|达到?|增长|下降|提高|降低|增加|减少|超过|约为|共计|合计|累计)了?(?P<x>{_UNITS})(?=[，。；、）]|$)"
    ),
    re.compile(
        r"(?:共有|现有|设有|下设|配有|选派|建立|组织)(?:专[职兼]|[\u4e00-\u9fff]){0,8}?(?:员|者|部|工|众|表|师|生|人才)(?P<x>名|人次)(?=[，。；、）]|$)"
    ),
    re.compile(
        rf"(?:共有|现有|设有|下设|建有|建成|建立|设立|成立)[\u4e00-\u9fff]{{0,8}}?(?:{offices.pattern('units_set_up')})"
        r"(?P<x>个|家|处)(?=[，。；、）]|$)"
    ),
    re.compile(rf"(?:^|(?<=[，。；、：]))(?P<x>{offices.pattern('counted')})"),
)
# 达人, 占个, 增加人: words that happen to end so; a count is missing only where a comma follows a
# bare classifier
_WORDS = re.compile(r"(?:达人|超过期|增加项|提高次|占场|达标|减少次|达到家)$")


_BARE = re.compile(
    r"(?P<noun>[\u4e00-\u9fff]{1,12}?)(?P<x>人次|万元|亿元|公里|平方米|(?<=[田地林园茶果草])亩|(?<=[粮油菜果茶鱼肉])吨|[个名家件次场项条台辆套座处]|(?<=[园校院学厕心站])所|(?<=[高初]中)所|户)(?=[，。；、）]|$)"
)
_COUNTED = re.compile(
    r"新建|新增|建成|建立|完成|办结|办理|发放|培训|开展|举办|召开|组织|引进|选派|惠及|改造|投入|投资|筹资|达到?|处理|查处|排查|化解|受理|接待|评选|表彰|创建|实施|发展|配备|设立|选聘|招聘|走访|慰问|整改|审结|执结|结案|侦破|起诉|开发|撤并|立案|争取|兑现|吸纳|采纳|发生|交办|共有|现有|累计|其中|培养|培育|招录|选树|储备|编发|印发|收集|征集|硬化|清理|安装|维修|检查|抽查|督查|开设|购置|举行|吸收|转正|通报|约谈|处分|问责|划分|组建|扩建|改建|注册|开通|录制|制定|修订"
)
_NUMERAL = re.compile(
    r"[一二三四五六七八九十百千万两几数多每各首逐整单同另半某该这那哪若余第零〇前后本有无近约达]$"
)
_ASKS = re.compile(
    r"(?:至少|最少)[\u4e00-\u9fff]{0,4}$|(?:仅|达|达到|减少到|增加到|提高到|不低于|不少于|不超过|安排|惠及(?:居民|群众|农户)?|共计?|合计|[收支]入|支出|占|有的)$"
)
_OFTEN_NOUNS = frozenset("户场项条处座")  # 堆放场, 物项, 脱贫户
_SHARE_OF_IT = re.compile(r"，占(?:比|[^，。；]{0,8}的)?\d")
# 接待游客人次、旅游总花费分别增长20%: the name of a measure, not a number of it
_GROWN = re.compile(r"[、和及与][^，。；\d]{2,20}(?:分别|均|同比|增长|提高|下降|突破)")
_NEAR_BY = 4
_PERSONS = ("员", "师", "生", "者", "人才", "干部", "职工", "专家")
_AFTER_DIGITS = re.compile(r"\d[^的]{0,10}$")
_NOUN = 3  # characters of a noun that a classifier may follow
_ENDS_OTHERWISE = (
    "地",
    "了",
    "所",
    "是",
    "用",
    "为",
    "与",
    "和",
    "在",
    "从",
    "以",
    "对",
    "按",
    "整",
    "做",
    "好",
    "要",
    "可",
)
_COUNTED_PEOPLE = re.compile(
    r"^(?:共|先后|累计|全年)(?:走访|慰问|帮扶|救助|惠及|搬迁|改造|安置|培训|发展)"
    rf"[\u4e00-\u9fff]{{0,4}}(?:{offices.pattern('helped')})$"
)
_MEETING = re.compile(r"(?:座谈|论证|推进|议事|宣讲|听证|招聘|推介)会$")  # 召开座谈会场
_NAMED_SO = re.compile(
    r"(?:信访|交办|督办|转办|举报|批示|承办|即办|来信|诉求|热线|提案|议案|批|急|快|卷)$"
)


def _ends_word(sign: str, lead: str, clause: str) -> bool:
    """True if a classifier is the end of a word: 案件 but not 案件件, 农田 but not 农田亩."""
    if sign in {"亩", "吨"} or _COUNTED_PEOPLE.search(clause):
        return False  # 高标准农田亩, 共慰问困难群众户
    if lead.endswith(("件", "班")) and sign in {"件", "期"}:
        return False  # 案件件, 培训班期
    if sign == "名" and lead.endswith(_PERSONS):
        return False  # 网格员名
    return len(sign) == 1 and lead[-1:] in tuple(lexicon().neighbours(sign)[0])


def _bare_classifiers(sentence: Sentence) -> Iterator[Violation]:
    """新建专家服务站个: a classifier that ends no word and has no number before it."""
    for match in _BARE.finditer(sentence.text):
        lead = sentence.text[: match.start("x")]
        clause = re.sub(r"^(?:20)?\d\d年", "", re.split(r"[，。；：、（）]", lead)[-1])
        asked = bool(_ASKS.search(clause) or _SHARE_OF_IT.match(sentence.text, match.end("x")))
        meeting = match["x"] == "场" and bool(_MEETING.search(lead))
        asked = asked or meeting
        word = match["x"] != "个" and not meeting and _ends_word(match["x"], lead, clause)
        asked = asked or _in_list(sentence, match, lead)
        if match["x"] in {"万元", "亿元"} and len(match["noun"]) > 1:
            asked = True
        same = rf"\d[余多]?{match['x']}[^，。；、]*的[^，。；、]{{1,4}}$"
        if (
            word
            or sentence.text.endswith(_COMPOUND, 0, match.end("x"))
            or (match["x"] == "处" and lead.endswith(_OFFICES))
            or not clause
            or re.search(same, clause)  # 5件超期反馈的督办件
            or _GROWN.match(sentence.text, match.end("x"))
            or _NUMERAL.search(lead)
            or re.search(r"\d[\u4e00-\u9fff]?$", lead)
        ):
            continue
        if not asked and (
            _AFTER_DIGITS.search(clause) or re.search(r"[每各逐]", clause[-_NEAR_BY:])
        ):
            continue
        beside = any(
            each.text.endswith(match["x"]) and not each.spelt for each in sentence.quantities
        )
        asked = asked or bool(_COUNTED_PEOPLE.search(clause))
        named = _NAMED_SO.search(lead) or match["x"] in _OFTEN_NOUNS or len(match["noun"]) < _NOUN
        if not (asked or beside or (_COUNTED.search(clause) and not named)):
            continue
        if clause.endswith(_ENDS_OTHERWISE) and not asked:
            continue
        yield sentence.hit(
            match.start("x"),
            match.end("x"),
            f"“{match['x']}”前面缺一个数",
            "请补上数。",
            Level.WARNING,
        )


def _in_list(sentence: Sentence, match: re.Match[str], lead: str) -> bool:
    """True for 专题辅导场、分组研讨2次: the item beside it has its number; and for 个, which ends no word."""
    if match["x"] == "个":
        return len(match["noun"]) > 1 and not lead.endswith(_NO_COUNT)
    after = sentence.text[match.end("x") :]
    return bool(
        re.match(r"、[^，。；、\d]{2,12}\d+[场次期名个所家户件项人条处座篇]", after)
        or re.search(r"\d[场次期名个所家户件项人条处座篇]、[^，。；、\d]{2,12}$", lead)
    )


_OFFICES = ("公证", "办事", "管理", "联络", "筹备", "代表", "秘书", "教务", "总务", "政教", "德育")
_COMPOUND = ("吨公里", "人公里")  # units, no kilometres of something
_NO_COUNT = ("挨", "些", "个", "是")


def _to_be_filled(manuscript: Manuscript) -> Iterator[Para]:
    """The paragraphs whose blanks should have been filled in: not those that show the form of other documents."""
    for para in manuscript.paras:
        if _FORM.search(para.text):
            return
        if not _FORM_OF_WORDS.search(para.text):
            yield para


def placeholder(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """K01：不留占位的 XX、20XX、____。

    “XX公司”可能是有意隐去名称，作警告；数和年份的位置空着，是错误。

    “附件：文书样式”一类的题目以后，和“规范用语是：”一类的话里，空着的是给人照填的，不说。

    好：职工28名，2025年被评为先进    差：职工XX名，20XX年被评为先进
    """
    del against
    for para in _to_be_filled(manuscript):
        patterns = (_LEFT, _TEMPLATE) if manuscript.kind == "docx" else (_LEFT,)
        for pattern in patterns:
            for match in pattern.finditer(para.text):
                name = pattern is _LEFT and match["blank"] and not _AMOUNT.match(match["what"])
                hidden = name and not match["blank"].startswith(("_", "＿"))
                end = match.end("blank") if hidden else match.end()
                message = "名称隐去了，还是忘了填" if hidden else "还有没填的地方"
                yield Violation(
                    para.number, match.start(), end, message, level=Level.WARNING if name else None
                )


def number_missing(manuscript: Manuscript, against: CheckContext) -> Iterator[Violation]:
    """K02：量词前面有数。

    好：共有专职网格员1360名    差：共有专职网格员名
    """
    del against
    for sentence in sentences(manuscript):
        for match in _ROOM.finditer(sentence.text):
            start = sentence.clause_start(match.start())
            message = "这里空着，缺一个数"
            yield sentence.hit(start, match.end() + 1, message, "请补上数。", Level.WARNING)
        found: set[int] = set()
        for pattern in _MISSING:
            for match in pattern.finditer(sentence.text):
                if not _WORDS.search(match[0]):
                    found.add(sentence.at(match.end("x")))
                    message = f"“{match['x']}”前面缺一个数"
                    yield sentence.hit(match.start(), match.end(), message, "请补上数。")
        for hit in _bare_classifiers(sentence):
            if hit.end not in found:
                yield hit


RULES = (
    Rule("K01", "占位符没有填", "内容", Level.ERROR, "通行做法", placeholder),
    Rule("K02", "量词前缺数", "内容", Level.ERROR, "通行做法", number_missing),
)
