"""The words of a notebook -> the author's handbook in Chinese: what each is for, what it refuses, an example and what it shows."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import entry_points
from types import MappingProxyType
from typing import Any

import pandas as pd

from gongwen.facts.value import Fact
from zhibi.notebook.authoring.display import Shown
from zhibi.notebook.authoring.prose import prose
from zhibi.notebook.prose.template import FILTERS


@dataclass(frozen=True, slots=True)
class HandbookWord:
    """One word: what it is for, what it refuses, and an example."""

    purpose: str
    refuses: str
    example: str

    @property
    def help(self) -> str:
        """What Shift+Tab shows of it."""
        refuses = f"\n\n不收：{self.refuses}。" if self.refuses else ""
        example = f"\n\n例：{self.example}" if self.example else ""
        return f"{self.purpose}{refuses}{example}"


WORDS: Mapping[str, HandbookWord] = MappingProxyType({
    "Fact": HandbookWord("指标：一个数（或名称、日期）连同单位、名称和出处。由 count、total 等算出来，"
                  "一般不自己写。", "不能当条件，不能与数直接比较，不能乘除", "职工数"),
    "add": HandbookWord("几个指标相加。", "单位不同的不能相加", 'add(女, 男, label="合计")'),
    "attachment": HandbookWord("另起一页的附件，名称自动写进附件说明。", "没有名称", 'attachment("名单")'),
    "bibliography": HandbookWord("参考文献，只列正文里用 [@代号] 引用过的。", "两份文献代号相同", "bibliography([])"),
    "byline": HandbookWord("题目下面的署名和日期。", "日期不是日期", 'byline("某县人民政府办公室", '
                                             'date(2026, 12, 8))'),
    "change": HandbookWord("增长率（%）：今年比去年。", "单位不同；基数为零或负时没有增长率", "change(男, 女)"),
    "chart_style": HandbookWord("把画图的字体和颜色设好，画图之前调用一次。", "没有中文字体", "chart_style()"),
    "count": HandbookWord("数有多少行：先用 pandas 筛选，再数。", "不是从工作簿来的表；同一行出现两次", 'count(职工[职工["性别"] == "女"], "女职工数", "名")'),
    "count_distinct": HandbookWord("一列里有多少个不同的值。", "算出来的列", 'count_distinct(职工["性别"], "性别数", "种")'),
    "count_where": HandbookWord("一列等于某值的有多少；空着的不算，全空着就是未填报。", "没有这一列", 'count_where(职工, "性别", "女", "女职工数", "名")'),
    "figure": HandbookWord("一张图，连同题注和画了哪些指标。", "没有写 facts；图里的字没有字形", 'figure(画, "各项人数", [女, 男])'),
    "given": HandbookWord("把运行参数（年度、期次、办法规定的界限）变成能印的指标。", "人数、户数、钱数等统计数", 'given(3, "第几季度")'),
    "groups": HandbookWord("把表按一列分成几张小表，空着的归“未填报”。", "没有这一列", '{名: len(表) for '
                                                       '名, 表 in groups(职工, "性别").items()}'),
    "largest": HandbookWord("一列里最大的值和它所在的行。", "文字、日期", 'largest(职工["年龄"],'
                                                ' "最大年龄", "岁")'),
    "mean": HandbookWord('平均数；有空格的是未填报，blanks="skip" 时不计空格。', "文字、日期", 'mean(职工["年龄"], "平均年龄", "岁")'),
    "open_table": HandbookWord("打开不在工作簿里的一张表，每个数照样带出处。", "找不到文件或工作表", 'list(open_table("data/示例县.xlsx", "荣誉").columns)[:2]'),
    "open_workbook": HandbookWord('打开工作簿，按表名取用各张表：数据["班级"]。', "数据有错误", 'len(open_workbook("data/示例县.xlsx")["荣誉"])'),
    "page_break": HandbookWord("后面的内容另起一页。", "", "page_break()"),
    "paragraph": HandbookWord("用代码拼一段话，文字和指标相间。", "手写的数字", 'paragraph("共有", '
                                                    '职工数, "。")'),
    "pick": HandbookWord("取一格：先筛选到只剩一行。", "筛选后不是一行；没有这一列", 'pick(职工[职工["姓名"] == "甲"], "年龄", unit="岁")'),
    "points": HandbookWord("两个百分数相差几个百分点。", "不是百分数", "points(share(女, 职工数), "
                                              "share(男, 职工数))"),
    "prose": HandbookWord("与 %%正文 相同，写在代码里。", "手写的数字；没有的名字", 'prose("职工【职工数】。", globals())'),
    "rank": HandbookWord("一个指标在几个当中排第几，并列的名次相同。", "单位不同", "rank(女, [女, 男])"),
    "ratio": HandbookWord("比值：平均每个科室几名，或可以超过 100% 的率。", "基数为零时没有比值", 'ratio(职工数, 女, "比值", "倍")'),
    "rows": HandbookWord("每行变成一组指标，用来循环。", "算出来的列", '[str(行["姓名"]) for 行 in '
                                             'rows(职工)[:2]]'),
    "share": HandbookWord("占比（%）：部分占总数。", "部分大于总数；单位不同", "share(女, 职工数)"),
    "smallest": HandbookWord("一列里最小的值和它所在的行。", "文字、日期", 'smallest(职工["年龄"],'
                                                 ' "最小年龄", "岁")'),
    "subtract": HandbookWord("两个指标相减，正文里用“增减”印成增加、减少。", "单位不同", "subtract(男, 女)"),
    "table": HandbookWord("一张表，每个数带出处；key 是正文里【表：……】用的代号。", "没有出处的数；没有的列", 'table([{"性别": "女", "人数": 女}], "性别构成", key="性别", unit="名")'),
    "tally": HandbookWord("一列指标里有几个符合。", "不知道算不算符合的文字", 'tally([女, 男],'
                                                 ' "有人的项数", "项")'),
    "total": HandbookWord('一列的合计；有空格的是未填报，blanks="skip" 时不计空格。', "文字、日期、是否列", 'total(职工["年龄"], "年龄合计", "岁")'),
    "wording": HandbookWord("自己写一个【】里用的写法，用函数的名字。", "返回的文字里有数字", 'wording(先后)(["培训", "讨论"])'),
    "written": HandbookWord("由人写的段落：只印为这份报告写的。", "不是文字", 'written({"导语": "现将情况报告如下。"}, "某县2026年度", "某县2026年度").导语'),
})  # fmt: skip

# what stands in 【】, and what the name is in the example
PHRASES: Mapping[str, HandbookWord] = MappingProxyType({
    "数": HandbookWord("不带单位的数", "不是指标", "职工数|数"),
    "万": HandbookWord("以万为单位", "单位已是万、亿；百分数", "资产|万"),
    "亿": HandbookWord("以亿为单位", "单位已是亿；百分数", "资产|亿"),
    "同比": HandbookWord("同比增长、下降", "不是数", "增长|同比"),
    "较上年": HandbookWord("较上年增长、提高、增加", "不是数", "增长|较上年"),
    "较年初": HandbookWord("较年初增长、增加", "不是数", "增长|较年初"),
    "增减": HandbookWord("增加、减少、持平", "不是数", "增长|增减"),
    "近似": HandbookWord("近几百名、几百余名", "不到一半", "职工数|近似(9)"),
    "约": HandbookWord("约几百名", "约不到", "职工数|约(10)"),
    "超过": HandbookWord('超过几百名；超过(100, "余") 几百余名', "不到一个整数", "职工数|超过(4)"),
    "不足": HandbookWord("不足几百名", "不是数", "职工数|不足(10)"),
    "几分之几": HandbookWord("几分之几(3) 三分之一、近三分之一；几分之几(2) 一半", "不是百分数",
                  "share(女, 职工数)|几分之几(3)"),
    "几成": HandbookWord('近九成；几成("以上") 八成以上', "不是百分数", "share(女, 职工数)|几成"),
    "由": HandbookWord('由几户升至几户，少了印降至；由(去年, "增加到")', "单位不同", "职工数|由(女)"),
    "从": HandbookWord("从几户升至几户", "单位不同", '职工数|从(女, "增加到")'),
    "中文数": HandbookWord("汉字的数，如五个方面", "小数、负数", "职工数|中文数"),
    "序数": HandbookWord("循环里的一、二、三", "指标", ""),
    "脱敏": HandbookWord("姓名只留姓", "不是姓名", "姓名|脱敏"),
    "日期": HandbookWord('日期，可写 日期("年月")', "不是日期", '今天|日期("年月")'),
    "列举": HandbookWord("甲、乙和丙；列举(5) 只列五个", "不是列表", "名单|列举(2)"),
    "句": HandbookWord("一格文字收成一句", "", "说明|句"),
    "引": HandbookWord("加引号，不重复", "", "说明|引"),
    "书名": HandbookWord("加书名号，不重复", "", "说明|书名"),
    "名数": HandbookWord("名称加数；零印“没有……”", "不是指标", "女|名数"),
    "占": HandbookWord("名称、数和占比；零、全部、一个各有说法", "不是两个指标", "女|占(职工数)"),
    "其中": HandbookWord("，其中甲几、乙几；只有一类时印“均为”", "不是一列指标", "两项|其中"),
    "组成": HandbookWord("由甲、乙和丙组成", "不是列表", "名单|组成"),
    "月份": HandbookWord("相连的月份合起来", "不是指标", "缺的月|月份"),
    "位次": HandbookWord("第几位、并列第几位", "不是名次", "名次|位次"),
    "若": HandbookWord("自己不印，只管〖〗里的话印不印", "写在〖〗外面", "〖【职工数|若】名册另附。〗"),
})  # fmt: skip


def page() -> str:
    """The handbook as Markdown."""
    home = import_module("zhibi")
    lines = [
        "# 作者手册",
        "",
        "由程序生成（`make docs`），不要手改。正文怎么写见[正文写法](正文写法.md)。",
        "",
        "## 笔记本里的名称",
        "",
    ]
    for name, entry in WORDS.items():
        lines += [
            f"### {name}",
            "",
            entry.purpose,
            "",
            f"```python\n{call_of(getattr(home, name), name)}\n```",
            "",
        ]
        lines += [f"不收：{entry.refuses}。", ""] if entry.refuses else []
        if entry.example:
            lines += [f"```python\n{entry.example}\n```", "", f"> {shown(entry.example)}", ""]
    lines += ["## 【】里的写法", "", "| 写法 | 印什么 | 不收 | 写 | 印 |", "|---|---|---|---|---|"]
    for name, entry in PHRASES.items():
        example = passage(entry.example).replace("|", "\\|")
        lines.append(
            f"| {name} | {entry.purpose} | {entry.refuses} | {example} | {printed(entry.example)} |"
        )
    for domain in own_words():
        lines += ["", *domain]
    return "\n".join(lines).rstrip("\n") + "\n"


def own_words() -> Iterator[list[str]]:
    """The parts of the installed domains that have words of their own."""
    domains, words = import_module("zhibi.domain"), import_module("zhibi.notebook.domain_words")
    for name in sorted(each.name for each in entry_points(group=domains.GROUP)):
        domain = domains.find(name)
        if domain.handbook:
            yield words.page(domain)


def speak_chinese() -> None:
    """Let every word tell its help in Chinese."""
    home = import_module("zhibi")
    for name in WORDS:
        word = getattr(home, name)
        if inspect.isfunction(word):
            word.__doc__ = WORDS[name].help


def call_of(word: Any, name: str) -> str:
    """How a word is called, without the types."""
    if not inspect.isfunction(word):
        return name
    return f"{name}({', '.join(map(_parameter, inspect.signature(word).parameters.values()))})"


def _parameter(parameter: inspect.Parameter) -> str:
    bare = parameter.replace(annotation=inspect.Parameter.empty)
    return str(bare)


def shown(example: str) -> str:
    """What a cell that ends in the example shows, on one line."""
    value = eval(example, example_names())  # noqa: S307 — our own examples
    text = value.text if isinstance(value, Shown) else _pretty(value)
    return text.replace("\n", " ").replace("\t", " ") or "（没有显示）"


def _pretty(value: Any) -> str:
    if isinstance(value, Fact):
        return f"{value}　{value.label}（{value.basis}）"
    return "" if value is None else str(value)


def printed(example: str) -> str:
    """What 【example】 prints."""
    return prose(passage(example), example_names()).text if example else ""


def passage(example: str) -> str:
    """The example as it is written: in 【】, unless it is a whole passage in 〖〗."""
    return example if not example or example.startswith("〖") else f"【{example}】"


def example_names() -> dict[str, Any]:
    """The names the examples use: ten members of a made-up branch, and what is counted of them."""
    zhibi = import_module("zhibi")
    dates = import_module("datetime")
    names: dict[str, Any] = {name: getattr(zhibi, name) for name in WORDS}
    index = pd.MultiIndex.from_tuples(
        [("某县.xlsx", "职工", row) for row in range(3, 13)], names=["file", "sheet", "row"]
    )
    members = pd.DataFrame(
        {
            "姓名": list("甲乙丙丁戊己庚辛壬癸"),
            "性别": ["女"] * 4 + ["男"] * 6,
            "年龄": range(31, 41),
            "资产": [12_500_000] * 10,
        },
        index=index,
    )
    women = zhibi.count(members[members["性别"] == "女"], "女职工数", "名")
    men = zhibi.count(members[members["性别"] == "男"], "男职工数", "名")
    drawing = import_module("matplotlib.figure").Figure(figsize=(2, 1))
    drawing.subplots().bar([1, 2], [4, 6])
    assets = zhibi.total(members["资产"], "资产总额", "元")
    text = zhibi.pick(members.iloc[[0]], "姓名", "说明")
    months = zhibi.given("1月、2月、3月、5月", "缺的月")
    names |= {
        "职工": members, "职工数": zhibi.count(members, "职工数", "名"), "女": women, "男": men, "date": dates.date,
        "资产": assets, "增长": zhibi.change(men, women), "姓名": "王小明", "今天": dates.date(2026, 11, 30),
        "名单": ["甲", "乙", "丙"], "说明": text, "两项": [women, men], "缺的月": months, "名次": zhibi.rank(women, [women, men]),
    }  # fmt: skip
    names |= {"globals": lambda: names, "画": drawing, "先后": _in_turn}
    return names


def _in_turn(items: list[str]) -> list[str]:
    """The wording of the example: 先甲后乙."""
    return ["先", items[0], "后", items[1]]


def gaps() -> tuple[set[str], set[str]]:
    """Words and filters that the code has and the handbook lacks, or the other way round."""
    home = import_module("zhibi")
    words = set(home.__all__) - {"load_ipython_extension"}
    return words ^ set(WORDS), set(FILTERS) ^ set(PHRASES)


if __name__ == "__main__":
    print(page(), end="")  # noqa: T201 — it is written to docs by make
