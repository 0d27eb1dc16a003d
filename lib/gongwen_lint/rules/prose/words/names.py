"""Two characters of a text -> whether they may belong to a name, which may be any characters, or to a coined word."""

from __future__ import annotations

import re

from gongwen.chinese import offices

NUMERALS = frozenset("一二三四五六七八九十百千万两")
_GOES_TO, _TOWNS = frozenset("赴到在至往向从自抵经与和"), "县镇乡村市区"
_PLACES = "县镇乡村市区街寨屯庄坪沟岭河江湖山港湾岛峡州旗盟"
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭郎鲁韦马苗方"
    "俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元顾孟黄穆萧尹姚邵汪祁毛禹狄米贝"
    "明臧成戴谈宋庞熊纪舒屈项祝董梁杜阮蓝闵席季强贾路娄江童颜郭梅盛林钟徐邱骆高夏蔡田樊胡凌霍虞万柯管卢"
    "莫房缪解应宗丁宣邓洪包石崔吉龚程邢裴陆荣翁荀羊惠曲封储靳段焦巴牧山谷车侯全班仰仲宁仇甘武符刘景詹龙叶"
    "司黎薄白蒲邰从索赖卓屠蒙池乔翟谭贡申冉牛尚温庄晏柴瞿阎慕连习艾鱼容古易慎廖居衡步都耿满匡文寇欧沃"
    "敖冷辛那简饶计曾关查游权盖肖付闫佟聂褚岳覃农甄鞠丛佘尉冼苟芦隆楚"
)
# 会议主持人为廖春生: a person's name may be any characters
PERSON = re.compile(
    rf"(?:书记|主任|[士班组队会校院局部处科所站厂社省市区州司厅县镇乡村]长|主席|委员|经理|负责人|联系人|召集人|牵头人|{offices.pattern('membership')}|教师|老师|医生|医师|护士|村民|工人|记者)"
    rf"(?P<name>(?:[为由是系](?:[{_SURNAMES}]某*|(?=[{_SURNAMES}])[\u4e00-\u9fff]{{2,3}}))|[{_SURNAMES}][\u4e00-\u9fff]{{1,2}})"
    r"(?=[^\u4e00-\u9fff]|$|同志|担任|任|兼|等|是|说|受到|介绍|表示|出席|主持|致辞|参加)"
)
# provinces and cities in one character that is seldom used otherwise: 入津, 冀货, 来粤
_PROVINCES = frozenset("津沪渝冀晋皖闽赣鲁豫鄂湘粤桂琼蜀黔滇藏陇甬")
# 渝宜段, 呼南高铁, 石衡沧港城际: the ends of a line, one character each
_A_LINE = re.compile(
    r"[\u4e00-\u9fff]{0,3}?(?:高铁|铁路|城际|高速|公路|机场|航道|大桥|隧道|水库|班列|段)"
)
_A_NUMBER = re.compile(r"[\u4e00-\u9fff]{0,4}[〔\[［（(](?:19|20)\d\d")
# 王某某、李某某: a name stands by itself between these
_BETWEEN_NAMES = re.compile(r"[、，,；;：:（）()\s]")
_A_NAME = re.compile(
    rf"(?P<name>[{_SURNAMES}][\u4e00-\u9fff]{{1,2}})(?:(?:等|同志)[\u4e00-\u9fff]*)?"
)
_PAIR, _ITEM = 2, 3  # characters
_COINED = 8  # characters of a name in quotation marks


def in_place_name(run: str, at: int, right: str) -> bool:
    """True where the pair may be the name of a place: 青岭县."""
    named = run[at + 2 : at + 3]
    if run[at] in _GOES_TO and run[at + 3 : at + 4] in tuple(_TOWNS):
        return True  # 赴安丰县
    return bool(named and named in _PLACES) or (run[at + 1] in _PLACES and run[at + 1] != right[1])


def in_number_of_document(text: str, end: int) -> bool:
    """True where the pair is of the abbreviations before a document's year: 滦政办通〔2025〕19号."""
    return _A_NUMBER.match(text, end) is not None


def may_be_coined(text: str, start: int, end: int, right: str) -> bool:
    """True where a person must look: a province, a numeral, the ends of a line, a name in quotation marks."""
    pair = text[start:end]
    counted = pair[0] in NUMERALS and right[-1] not in NUMERALS
    if counted or pair[-1] == "段" or any(sign in _PROVINCES for sign in pair):
        return True
    if _A_LINE.match(text, end):
        return True
    opened = text.rfind("“", max(0, start - _COINED), start)
    closed = text.find("”", end, end + _COINED)
    inside = text[opened + 1 : closed]
    quoted = opened >= 0 and closed >= 0 and len(inside) <= _COINED and "”" not in inside
    return quoted and len(pair) == len(right) == _PAIR


def ordinal_at(run: str, at: int) -> bool:
    """True where 第 stands at a place of a run with a number behind it: it belongs to that number."""
    return run[at : at + 1] == "第" and run[at + 1 : at + 2] in NUMERALS


def is_listed_name(text: str, run: re.Match[str], end: int) -> bool:
    """True where a run of characters may begin with a name that stands by itself and reaches beyond `end`.

    A surname and what belongs to it, or a short item of a list: 旭龙、奔子栏等水电站.
    """
    before, behind = text[run.start() - 1 : run.start()], text[run.end() : run.end() + 1]
    item = run[0].partition("等")[0]
    if run.start() + len(item) >= end and len(item) <= _ITEM and "、" in (before, behind):
        return True
    match = _A_NAME.fullmatch(run[0])
    if match is None or run.start() + match.end("name") < end:
        return False
    sides = (before, behind if match["name"] == run[0] else "")
    return all(not side or _BETWEEN_NAMES.match(side) for side in sides)
