"""A strange file comes out in official form, and not a letter, picture, comment or tracked change of it is lost."""

from __future__ import annotations

import io
import json
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from package_check import faults

from gongwen import profile as profiles
from gongwen.errors import TextChanged, UnreadableFile
from gongwen.reader.measure import measure
from gongwen.reader.parts import Package, W
from gongwen.reader.roles import of_file
from gongwen.writer.restyle import sameness
from gongwen.writer.restyle.restyle import restyled
from gongwen_lint.manuscript.reading import from_bytes
from gongwen_lint.rules import registry
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.runner import examine
from zhibi.doors.cli import COMMANDS
from zhibi.doors.cli.console import exit as door
from zhibi.doors.cli.console.help import group

PROFILE = profiles.load("classic", [profiles.packaged_templates()])
INSERTED = (
    f'<w:ins {nsdecls("w")} w:id="901" w:author="甲" w:date="2026-01-01T00:00:00Z">'
    "<w:r><w:t>添上的字</w:t></w:r></w:ins>"
)
DELETED = (
    f'<w:del {nsdecls("w")} w:id="902" w:author="甲" w:date="2026-01-01T00:00:00Z">'
    "<w:r><w:delText>删去的字</w:delText></w:r></w:del>"
)
BOXED = (
    f'<w:r {nsdecls("w")}><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>'
    "<w:txbxContent><w:p><w:r><w:t>框里的字</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)


def saved(made) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def bold(made, text: str, size: float = 12):
    run_ = made.add_paragraph().add_run(text)
    run_.bold, run_.font.size = True, Pt(size)
    run_.font.color.rgb = RGBColor(0x1F, 0x4E, 0x79)


def strange():
    """What a clerk typed with nothing but bold, blanks and empty lines, on Letter paper."""
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "某局内部资料"
    title = made.add_paragraph()
    title.alignment = 1
    title.add_run("关于机关工作情况的报告").font.size = Pt(26)
    made.add_paragraph("")
    made.add_paragraph("县委：")
    made.add_paragraph("　　现将有关情况报告如下。这里有“引号”和数字12。")
    bold(made, "一、主要工作", 14)
    text = made.add_paragraph("    做了许多事。")
    text.add_run("要点").bold = True
    text.add_run("在此。")
    text._p.append(parse_xml(INSERTED))
    text._p.append(parse_xml(DELETED))
    made.add_comment(text.runs, text="请核对", author="乙")
    made.add_paragraph("第一条", style="List Number")
    made.add_paragraph("第二条", style="List Bullet")
    table = made.add_table(2, 2)
    table.style = "Table Grid"
    for cell, word in zip((c for r in table.rows for c in r.cells), "名数甲一", strict=True):
        cell.text = word
    inner = table.rows[1].cells[1].add_table(1, 1)
    inner.rows[0].cells[0].text = "套中套"
    for column in table.columns:
        column.width = Cm(12)
    bold(made, "二、下一步打算", 14)
    made.add_paragraph("继续做好各项工作。")
    for _ in range(6):
        made.add_paragraph("")
    made.add_paragraph("附件：1.名单")
    made.add_paragraph("某某县机关工作委员会")
    made.add_paragraph("2026年3月5日")
    made.add_paragraph()._p.append(parse_xml(BOXED))
    return made


@pytest.fixture(scope="module")
def before() -> bytes:
    return saved(strange())


@pytest.fixture(scope="module")
def after(before):
    return restyled(before, "旧稿.docx", PROFILE)


def page_findings(content: bytes) -> list[str]:
    rules = registry.chosen(["版式"], [])
    found = examine(from_bytes(content, "x.docx"), rules, CheckContext(profile=PROFILE))
    return [each.code for each in found]


def words(content: bytes) -> list[str]:
    return [
        f"{each.label}{each.text.strip()}"
        for each in measure(content).paragraphs
        if each.text.strip()
    ]


def test_every_letter_is_the_same(before, after):
    assert words(after.content) == words(before)


def test_nothing_of_the_page_family_is_left_but_the_tracked_change(before, after):
    assert len(set(page_findings(before))) > 5
    assert page_findings(after.content) == ["G36"]


def test_word_opens_it_without_repairing_it(before, after):
    assert [each for each in faults(after.content) if each not in faults(before)] == []


def test_roles_get_their_styles(after):
    styles = {each.text.strip(): each.style for each in measure(after.content).paragraphs}

    assert styles["关于机关工作情况的报告"] == "Title"
    assert styles["县委："] == "Salutation"
    assert styles["一、主要工作"] == "heading 1"
    assert styles["2026年3月5日"] == "Date"


def test_emphasis_comment_tracked_change_and_nested_table_stay(after):
    runs = [run_ for each in measure(after.content).paragraphs for run_ in each.runs]
    package = Package(after.content)
    root = package.xml(package.main)

    assert next(run_ for run_ in runs if run_.text == "要点").bold
    assert len(list(root.iter(qn("w:ins")))) == len(list(root.iter(qn("w:del")))) == 1
    assert "请核对" in "".join(package.related("comments").itertext())
    assert len(measure(after.content).tables) == 2


def test_words_of_the_page_header_stay_on_odd_and_even_pages(after):
    (section,) = measure(after.content).sections
    said = {
        each.pages: "".join(line.text for line in each.paragraphs)
        for each in section.margins
        if each.kind == "header"
    }

    assert said["default"] == said["even"] == "某局内部资料"


def test_a_text_box_looks_as_it_did(before, after):
    def boxed(content):
        return next(e for e in measure(content).paragraphs if e.text == "框里的字").runs[0].size_pt

    assert boxed(after.content) == boxed(before)


def test_a_heading_numbered_by_word_gets_the_number_of_the_ladder():
    made = docx.Document()
    made.add_paragraph("某项工作的报告", style="Title")
    for each in made.part.numbering_part.element.iter(qn("w:lvlText")):
        each.set(qn("w:val"), each.get(qn("w:val")).replace("%1.", "%1"))
    for text in ("总体情况", "存在问题"):
        heading = made.add_heading(text, 1)
        number = made.styles["List Number"].element.pPr.numPr.numId.val
        heading._p.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="{number}"/></w:numPr>')
        )
        made.add_paragraph("有关情况如下。")

    assert words(restyled(saved(made), "x.docx", PROFILE).content) == [
        "某项工作的报告", "一、总体情况", "有关情况如下。", "二、存在问题", "有关情况如下。",
    ]  # fmt: skip


def test_lines_stay_free_where_official_form_has_them():
    made = docx.Document()
    for text, size, red in (
        ("某县人民政府文件", 36, True),
        ("某政发〔2026〕3号", 16, False),
        ("关于某事的通知", 22, False),
    ):
        line = made.add_paragraph()
        line.alignment = 1
        run_ = line.add_run(text)
        run_.font.size = Pt(size)
        run_.font.color.rgb = RGBColor(255, 0, 0) if red else None
    for text in (
        "各乡镇：",
        "现将有关事项通知如下。",
        "附件：名单",
        "某县人民政府",
        "2026年3月5日",
    ):
        made.add_paragraph(text)
    found = {e.text: e for e in measure(restyled(saved(made), "x", PROFILE).content).paragraphs}
    line = PROFILE.grid.line_twips

    assert (
        found["某政发〔2026〕3号"].before_twips == found["关于某事的通知"].before_twips == 2 * line
    )
    assert found["附件：名单"].before_twips == found["某县人民政府"].before_twips == line
    assert {run_.color for run_ in found["某县人民政府文件"].runs} == {"FF0000"}


def test_a_lost_letter_is_refused(before, after):
    made = strange()
    made.paragraphs[3].runs[0].text = "　　现将有关情况报告如下。这里有“引号”和数字13。"
    other = saved(made)
    seen = (measure(before), measure(other))

    with pytest.raises(TextChanged, match="数字12"):
        sameness.proved(Package(before), Package(other), seen, [""] * len(seen[0].paragraphs))


def test_a_lost_comment_is_refused(before):
    made = strange()
    for mark in list(made.element.body.iter(qn("w:commentReference"))):
        mark.getparent().remove(mark)
    other = saved(made)
    seen = (measure(before), measure(other))

    with pytest.raises(TextChanged, match="批注"):
        sameness.proved(Package(before), Package(other), seen, [""] * len(seen[0].paragraphs))


def test_a_protected_file_is_refused_in_plain_words(before):
    made = docx.Document(io.BytesIO(before))
    made.settings.element.insert(
        0,
        parse_xml(f'<w:documentProtection {nsdecls("w")} w:edit="readOnly" w:enforcement="1"/>'),
    )

    with pytest.raises(UnreadableFile, match="限制编辑"):
        restyled(saved(made), "x.docx", PROFILE)


def test_a_mark_of_the_pen_stays():
    made = docx.Document()
    made.add_paragraph("有一句话。").runs[0].font.highlight_color = WD_COLOR_INDEX.YELLOW

    (found,) = [
        e for e in measure(restyled(saved(made), "x", PROFILE).content).paragraphs if e.text
    ]
    assert found.runs[0].highlight == "yellow"


def test_laid_out_twice_is_laid_out_once(after):
    again = restyled(after.content, "x.docx", PROFILE)

    assert words(again.content) == words(after.content)
    assert page_findings(again.content) == page_findings(after.content)


@pytest.fixture
def formatted(capsys, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)

    def run_(*given: object) -> tuple[int, str, str]:
        code = door.at_the_door(group(COMMANDS, ""), ["format", *map(str, given)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run_


def test_the_command_writes_beside_the_original_and_leaves_it_alone(formatted, tmp_path, before):
    old = tmp_path / "旧稿.docx"
    old.write_bytes(before)
    code, said, _ = formatted(old)

    assert code == 0
    assert "旧稿.公文.docx" in said
    assert old.read_bytes() == before
    assert words((tmp_path / "旧稿.公文.docx").read_bytes()) == words(before)


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("甲.txt", "关于工作的报告\n\n县委：\n现将情况报告如下。\n一、总体情况\n情况较好。\n"),
        (
            "乙.md",
            "# 关于工作的报告\n\n县委：\n\n现将情况报告如下。\n\n## 一、总体情况\n\n情况较好。\n",
        ),
    ],
)
def test_text_and_markdown_are_laid_out_too(formatted, tmp_path, name, source):
    (tmp_path / name).write_text(source, "utf-8")
    code, said, _ = formatted(tmp_path / name, "--json")
    (entry,) = json.loads(said)
    measured = measure(Path(entry["out"]).read_bytes())
    styles = {f"{e.label}{e.text}": e.style for e in measured.paragraphs if e.text}

    assert code == 0
    assert styles == {
        "关于工作的报告": "Title", "县委：": "Salutation", "现将情况报告如下。": "Body Text",
        "一、总体情况": "heading 1", "情况较好。": "Body Text",
    }  # fmt: skip


def test_what_cannot_be_laid_out_is_told_and_exits_with_2(formatted, tmp_path):
    (tmp_path / "旧.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    (tmp_path / "表.pdf").write_bytes(b"%PDF-1.4")

    assert formatted(tmp_path / "旧.doc")[0] == 2
    code, _, said = formatted(tmp_path / "表.pdf")
    assert (code, "另存为 .docx" in said) == (2, True)


def lines_of(content: bytes) -> list[str]:
    return [each.text for each in docx.Document(io.BytesIO(content)).paragraphs]


def typed(*lines: str) -> bytes:
    document, buffer = docx.Document(), io.BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(buffer)
    return buffer.getvalue()


NOTICE = (
    "中共示例县委组织部文件",
    "示组发〔2026〕5号",
    "关于做好年终工作的通知",
    "各乡镇党委：",
    "现将有关事项通知如下。",
    "中共示例县委组织部",
    "2026年12月8日",
)
IMPRINT = ("抄送：县委办公室，县政府办公室。", "中共示例县委组织部办公室\t2026年12月9日印发")


def test_an_imprint_at_the_end_goes_to_the_foot_of_its_page(classic):
    made = restyled(typed(*NOTICE, *IMPRINT), "通知.docx", classic)
    (table,) = docx.Document(io.BytesIO(made.content)).tables

    assert [row.cells[0].text for row in table.rows] == [*IMPRINT]
    assert table._tbl.tblPr.find(f"{W}tblpPr").get(f"{W}tblpYSpec") == "bottom"
    assert ("版记移到末页下端", 1) in made.changes


def test_an_imprint_with_text_behind_it_stays_where_it_is(classic):
    made = restyled(typed(*NOTICE, *IMPRINT, "附件1", "情况表"), "通知.docx", classic)

    assert docx.Document(io.BytesIO(made.content)).tables == []
    assert [line for line in lines_of(made.content) if line.startswith("抄送")] == [IMPRINT[0]]


def test_a_typed_header_is_a_header_and_the_line_below_the_number_the_title(classic):
    found = of_file(measure(typed(*NOTICE), "通知.docx"))

    assert [each.role for each in found][:4] == [
        "masthead",
        "document_number",
        "title",
        "addressee",
    ]


def test_a_signature_below_a_short_text_is_no_byline(classic):
    document, buffer = docx.Document(), io.BytesIO()
    document.add_paragraph("通知").alignment = 1
    body = document.add_paragraph("请各单位抓紧办理")
    body.paragraph_format.first_line_indent = 400000
    document.add_paragraph("县委办公室").alignment = 2
    document.add_paragraph("2026年2月19日").alignment = 2
    document.save(buffer)
    found = [each.role for each in of_file(measure(buffer.getvalue(), "通知.docx"))]

    assert found[-2:] == ["signature", "date"]
