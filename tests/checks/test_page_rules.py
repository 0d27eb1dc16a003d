"""Each page rule speaks of what is wrong and is silent about what is right."""

from __future__ import annotations

import pytest
from pages import GOOD, heading, number, page, para, picture, run, section, table, title

from gongwen import profile
from gongwen.findings import Level
from gongwen_lint.manuscript.reading.docx import read
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.page import RULES
from gongwen_lint.runner import Diagnostic, examine

TEXT = tuple(para(GOOD) for _ in range(6))
LONG = tuple(para(GOOD * 3) for _ in range(16))


@pytest.fixture(scope="session")
def classic() -> profile.Profile:
    return profile.load("classic", [profile.packaged_templates()])


def found(content: bytes, look: profile.Profile) -> list[Diagnostic]:
    return list(examine(read(content, "x.docx"), RULES, CheckContext(profile=look)))


def closing(**more: str) -> str:
    return para("示例县委办公室", align="right", **({"right": "200"} | more)) + para(
        "2026年1月5日", align="right", **({"right": "200"} | more)
    )


LINES = '<w:tblBorders><w:top w:val="single" w:sz="8"/></w:tblBorders>'
PINNED = f'<w:tblpPr w:tblpYSpec="bottom"/>{LINES}'
DRAWN = ("抄送：县纪委。", "示例县委办公室　　2026年1月6日印发")
IMPRINT = table(*((para(text, size=14, first="100"),) for text in DRAWN), look=LINES)
FLOATING = table(*((para(text, size=14, first="100"),) for text in DRAWN), look=PINNED)
LANDSCAPE = section('w:w="16838" w:h="11906" w:orient="landscape"', (1588, 1474, 1984, 2098))
BLUE = '<w:color w:val="2F5496"/>'
HEADINGS = tuple(heading(f"{number}、工作") + para(GOOD) for number in "一二三四")

THEME = (
    '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:themeElements><a:fontScheme name="x">'
    '<a:minorFont><a:ea typeface="等线"/></a:minorFont></a:fontScheme></a:themeElements></a:theme>'
)

# code, what is wrong, and a word of what is said
SPEAK = [
    ("G01", page(title(), *TEXT, sect=section('w:w="12240" w:h="15840"')), "216×279"),
    ("G02", page(title(), *TEXT, sect=section(margins=(1440, 1440, 1800, 1800))), "上25.4毫米（应为37毫米）"),
    ("G02", page(title(), *TEXT, sect=section(margins=(2098, 1984, 1800, 1474))), "左31.8毫米"),
    ("G03", page(title(), *(para(GOOD, line="580") for _ in range(6))), "排21行"),
    ("G03", page(title(), *(para(GOOD, line="360", rule="auto") for _ in range(6))), "没有固定行距"),
    ("G04", page(title(), para(GOOD, inner=""), f"<w:p><w:pPr>{section()}</w:pPr></w:p>", *TEXT,
                 sect=section(margins=(2098, 1984, 1800, 1474))), "第2节"),
    ("G05", page(title(), *LONG, odd=para("1"), even=para("1")), "没有页码"),
    ("G05", page(title(), *LONG, even=para("")), "双页没有页码"),
    ("G06", page(title(), *TEXT, odd=number(before="- ", after=" -")), "“- 1 -”"),
    ("G06", page(title(), *TEXT, odd=number(before="第", after="页")), "“第1页”"),
    ("G07", page(title(), *TEXT, odd=number("center"), even=number("center")), "单页页码居中，应居右"),
    ("G07", page(title(), *TEXT, settings=""), "没有设“奇偶页不同”"),
    ("G08", page(title(), *TEXT, odd=number(size=10.5)), "字号为五号"),
    ("G08", page(title(), *TEXT, odd=number(font="仿宋_GB2312")), "字体为仿宋_GB2312"),
    ("G09", page(title(), *(para(GOOD, "宋体") for _ in range(3))), "字体为宋体，一般应为仿宋"),
    ("G10", page(title(), *(para(GOOD, size=14) for _ in range(3))), "字号为四号（14磅），一般应为三号（16磅）"),
    ("G11", page(title(), para(GOOD, inner=run("网上抄来的几个字", "宋体"))), "字体是宋体"),
    ("G11", page(title(), para(GOOD, inner=run("大了一号", size=18))), "字号是小二"),
    ("G12", page(title(), para("", inner='<w:r><w:rPr><w:rFonts w:eastAsia="仿宋" w:eastAsiaTheme="minorEastAsia"/>'
                                         f'<w:sz w:val="32"/></w:rPr><w:t>{GOOD}</w:t></w:r>'), theme=THEME), "写明的字体是仿宋，实际用的是主题字体等线"),
    ("G13", page(title(), para(GOOD, look='<w:color w:val="FF0000"/>')), "不是黑色（FF0000）"),
    ("G13", page(title(), heading("一、情况", look=BLUE), *TEXT), "2F5496"),
    ("G14", page(title(), para(GOOD, look='<w:highlight w:val="yellow"/>')), "底色"),
    ("G15", page(title(), *(para(GOOD, first="0") for _ in range(3))), "段首空0字，应空2字"),
    ("G15", page(title(), para(GOOD).replace('w:firstLineChars="200"', 'w:firstLine="420"')), "段首空1.3字"),
    ("G16", page(title(), para("坚持“三个带头”工作法，取得成效。").replace(' w:hint="eastAsia"', "")), "西文字体"),
    ("G17", page(title(font="黑体"), *TEXT), "字体为黑体，一般应为小标宋"),
    ("G17", page(title(size="18"), *TEXT), "字号为小二"),
    ("G18", page(title(), heading("一、情况", font="宋体"), *TEXT), "第1层标题字体为宋体，一般应为黑体"),
    ("G18", page(title(), heading("一、情况"), heading("（一）做法", 2, font="黑体"), *TEXT), "第2层"),
    ("G19", page(title(), heading("一、情况", size=18), *TEXT), "字号为小二"),
    ("G20", page(title(), *(heading(f"{n}、工作", outline="") + para(GOOD) for n in "一二三四")), "没有用标题样式"),
    ("G21", page(title(), para(GOOD * 3, outline='<w:outlineLvl w:val="1"/>')), "整段正文用了标题样式"),
    ("G22", page(title(), heading("一、情况", marks=""), *TEXT), "与下段同页"),
    ("G23", page(title(), para("各党支部：", first="200"), *TEXT), "没有顶格"),
    ("G24", page(para("示组发〔2026〕5号", first="0"), title(), *TEXT), "发文字号没有居中"),
    ("G25", page(title(), *TEXT, closing(right="0")), "右空0字"),
    ("G25", page(title(), *TEXT, para("示例县农业农村工作局", align="right", right="200"), para("2026年12月15日", align="right", right="0")), "右空0字"),
    ("G25", page(title(), *TEXT, para("示例县委办公室", first="0"), para("2026年1月5日", first="0")), "没有靠右"),
    ("G26", page(title(), *TEXT, closing(), para("附件1", "黑体", first="0"), title("名单"), para(GOOD)), "没有另起一面"),
    ("G26", page(title(), *TEXT, para("附件1", "黑体", align="center", marks="<w:pageBreakBefore/>"), para(GOOD)), "没有顶格"),
    ("G27", page(title(), *TEXT, closing(), IMPRINT, para("附件1", "黑体", first="0", marks="<w:pageBreakBefore/>"), para(GOOD)),
     "版记后面还有内容"),
    ("G29", page(title(), *TEXT, closing(), *(para(text, size=14, first="100") for text in DRAWN)), "没有分隔线"),
    ("G30", page(title(), *TEXT, para("", inner=picture(60))), "图片高60毫米"),
    ("G31", page(title(), *TEXT, table(("甲", "乙"), ("1", "2"), width=11000)), "表1比版心宽"),
    ("G32", page(title(), *TEXT, table(*((str(n), "甲") for n in range(60)))), "60行"),
    ("G33", page(title(), *(para(GOOD) for _ in range(12)), para(GOOD, line="800")), "与其余正文不同"),
    ("G34", page(title(), *TEXT, *(para("") for _ in range(6)), para(GOOD)), "连着6个空行"),
    ("G35", page(title(), *TEXT, para("　" * 20 + "示例县委办公室", first="0"), para("　" * 20 + "2026年1月5日", first="0")), "用20个空格"),
    ("G36", page(title(), para(GOOD, inner=f"<w:ins>{run('新添的话。')}</w:ins>")), "修订"),
    ("G37", page(title(), *TEXT, sect=section().replace('w:footer="1420"', 'w:footer="850"')), "之下17毫米，应为7毫米"),
]  # fmt: skip

SILENT = [
    ("G01", page(title(), *TEXT)),
    ("G01", page(title(), *TEXT, sect=section('w:w="16838" w:h="11906" w:orient="landscape"'))),
    ("G02", page(title(), *TEXT)),
    ("G02", page(title(), *(para(GOOD, line="589") for _ in range(6)), sect=section(margins=(1960, 1847, 1588, 1474)))),
    ("G02", page(title(), *TEXT, sect=LANDSCAPE)),
    ("G03", page(title(), *(para(GOOD, line="560") for _ in range(6)))),
    ("G03", page(title(), para(GOOD, line="800"))),
    ("G03", page(title(), *(para(GOOD, line="240", rule="auto") for _ in range(6)),
                 sect=section(more='<w:docGrid w:type="lines" w:linePitch="579"/>'))),
    ("G04", page(title(), f"<w:p><w:pPr>{section()}</w:pPr></w:p>", *TEXT)),
    ("G04", page(title(), f"<w:p><w:pPr>{LANDSCAPE}"
                          "</w:pPr></w:p>", *TEXT)),
    ("G05", page(title(), *TEXT, odd=para(""), even=para(""))),
    ("G05", page(title(), *LONG)),
    ("G05", page(title(), *LONG, even=para(""), settings="")),
    ("G06", page(title(), *TEXT, odd=number(before="—", after="—"))),
    (
        "G06",
        page(
            title(), *TEXT, sect=section(more='<w:pgNumType w:fmt="numberInDash"/>'),
            odd=number(before="", after=""), even=number("left", before="", after=""),
        ),
    ),
    ("G06", page(title(), *TEXT, odd=para("内部资料"), even=para("内部资料"))),
    ("G07", page(title(), *TEXT)),
    ("G07", page(title(), *TEXT, odd=number("center", marks='<w:framePr w:hAnchor="margin"/>'))),
    ("G08", page(title(), *TEXT, odd=number(font="SimSun"))),
    ("G08", page(title(), *TEXT, odd=para("内部资料"))),
    ("G09", page(title(), *(para(GOOD, font) for font in ("仿宋", "方正仿宋_GBK", "FangSong")))),
    ("G09", page(title(), para("2026"), *TEXT)),
    ("G10", page(title(), *TEXT)),
    ("G10", page(title(), *TEXT, table(("甲", "乙"), ("1", "2")))),
    ("G11", page(title(), para("（一）抓学习。", "楷体_GB2312", inner=run(GOOD)))),
    ("G11", page(title(), para(GOOD, inner=run("2026 GDP", "宋体")))),
    ("G11", page(title(), para(GOOD, inner=run("必须落实到位", "黑体")))),
    ("G11", page(title(), para("（一）突出政治功能和组织功能。", "楷体_GB2312", inner=run("成效好。")))),
    ("G12", page(title(), *TEXT)),
    ("G12", page(title(), para("", inner=f'<w:r><w:rPr><w:rFonts w:eastAsiaTheme="minorEastAsia"/></w:rPr><w:t>{GOOD}</w:t></w:r>'))),
    ("G13", page(para("示例县委文件", "方正小标宋简体", 42, "center", look='<w:color w:val="FF0000"/>'), title(), *TEXT)),
    ("G13", page(title(), para(GOOD, look='<w:color w:val="262626"/>'))),
    ("G14", page(title(), *TEXT)),
    ("G14", page(title(), para(GOOD, look='<w:highlight w:val="none"/>'))),
    ("G15", page(title(), *TEXT, closing())),
    ("G15", page(title(), para("　　" + GOOD, first="0"), para("各级党委负责人合影", align="center"))),
    ("G15", page(title(), para(GOOD).replace('w:firstLineChars="200"', 'w:firstLine="630"'))),
    ("G16", page(title(), para("坚持“三个带头”工作法，取得成效。"))),
    ("G16", page(title(), para("坚持“三个带头”。").replace("Times New Roman", "仿宋_GB2312").replace(' w:hint="eastAsia"', ""))),
    ("G17", page(title(), *TEXT)),
    ("G17", page(title(font="方正小标宋_GBK"), para("——以示例县为例", "楷体_GB2312", align="center"), *TEXT)),
    ("G18", page(title(), heading("一、情况"), heading("（一）做法", 2), heading("1.组织", 3), *TEXT)),
    ("G18", page(title(), para("（一）抓学习。" + GOOD))),
    ("G19", page(title(), heading("一、情况"), *TEXT)),
    ("G19", page(title(), heading("（一）情况", 2), *TEXT)),
    ("G20", page(title(), *HEADINGS)),
    ("G20", page(title(), heading("一、工作", outline=""), *TEXT)),
    ("G21", page(title(), *HEADINGS)),
    ("G21", page(title(), *TEXT)),
    ("G22", page(title(), *HEADINGS)),
    ("G22", page(title(), heading("一、工作", outline="", marks=""), *TEXT)),
    ("G23", page(title(), para("各党支部：", first="0"), *TEXT)),
    ("G23", page(title(), *TEXT, para("主要有以下几点："), *TEXT)),
    ("G24", page(para("示组发〔2026〕5号", align="center"), title(), *TEXT)),
    ("G24", page(para("示组〔2026〕5号　　签发人：张三", first="100"), title(), *TEXT)),
    ("G25", page(title(), *TEXT, closing())),
    ("G25", page(title(), *TEXT, para("中共示例县委办", align="right", right="300"), para("2026年12月15日", align="right", right="0"))),
    ("G25", page(title(), *TEXT, para("示例县农业农村工作局", align="right", right="200"), para("2026年12月15日", align="right", right="200"))),
    ("G25", page(title(), para("示例县委办公室", "楷体_GB2312", align="center"), para("（2026年1月5日）", "楷体_GB2312", align="center"), *TEXT)),
    ("G25", page(title(), *TEXT, closing(right="400"))),
    ("G26", page(title(), *TEXT, closing(), para("附件1", "黑体", first="0", marks="<w:pageBreakBefore/>"), title("名单"), para(GOOD))),
    ("G26", page(title(), *TEXT, para("", inner='<w:r><w:br w:type="page"/></w:r>'), para("附件", "黑体", first="0"), para(GOOD))),
    ("G27", page(title(), *TEXT, closing(), IMPRINT)),
    ("G27", page(title(), *TEXT, closing(), FLOATING, para(""))),
    ("G28", page(title(), *TEXT, closing(), IMPRINT)),
    ("G28", page(title(), *TEXT)),
    ("G29", page(title(), *TEXT, closing(), IMPRINT)),
    ("G29", page(title(), *TEXT, closing(), para("抄送：县纪委。", size=14, first="100"))),
    ("G30", page(title(), *TEXT, para("", inner=picture(60), line="240", rule="auto"))),
    ("G30", page(title(), *TEXT, para("", inner=picture(5)))),
    ("G31", page(title(), *TEXT, table(("甲", "乙"), ("1", "2")))),
    ("G31", page(title(), *TEXT, table(("甲", "乙"), ("1", "2"), width=9060))),
    ("G32", page(title(), *TEXT, table(*((str(n), "甲") for n in range(60)), head=True))),
    ("G32", page(title(), *TEXT, table(*((str(n), "甲") for n in range(20))))),
    ("G33", page(title(), *(para(GOOD) for _ in range(12)))),
    ("G33", page(title(), *(para(GOOD) for _ in range(7)), *(para(GOOD, line="800") for _ in range(7)))),
    ("G34", page(title(), para(""), para(""), *TEXT, para(""), para(""), para(""), closing())),
    ("G34", page(title(), *TEXT, *(para("", marks='<w:pBdr><w:top w:val="single"/></w:pBdr>') for _ in range(6)), para(GOOD))),
    ("G35", page(title(), *TEXT, closing())),
    ("G35", page(title(), para("　　" + GOOD), para(" 2026年"))),
    ("G36", page(title(), *TEXT)),
    ("G37", page(title(), *TEXT)),
    ("G37", page(title(), *TEXT, sect=section().replace('w:footer="1420"', 'w:footer="1587"'))),
    ("G37", page(title(), *TEXT, sect=section().replace('w:footer="1420"', 'w:footer="850"'), odd=para("内部资料"), even=para("内部资料"))),
    ("G36", page(title(), para(GOOD, look="<w:b/>"))),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "content", "words"), SPEAK, ids=[f"{code}-{words}" for code, _, words in SPEAK]
)
def test_speaks_up(code, content, words, classic):
    said = [each for each in found(content, classic) if each.code == code]
    assert any(words in each.message for each in said), [
        each.message for each in found(content, classic)
    ]


@pytest.mark.parametrize(
    ("code", "content"), SILENT, ids=[f"{code}-{at}" for at, (code, _) in enumerate(SILENT)]
)
def test_stays_silent(code, content, classic):
    assert [each.message for each in found(content, classic) if each.code == code] == []


def test_every_rule_has_cases_of_both_kinds():
    codes = {rule.code for rule in RULES} - {
        "G28"
    }  # its page count comes from a part of its own; tested below
    assert {code for code, *_ in SPEAK} == codes
    assert {code for code in codes if sum(each == code for each, _ in SILENT) < 2} == set()


def test_a_page_that_is_right_is_met_with_silence(classic):
    content = page(title(), para("各党支部：", first="0"), *HEADINGS, closing(), IMPRINT)
    assert found(content, classic) == []


def test_the_same_fault_of_many_paragraphs_is_told_once(classic):
    said = [
        each
        for each in found(page(title(), *(para(GOOD, "宋体") for _ in range(9))), classic)
        if each.code == "G09"
    ]
    assert [each.message.rpartition("；")[2] for each in said] == [
        "同样的还有8处（第3段、第4段、第5段等）"
    ]


def test_only_what_the_standard_demands_of_sheets_is_an_error(classic):
    errors = {
        each.code
        for _, content, _ in SPEAK
        for each in found(content, classic)
        if each.level is Level.ERROR
    }
    assert errors == {"G01", "G02", "G05", "G06", "G07"}


def test_another_design_has_other_demands(classic, tmp_path):
    path = tmp_path / "ours.toml"
    path.write_text(
        '[profile]\nname = "ours"\ntitle = "本县"\nextends = "classic"\nclause = ""\nstrength = "惯例"\nsource = "本县"\n'
        '[page_number]\nclause = ""\nstrength = "惯例"\nsource = "本县"\nodd = "center"\neven = "center"\n',
        encoding="utf-8",
    )
    ours = profile.load(path, [profile.packaged_templates()])
    content = page(title(), *TEXT, odd=number("center"), even=number("center"), settings="")
    assert [each.code for each in found(content, ours)] == []
    assert "G07" in [each.code for each in found(content, classic)]


def test_an_odd_number_of_pages_leaves_the_imprint_on_a_front(classic):
    from handmade import unzipped, zipped

    parts = unzipped(page(title(), *TEXT, closing(), IMPRINT))
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties"
    link = (
        f'<Relationship Id="p" Type="{kind}" Target="docProps/app.xml"/></Relationships>'.encode()
    )
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"</Relationships>", link)
    for pages, said in ((3, ["G28"]), (4, [])):
        parts["docProps/app.xml"] = (
            f'<Properties xmlns="urn:x"><Pages>{pages}</Pages></Properties>'.encode()
        )
        assert [each.code for each in found(zipped(parts), classic)] == said


def test_what_we_write_ourselves_is_met_with_silence(classic):
    from examples import EXAMPLES

    from gongwen.writer.write import write

    said = [
        (name, each.code, each.message)
        for name, document in EXAMPLES.items() if name != "todo"  # the place still to be written is highlighted on purpose
        for each in found(write(document, classic), classic)
    ]  # fmt: skip
    assert len(EXAMPLES) > 10
    assert said == []


def test_every_rule_has_a_page_with_a_good_and_a_bad_example():
    assert [rule.code for rule in RULES] == [f"G{number:02}" for number in range(1, len(RULES) + 1)]
    for rule in RULES:
        assert rule.explained.startswith(f"{rule.code}：")
        assert "好：" in rule.explained
        assert "差：" in rule.explained
