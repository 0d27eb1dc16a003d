"""What other programs write (lists, boxes, changes, controls, notes, footers, Strict) is read as Word prints it."""

from __future__ import annotations

import pytest
from handmade import file, p, unzipped, zipped

from gongwen.reader.measure import measure


def texts(content: bytes) -> list[str]:
    return [paragraph.text for paragraph in measure(content).paragraphs]


def listed(number: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def kind(number: int, *levels: tuple[str, str], **more: str) -> str:
    made = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more.get(f"l{depth}", "")}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (form, text) in enumerate(levels)
    )
    return f'<w:abstractNum w:abstractNumId="{number}">{made}</w:abstractNum>'


def num(number: int, abstract: int, inner: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{inner}</w:num>'


def labels(body: str, numbering: str, **parts: str) -> list[str]:
    return [
        paragraph.label
        for paragraph in measure(file(body, numbering=numbering, **parts)).paragraphs
    ]


LADDER = kind(
    0,
    ("chineseCountingThousand", "%1、"),
    ("chineseCounting", "（%2）"),
    ("decimal", "%3."),
    ("decimal", "%1.%3.%4"),
)


def test_labels_count_up_and_deeper_levels_begin_anew():
    body = "".join(p("甲", n=listed(1, level)) for level in (0, 1, 1, 2, 0, 1, 2, 2, 3))
    assert labels(body, LADDER + num(1, 0)) == [
        "一、",
        "（一）",
        "（二）",
        "1.",
        "二、",
        "（一）",
        "1.",
        "2.",
        "二.2.1",
    ]


def test_a_list_that_starts_anew_does_and_its_twin_counts_on():
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    body = p("甲", n=listed(1)) + p("乙", n=listed(2)) + p("丙", n=listed(3)) + p("丁", n=listed(3))
    assert labels(body, LADDER + num(1, 0) + num(2, 0) + num(3, 0, again)) == [
        "一、",
        "二、",
        "一、",
        "二、",
    ]


def test_a_list_named_by_a_style_numbers_its_paragraphs_and_zero_takes_it_away():
    styles = (
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        '</w:pPr></w:style><w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="1"/></w:style>'
    )
    tied = kind(0, ("decimal", "第%1章"), ("decimal", "%1.%2"), l1='<w:pStyle w:val="2"/>') + num(
        1, 0
    )
    body = (
        p("甲", s='<w:pStyle w:val="1"/>')
        + p("乙", s='<w:pStyle w:val="2"/>')
        + p("丙", s='<w:pStyle w:val="1"/>' + listed(0))
    )
    assert labels(body, tied, styles=styles) == ["第1章", "1.1", ""]


@pytest.mark.parametrize(
    ("form", "third"),
    [
        ("decimalEnclosedCircle", "③"), ("ideographTraditional", "丙"), ("chineseLegalSimplified", "叁"), ("upperRoman", "III"),
        ("lowerLetter", "c"), ("decimalZero", "03"), ("japaneseCounting", "三"), ("ideographDigital", "三"), ("none", ""),
        ("aFormOfTheFuture", "3"),
    ],
)  # fmt: skip
def test_forms_of_numbers(form, third):
    assert labels(p("甲", n=listed(1)) * 3, kind(0, (form, "%1")) + num(1, 0))[2] == third


def test_bullets_of_symbol_fonts_are_told_as_bullets():
    assert labels(p("甲", n=listed(1)), kind(0, ("bullet", "\uf0b7")) + num(1, 0)) == ["●"]


def test_lists_indent_over_their_style_and_paragraphs_over_their_list():
    numbering = kind(0, ("decimal", "%1.")).replace(
        "</w:lvl>", '<w:pPr><w:ind w:left="720" w:hanging="360"/></w:pPr></w:lvl>'
    ) + num(1, 0)
    own = p("乙", n=listed(1) + '<w:ind w:left="100"/>')
    found = measure(file(p("甲", n=listed(1)) + own, numbering=numbering)).paragraphs
    assert [(each.left_twips, each.first_line_twips) for each in found] == [
        (720, -360),
        (100, -360),
    ]


BOX = "<w:txbxContent>" + p("框内") + "</w:txbxContent>"


def test_a_text_box_with_two_branches_is_read_once_after_its_paragraph():
    drawing = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wps:txbx>{BOX}</wps:txbx></wp:anchor></w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    found = measure(file(p("前", drawing) + p("后"))).paragraphs
    assert [(each.text, each.story) for each in found] == [
        ("前", "正文"),
        ("框内", "文本框"),
        ("后", "正文"),
    ]


def test_insertions_are_in_and_deletions_out():
    run = "<w:r><w:t>{}</w:t></w:r>"
    inner = (f"<w:ins>{run.format('增')}</w:ins><w:del><w:r><w:delText>删</w:delText></w:r></w:del>"
             f"<w:moveFrom>{run.format('离')}</w:moveFrom><w:moveTo>{run.format('到')}</w:moveTo>")  # fmt: skip
    found = measure(file(p("原", inner)))
    assert (found.paragraphs[0].text, found.settings.tracked) == ("原增到", True)


def test_controls_links_smart_tags_and_simple_fields_hide_nothing():
    run = "<w:r><w:t>{}</w:t></w:r>"
    inner = (
        f"<w:hyperlink>{run.format('链')}</w:hyperlink><w:sdt><w:sdtContent>{run.format('控')}</w:sdtContent></w:sdt>"
        f'<w:smartTag>{run.format("签")}</w:smartTag><w:fldSimple w:instr=" DATE ">{run.format("域")}</w:fldSimple>'
    )
    body = f"<w:sdt><w:sdtContent>{p('甲', inner)}</w:sdtContent></w:sdt>"
    found = measure(file(body)).paragraphs[0]
    assert (found.text, found.fields) == ("甲链控签域", ("DATE",))


def test_the_code_of_a_field_is_not_text_and_its_result_is():
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = "<w:r><w:instrText> IF 1 </w:instrText></w:r><w:r><w:t>暗</w:t></w:r>"
    inner = (
        mark("begin")
        + code
        + mark("separate")
        + "<w:r><w:t>明</w:t></w:r>"
        + mark("end")
        + "<w:r><w:t>后</w:t></w:r>"
    )
    assert texts(file(p("前", inner))) == ["前明后"]


def test_hidden_words_are_not_read_and_signs_are():
    inner = (
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>"
        '<w:r><w:tab/><w:br/><w:noBreakHyphen/><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
    )
    assert texts(file(p("甲", inner))) == ["甲\t\n-\ufffc"]


def test_notes_follow_the_body_and_separators_are_none():
    notes = f'<w:footnote w:type="separator" w:id="-1">{p()}</w:footnote><w:footnote w:id="1">{p("注文")}</w:footnote>'
    found = measure(file(p("正文"), footnotes=notes)).paragraphs
    assert [(each.text, each.story) for each in found] == [("正文", "正文"), ("注文", "脚注")]


def test_places_in_tables_count_columns_of_the_grid():
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{p("宽")}</w:tc><w:tc>{p("右")}</w:tc>'
    found = measure(
        file(f"<w:tbl><w:tr>{wide}</w:tr><w:tr><w:tc>{p('左')}</w:tc></w:tr></w:tbl>")
    ).paragraphs
    assert [(each.cell.row, each.cell.column, each.cell.span) for each in found] == [
        (0, 0, 2),
        (0, 2, 1),
        (1, 0, 1),
    ]


FOOT = p(
    "— ",
    '<w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t> —</w:t></w:r>',
)


def test_footers_settings_and_what_a_section_takes_over_from_the_one_before():
    first = '<w:sectPr><w:footerReference w:type="default" r:id="r_footer1"/><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
    last = '<w:sectPr><w:footerReference w:type="even" r:id="r_footer2"/><w:titlePg/><w:docGrid w:type="lines" w:linePitch="579"/></w:sectPr>'
    settings = "<w:evenAndOddHeaders/><w:mirrorMargins w:val='0'/>"
    found = measure(
        file(p("甲", s=first) + p("乙") + last, footer1=FOOT, footer2=p("偶"), settings=settings)
    )
    assert [sorted(each.pages for each in section.margins) for section in found.sections] == [
        ["default"],
        ["default", "even"],
    ]
    assert found.sections[0].margins[0].paragraphs[0].text == "— 1 —"
    assert (found.settings.even_and_odd, found.settings.mirrored) == (True, False)
    assert (
        found.sections[1].title_page,
        found.sections[1].grid,
        found.sections[1].line_pitch_twips,
    ) == (
        True,
        "lines",
        579,
    )
    assert [paragraph.section for paragraph in found.paragraphs] == [0, 1]


def test_strict_files_and_lengths_with_units_are_read_alike():
    body = (
        p("甲", s='<w:ind w:start="20mm"/><w:jc w:val="end"/>')
        + '<w:sectPr><w:pgSz w:w="21cm" w:h="297mm"/></w:sectPr>'
    )
    strict = {
        name: content.replace(b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                              b"http://purl.oclc.org/ooxml/wordprocessingml/main")
        .replace(b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                 b"http://purl.oclc.org/ooxml/officeDocument/relationships")
        for name, content in unzipped(file(body)).items()
    }  # fmt: skip
    found = measure(zipped(strict))
    assert (found.paragraphs[0].text, found.paragraphs[0].align) == ("甲", "right")
    assert round(found.paragraphs[0].left_twips) == 1134
    assert (round(found.sections[0].width_mm), round(found.sections[0].height_mm)) == (210, 297)


def test_the_main_part_is_where_the_package_says():
    assert texts(file(p("别处"), main="content/main.xml")) == ["别处"]


def test_names_with_backslashes_and_other_case_are_found():
    parts = {
        name.replace("word/", "Word\\"): content
        for name, content in unzipped(file(p("甲"))).items()
    }
    assert texts(zipped(parts)) == ["甲"]


def test_table_styles_lie_below_paragraph_styles():
    styles = '<w:style w:type="table" w:styleId="T"><w:name w:val="表"/><w:rPr><w:sz w:val="21"/></w:rPr></w:style>'
    body = f'<w:tbl><w:tblPr><w:tblStyle w:val="T"/></w:tblPr><w:tr><w:tc>{p("甲")}</w:tc></w:tr></w:tbl>'
    assert measure(file(body, styles=styles)).paragraphs[0].runs[0].size_pt == 10.5
