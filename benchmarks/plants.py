"""Words of a document -> the same words with one error in them: the errors that `wild.py` plants, by kind.

A planter is given a seeded random generator and the lines of a document; it returns the lines with one error, or None
where the document offers no place for it. It reads the text for itself and knows nothing of the checker's rules.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from random import Random

Lines = tuple[str, ...]
Planter = Callable[[Random, Lines], Lines | None]
Place = tuple[int, int, int, str]  # line, start, end, what to put there

_TOKEN = re.compile(
    r"(?P<number>\d+(?:\.\d+)?)(?P<scale>[万亿]?)(?P<unit>个百分点|平方米|公里|人次|[%‰元名人个家户件项条所株张头公顷亩])"
)
_SENTENCE = re.compile(r"[^。；\n]+[。；]?")
_WEEK = "一二三四五六日"
_OFFICES = ("财政局", "教育局", "民政局", "水利局", "林业局", "统计局", "审计局", "医疗保障局")
_ORDER = "一二三四五六七八九十"
_STEPS = 12  # one part in so many: how far a number is moved
# wrong as it is typed, by what it stands for; none of them was taken from the checker's table
TYPOS = {
    "部署": "布暑", "贯彻": "贯切", "截至": "截止", "统筹": "统畴", "隐患": "隐换", "督促": "督足", "协调": "协凋", "落实": "落时",
    "措施": "错施", "履行": "覆行", "遵守": "尊守", "严厉": "严历", "批准": "批淮", "精简": "精减", "综合": "棕合", "巩固": "巩故",
    "覆盖": "复盖", "辐射": "幅射", "账目": "帐目", "松弛": "松驰", "度过": "渡过", "蓬勃": "篷勃", "竞争": "竟争", "辩论": "辨论",
    "重叠": "重迭", "震撼": "震憾", "制定": "制订定", "编辑": "编缉", "缉拿": "辑拿", "锻炼": "锻练", "熟练": "熟炼", "凑合": "凑和",
    "典型": "典形", "弘扬": "宏杨", "表彰": "表章", "敬业": "敬页", "急躁": "急燥", "枯燥": "枯躁", "培训": "培圳", "鉴定": "签定",
    "赡养": "瞻养", "瞻望": "赡望", "渎职": "读职", "亵渎": "亵读", "纰漏": "批漏", "通讯": "通迅", "迅速": "讯速", "储备": "贮备着",
    "调剂": "调济", "接济": "接剂", "恪守": "格守", "必须": "必需要", "即使": "既使", "既然": "即然", "侯选": "候选", "候选": "侯选",
}  # fmt: skip
TITLES = {
    "党政领导干部选拔任用工作条例": ("党政干部选拔任用工作条例", "党政领导干部选拔任免工作条例"),
    "中国共产党支部工作条例（试行）": ("中国共产党支部工作条例",),
    "中国共产党农村基层组织工作条例": ("中国共产党农村基层党组织工作条例",),
    "中华人民共和国水污染防治法": ("中华人民共和国水污染防制法",),
    "中华人民共和国土壤污染防治法": ("中华人民共和国土壤污染防止法",),
    "政府投资条例": ("政府投资项目条例",),
    "信访工作条例": ("信访工作管理条例",),
    "中华人民共和国安全生产法": ("中华人民共和国安全生产管理法",),
}  # fmt: skip


@dataclass(frozen=True)
class Token:
    """A number with its unit, and where it stands in its line."""

    start: int
    end: int
    value: float
    digits: str
    unit: str

    @property
    def places(self) -> int:
        """Decimals shown."""
        return len(self.digits.partition(".")[2])


def tokens(line: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The numbers of a stretch of a line."""
    numbers = _TOKEN.finditer(line, start, len(line) if end is None else end)
    return [
        Token(each.start(), each.end("number"), float(each["number"]), each["number"], each["scale"] + each["unit"])
        for each in numbers
    ]  # fmt: skip


def stretches(lines: Lines) -> Iterator[tuple[int, list[Token]]]:
    """The numbers of every sentence, with the line they are in."""
    for number, line in enumerate(lines):
        for sentence in _SENTENCE.finditer(line):
            yield number, tokens(line, sentence.start(), sentence.end())


def moved(rng: Random, token: Token) -> str:
    """Another number of the same look."""
    step = max(10.0**-token.places, round(token.value / rng.randint(6, _STEPS), token.places))
    value = token.value + (step if rng.random() < 0.5 or token.value <= 2 * step else -step)
    return f"{value:.{token.places}f}"


def put(lines: Lines, place: Place) -> Lines:
    """The lines with other words at a place."""
    number, start, end, words = place
    line = lines[number]
    return (*lines[:number], f"{line[:start]}{words}{line[end:]}", *lines[number + 1 :])


def one_of(rng: Random, lines: Lines, places: Sequence[Place]) -> Lines | None:
    """One of the places, changed."""
    return put(lines, rng.choice(list(places))) if places else None


def _rounds(token: Token, value: float) -> bool:
    return abs(value - token.value) <= 0.5 * 10.0**-token.places + 1e-9


def part_of_sum(rng: Random, lines: Lines) -> Lines | None:
    """A总数，其中B、C: one part or the total."""
    places: list[Place] = []
    for number, found in stretches(lines):
        for at, whole in enumerate(found):
            for stop in range(at + 3, len(found) + 1):
                parts = found[at + 1 : stop]
                same = {part.unit for part in parts} == {whole.unit} and whole.unit not in {
                    "%",
                    "‰",
                }
                if same and _rounds(whole, sum(part.value for part in parts)):
                    chosen = rng.choice(parts)
                    places.append((number, chosen.start, chosen.end, moved(rng, chosen)))
    return one_of(rng, lines, places)


def share(rng: Random, lines: Lines) -> Lines | None:
    """612名，其中159名，占26.0%."""
    places: list[Place] = []
    for number, line in enumerate(lines):
        numbers = tokens(line)
        for at, rate in enumerate(numbers):
            if rate.unit != "%" or not re.search(
                r"(?:占|率为?|占比为?)[^，。；]{0,8}$", line[: rate.start]
            ):
                continue
            near = [
                each for each in numbers[max(0, at - 6) : at] if each.unit != "%" and each.value
            ]
            if any(
                _rounds(rate, part.value * 100 / whole.value)
                for part in near for whole in near if part is not whole and part.unit == whole.unit and part.value < whole.value
            ):  # fmt: skip
                other = rate.value + rng.choice([-1, 1]) * rng.randint(3, 9)
                places.append((number, rate.start, rate.end, f"{abs(other):.{rate.places}f}"))
    return one_of(rng, lines, places)


def growth(rng: Random, lines: Lines) -> Lines | None:
    """由A提高到B，增长P% · A，比上年增加B，增长P%."""
    places: list[Place] = []
    for number, found in stretches(lines):
        for at, rate in enumerate(found):
            if rate.unit != "%" or at < 2:
                continue
            one, two = found[at - 2 : at]
            bases = [(one.value, two.value), (two.value, one.value)]
            if "比上年" in lines[number][one.end : rate.start]:
                bases += [(one.value - two.value, one.value), (one.value + two.value, one.value)]
            if one.unit == two.unit and one.unit != "%" and any(
                base > 0 and _rounds(rate, abs(now / base - 1) * 100) for base, now in bases
            ):  # fmt: skip
                places.append(
                    (
                        number,
                        rate.start,
                        rate.end,
                        f"{rate.value + rng.randint(2, 6):.{rate.places}f}",
                    )
                )
    return one_of(rng, lines, places)


def declared(rng: Random, lines: Lines) -> Lines | None:
    """三个方面：一是…二是…三是: another number."""
    places = [
        (
            number,
            match.start(1),
            match.end(1),
            _ORDER[(_ORDER.index(match[1]) + rng.choice([1, 2])) % 10],
        )
        for number, line in enumerate(lines)
        for match in re.finditer(
            r"([二三四五六七八])(?:个方面|项|点|条|个问题|类)[^。；]{0,8}[：:]", line
        )
        if line.count("是") > 1 and f"{match[1]}是" in line[match.end() :]
    ]
    places += [
        (number, match.start(1), match.end(1), _ORDER[(_ORDER.index(match[1]) + 1) % 10])
        for number, line in enumerate(lines)
        for match in re.finditer(
            r"(?:[\u4e00-\u9fff]{2,8}、){1,5}[\u4e00-\u9fff]{2,8}([二三四五六七八])个(?:部门|方面|单位|阶段)",
            line,
        )
        if match[0].count("、") + 1 == _ORDER.index(match[1]) + 1
    ]
    return one_of(rng, lines, places)


def so_many_listed(rng: Random, lines: Lines) -> Lines | None:
    """等N个 with another number of them listed."""
    count = rng.randint(3, 5)
    names = rng.sample(_OFFICES, count)
    words = f"调研组先后走访了{'、'.join(names)}等{count + rng.choice([-1, 1])}个单位。"
    return _appended(rng, lines, words)


def ladder(rng: Random, lines: Lines) -> Lines | None:
    """一是、二是、四是."""
    places: list[Place] = []
    for number, line in enumerate(lines):
        points = list(re.finditer(r"(?<![\u4e00-\u9fff])([一二三四五六七八])是(?![否])", line))
        if len(points) > 2 and [each[1] for each in points] == list(_ORDER[: len(points)]):
            places.append((number, points[-1].start(1), points[-1].end(1), _ORDER[len(points)]))
    return one_of(rng, lines, places)


def impossible_date(rng: Random, lines: Lines) -> Lines | None:
    """A day that no calendar has."""
    places = [
        (number, match.start(), match.end(), rng.choice(["2月30日", "6月31日", "9月31日", "11月31日"]))
        for number, line in enumerate(lines) for match in re.finditer(r"(?<!\d)\d{1,2}月\d{1,2}日", line)
    ]  # fmt: skip
    return one_of(rng, lines, places)


def weekday(rng: Random, lines: Lines) -> Lines | None:
    """2023年9月14日（星期五), a Thursday."""
    places: list[Place] = []
    for number, line in enumerate(lines):
        for match in re.finditer(r"(20\d\d)年(\d{1,2})月(\d{1,2})日", line):
            year, month, day = (int(each) for each in match.groups())
            if 1 <= month <= 12 and day <= monthrange(year, month)[1]:
                wrong = _WEEK[(date(year, month, day).weekday() + rng.randint(1, 6)) % 7]
                places.append((number, match.end(), match.end(), f"（星期{wrong}）"))
    return one_of(rng, lines, places)


def larger_part(rng: Random, lines: Lines) -> Lines | None:
    """A，其中B: B above A."""
    places: list[Place] = []
    for number, found in stretches(lines):
        for one, two in pairwise(found):
            between = lines[number][one.end : two.start]
            if (
                "其中" in between
                and one.unit == two.unit
                and one.unit != "%"
                and two.value < one.value
                and len(between) < 18
            ):
                places.append((number, two.start, two.end, f"{one.value * 1.2:.{one.places}f}"))
    return one_of(rng, lines, places)


def half_stop(rng: Random, lines: Lines) -> Lines | None:
    """A half-width stop inside a paragraph."""
    places = [
        (number, match.start(), match.end(), ".")
        for number, line in enumerate(lines) for match in re.finditer(r"(?<=[\u4e00-\u9fff])。(?=[\u4e00-\u9fff])", line)
    ]  # fmt: skip
    return one_of(rng, lines, places)


def number_gone(rng: Random, lines: Lines) -> Lines | None:
    """新建服务站个."""
    places = [
        (number, match.start(1), match.end(1), "")
        for number, line in enumerate(lines)
        for match in re.finditer(
            r"(?<=[\u4e00-\u9fff]{3})(\d+(?:\.\d+)?)(?:个|名|家|件|户|场|次|所|万元)(?=[，。；、])",
            line,
        )
    ]
    return one_of(rng, lines, places)


def title(rng: Random, lines: Lines) -> Lines | None:
    """A regulation under a title that is nearly its own."""
    right = rng.choice(sorted(TITLES))
    wrong = rng.choice(TITLES[right])
    for number, line in enumerate(lines):
        if f"《{right}》" in line:
            at = line.index(f"《{right}》")
            return put(lines, (number, at, at + len(right) + 2, f"《{wrong}》"))
    return _appended(rng, lines, f"严格执行《{wrong}》。")


def other_county(rng: Random, lines: Lines) -> Lines | None:
    """Another county's name in the text of this one."""
    names = Counter(
        re.findall(
            r"(?<![\u4e00-\u9fff])((?!年)[\u4e00-\u9fff]{2}县)(?!级)(?=[委人第公“\d\u4e00-\u9fff])",
            "\n".join(lines),
        )
    )
    home = next((name for name, times in names.most_common() if times > 1), None)
    if home is None:
        return None
    places = [
        (number, match.start(), match.end(), rng.choice(["宁河县", "安丰县", "平泽县"]))
        for number, line in enumerate(lines) for match in re.finditer(home, line)
    ]  # fmt: skip
    return one_of(rng, lines, places[1:])


def last_year(rng: Random, lines: Lines) -> Lines | None:
    """Last year's year left in this year's text."""
    years = Counter(re.findall(r"(20\d\d)年", "\n".join(lines)))
    if not years or years.most_common(1)[0][1] < 3:
        return None
    usual = years.most_common(1)[0][0]
    places = [
        (number, match.start(), match.end(), str(int(usual) - 1))
        for number, line in enumerate(lines) for match in re.finditer(rf"{usual}(?=年(?:，|全|我|县|度|以来))", line) if number
    ]  # fmt: skip
    return one_of(rng, lines, places)


def unit_jump(rng: Random, lines: Lines) -> Lines | None:
    """亿元 for 万元, or the other way round, beside other amounts."""
    places = [
        (number, match.start(), match.end(), "亿" if match[0] == "万" else "万")
        for number, line in enumerate(lines) if len(re.findall(r"[万亿]元", line)) > 1
        for match in re.finditer(r"(?<=\d)[万亿](?=元)", line)
    ]  # fmt: skip
    return one_of(rng, lines, places)


def wrong_classifier(rng: Random, lines: Lines) -> Lines | None:
    """党员35个."""
    places = [
        (number, match.start(1), match.end(1), "个")
        for number, line in enumerate(lines)
        for match in re.finditer(
            r"(?:党员|干部|职工|教师|代表|人员|学生|人才|后备力量)\d+(名)", line
        )
    ]
    places += [
        (number, match.start(1), match.end(1), "个")
        for number, line in enumerate(lines)
        for match in re.finditer(
            r"\d+(名)(?=(?:年轻|优秀|脱贫)?(?:党员|干部|职工|教师|医护人员|被告人|专家))", line
        )
    ]
    return one_of(rng, lines, places)


def two_numbers(rng: Random, lines: Lines) -> Lines | None:
    """The same thing with another number, later on."""
    pattern = re.compile(
        r"(?P<scope>全[县镇乡市])(?:现有|共有|有)(?:[\u4e00-\u9fff]{0,4})(?P<number>\d+)(?P<unit>[个名家所])(?P<noun>[\u4e00-\u9fff]{2,6})(?=[，。；、])"
        r"|(?P<scope2>全[县镇乡市])(?:现有|共有|有)(?P<noun2>[\u4e00-\u9fff]{2,8}?)(?P<number2>\d+)(?P<unit2>[个名家所])(?=[，。；、])"
    )
    matches = [match for line in lines for match in pattern.finditer(line)]
    if not matches:
        return None
    match = rng.choice(matches)
    scope, number, unit, noun = (
        match[name] or match[f"{name}2"] for name in ("scope", "number", "unit", "noun")
    )
    other = int(number) + rng.choice([2, 3, 10])
    words = rng.choice(
        [f"{scope}{other}{unit}{noun}均已参加。", f"目前，{scope}共有{noun}{other}{unit}。"]
    )
    return _appended(rng, lines, words, late=True)


def percent_for_points(rng: Random, lines: Lines) -> Lines | None:
    """由78.4%提高到89.6%，提高11.2%."""
    places: list[Place] = []
    for number, found in stretches(lines):
        for at, points in enumerate(found):
            if points.unit == "个百分点" and at > 1 and found[at - 1].unit == found[at - 2].unit == "%" and _rounds(
                points, abs(found[at - 1].value - found[at - 2].value)
            ):  # fmt: skip
                places.append((number, points.start, points.end + 4, f"{points.digits}%"))
    return one_of(rng, lines, places)


def hundred(rng: Random, lines: Lines) -> Lines | None:
    """Shares that make a hundred: one of them."""
    places: list[Place] = []
    for number, line in enumerate(lines):
        rates = [each for each in tokens(line) if each.unit == "%"]
        for start in range(len(rates)):
            for stop in range(start + 3, len(rates) + 1):
                if abs(sum(each.value for each in rates[start:stop]) - 100) < 0.15:
                    chosen = rng.choice(rates[start:stop])
                    places.append(
                        (
                            number,
                            chosen.start,
                            chosen.end,
                            f"{chosen.value + rng.randint(2, 5):.{chosen.places}f}",
                        )
                    )
    return one_of(rng, lines, places)


def proportion(rng: Random, lines: Lines) -> Lines | None:
    """三次产业结构为16.4∶38.7∶44.9."""
    places: list[Place] = []
    for number, line in enumerate(lines):
        for match in re.finditer(r"(?<![\d.:∶：])\d+\.\d[∶:：](\d+\.\d)[∶:：]\d+\.\d", line):
            moved_on = f"{float(match[1]) + rng.randint(2, 5):.1f}"
            places += [(number, match.start(1), match.end(1), moved_on)]
    return one_of(rng, lines, places)


def claim_of_all(rng: Random, lines: Lines) -> Lines | None:
    """整改率96.2%，全部整改到位."""
    places = [
        (number, match.end(), match.end(), rng.choice(["，实现全覆盖", "，做到全部完成"]))
        for number, line in enumerate(lines)
        for match in re.finditer(
            r"(?:完成|办结|化解|覆盖|整改|达标|回收)率(?:为|达到?)?\d\d(?:\.\d)?%(?=[，。；])", line
        )
    ]
    return one_of(rng, lines, places)


def usual_typo(rng: Random, lines: Lines) -> Lines | None:
    """A wrong character that is often typed."""
    places = [
        (number, match.start(), match.end(), TYPOS[match[0]])
        for number, line in enumerate(lines) for match in re.finditer("|".join(TYPOS), line)
    ]  # fmt: skip
    return one_of(rng, lines, places)


def repeated_sentence(rng: Random, lines: Lines) -> Lines | None:
    """A sentence printed twice."""
    sentences = [
        match[0]
        for line in lines
        for match in _SENTENCE.finditer(line)
        if 24 < len(match[0]) < 90 and match[0].endswith("。")
    ]
    return _appended(rng, lines, rng.choice(sentences), late=True) if sentences else None


def repeated_paragraph(rng: Random, lines: Lines) -> Lines | None:
    """A paragraph printed twice."""
    long = [number for number, line in enumerate(lines) if len(line) > 60 and "|" not in line]
    if len(long) < 2:
        return None
    number = rng.choice(long[:-1])
    last = long[-1]
    return (*lines[: last + 1], *([""] if "" in lines else []), lines[number], *lines[last + 1 :])


def table_total(rng: Random, lines: Lines) -> Lines | None:
    """A number in the row of totals."""
    places = [
        (number, match.start(1), match.end(1), str(int(match[1]) + rng.choice([1, 10, 100])))
        for number, line in enumerate(lines) if re.match(r"\|[^|]*(?:合计|总计)\s*\|", line)
        for match in re.finditer(r"\|\s*(\d+)\s*(?=\|)", line)
    ]  # fmt: skip
    return one_of(rng, lines, places)


def _appended(rng: Random, lines: Lines, words: str, *, late: bool = False) -> Lines | None:
    """The words at the end of a paragraph; `late`: in the second half."""
    body = [
        number
        for number, line in enumerate(lines)
        if len(line) > 40 and line.endswith("。") and "|" not in line
    ]
    chosen = body[len(body) // 2 :] if late else body
    if not chosen:
        return None
    number = rng.choice(chosen)
    return put(lines, (number, len(lines[number]), len(lines[number]), words))


ARITHMETIC = frozenset(
    {"分项之和", "占比", "增长率", "部分大于整体", "百分点", "占比合计", "三次产业", "表内合计"}
)
PLANTERS: Mapping[str, Planter] = {
    "分项之和": part_of_sum, "占比": share, "增长率": growth, "说的项数": declared, "等N个": so_many_listed, "一是二是四是": ladder,
    "不存在的日期": impossible_date, "星期": weekday, "部分大于整体": larger_part, "句中半角句点": half_stop, "量词前缺数": number_gone,
    "规定名称": title, "别县的名称": other_county, "去年的年份": last_year, "亿元万元": unit_jump, "个当名": wrong_classifier,
    "一事两数": two_numbers, "百分点": percent_for_points, "占比合计": hundred, "三次产业": proportion, "说全不全": claim_of_all,
    "常见错字": usual_typo, "重复的句子": repeated_sentence, "重复的段落": repeated_paragraph, "表内合计": table_total,
}  # fmt: skip
