"""A formula in TeX -> the native formula of Word, whole or not at all."""

from __future__ import annotations

import io
import re

import docx
import pytest
from examples import words

from gongwen.document import Document, Equation, Formula, Paragraph, Reference, Text, codec
from gongwen.oxml import parse
from gongwen.reader.measure import measure
from gongwen.writer.formulas import converted
from gongwen.writer.layout.findings import remarks
from gongwen.writer.write import write

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
UNKNOWN = r"\nosuchcommand{x}"


def structures(tex):
    made = converted(tex, display=True)
    assert made is not None, tex
    return re.findall(r"<m:(\w+)>", made)


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        (r"\frac{a}{b}", "f"),
        (r"x_1^2", "sSubSup"),
        (r"\sqrt[3]{x}", "rad"),
        (r"\sum_{i=1}^{n} x_i", "nary"),
        (r"\left( a \right)", "d"),
        (r"\hat{x}", "acc"),
        (r"\overline{ab}", "bar"),
        (r"\underbrace{a+b}_{n}", "groupChr"),
        (r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}", "m"),
        (r"\begin{aligned} a &= b \\ &= c \end{aligned}", "m"),
        (r"\begin{cases} 1 & x>0 \\ 0 & \text{其他} \end{cases}", "m"),
        (r"\max_{x} f(x)", "limLow"),
        (r"\boxed{x}", "borderBox"),
    ],
)
def test_a_structure_of_tex_is_the_structure_of_word(tex, expected):
    assert expected in structures(tex)


@pytest.mark.parametrize(
    "tex", [UNKNOWN, "", "   ", r"a & b", "{", r"\begin{tabular}{ll} a & b \end{tabular}"]
)
def test_what_would_lose_anything_is_not_converted(tex):
    assert converted(tex) is None


def test_the_operand_of_a_sum_is_never_empty():
    made = converted(r"\sum_i = 1")

    assert made is not None
    assert "<m:e/>" not in made
    assert "<m:e></m:e>" not in made


def test_of_a_bracket_with_an_exponent_the_bracket_is_the_base():
    assert structures("(a+b)^2").index("sSup") < structures("(a+b)^2").index("d")


@pytest.mark.parametrize(
    "tex", [r"% note", "x % note", r"x \label{a} \nonumber", r"$$x$$", r"\displaystyle x"]
)
def test_what_is_not_printed_is_dropped(tex):
    made = converted(f"y {tex}" if tex.startswith("%") else tex)

    assert made is not None
    assert "note" not in made
    assert "label" not in made


def test_hanzi_in_a_formula_are_words():
    made = converted(r"\frac{党员数}{总数}\times 100\%")

    assert made is not None
    assert "<m:nor/>" in made


def written(profile, *blocks):
    return write(Document(blocks), profile)


def body(content):
    return docx.Document(io.BytesIO(content)).element.body


def test_formulas_stand_in_lines_and_on_lines_of_their_own(classic):
    content = written(
        classic,
        Paragraph((Text("设"), Formula("x^2"), Text("为面积。"))),
        Equation(r"\frac{a}{b}"),
        Equation("c=d", key="c"),
        Paragraph((Text("见"), Reference("c"), Text("。"))),
        Equation("e", number="2.1"),
    )
    element = body(content)

    assert len(list(element.iter(f"{M}oMath"))) == 4
    assert len(list(element.iter(f"{M}oMathPara"))) == 1
    texts = [paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs]
    assert [text.strip() for text in texts] == ["设为面积。", "", "（1）", "见式（1）。", "（2.1）"]


def test_a_line_with_a_tall_formula_is_not_cut(classic):
    heights = [
        spacing.get("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}lineRule")
        for tex in ("x", r"\frac{a}{b}")
        for spacing in parse_paragraphs(written(classic, Paragraph((Text("甲"), Formula(tex)))))
    ]

    assert heights == [None, "atLeast"]


def parse_paragraphs(content):
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    for paragraph in body(content).iter(f"{w}p"):
        found = paragraph.find(f"{w}pPr/{w}spacing")
        yield found if found is not None else parse("<w:spacing/>")


def test_what_cannot_be_converted_is_printed_as_typed_and_told(classic):
    blocks = (Paragraph((Text("甲"), Formula(UNKNOWN))), Equation(UNKNOWN), Equation("x"))
    texts = [
        paragraph.text
        for paragraph in docx.Document(io.BytesIO(written(classic, *blocks))).paragraphs
    ]

    assert texts[:2] == [f"甲${UNKNOWN}$", f"$${UNKNOWN}$$"]
    assert [each.code for each in remarks(Document(blocks), classic)] == ["L12", "L12"]


@pytest.mark.parametrize(
    ("tex", "read"),
    [
        ("x^2", "x^2"),
        (r"\frac{a+b}{c}", "(a+b)/c"),
        (r"\sum_{i=1}^{n} x_i", "∑_(i=1)^n x_i"),
        (r"\left( a \right)", "(a)"),
        (r"\sqrt{x}", "√(x)"),
        (r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}", "(1 2; 3 4)"),
    ],
)
def test_the_reader_reads_it_back(tex, read, classic):
    measured = measure(written(classic, Paragraph((Text("甲"), Formula(tex)))), "a.docx")

    assert [each.formulas for each in measured.paragraphs if each.formulas] == [(read,)]


def test_formulas_travel_as_json():
    blocks = (Equation("x", "k", "1", ("f",)), Paragraph((Formula("y", ("f",)), *words("甲"))))
    sent = dict(codec.dump(blocks, {}))

    assert codec.load(sent)[0] == blocks
