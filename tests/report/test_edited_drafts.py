"""A draft that people worked on is held against its run: what was changed, and what no longer follows from the data."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path

import docx
import pytest
from clerk import command
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from edited_drafts import through_office, trial

from zhibi.report.checking.edits.compare import compare

pytestmark = pytest.mark.kernel
office = pytest.mark.skipif(not shutil.which("soffice"), reason="没有安装LibreOffice")


def reworded(made, target: Path, *changes: tuple[str, str]) -> Path:
    document = docx.Document(str(made.docx))
    for old, new in changes:
        paragraph = next(each for each in document.paragraphs if old in each.text)
        words = paragraph.text.replace(old, new, 1)
        for run in paragraph.runs[1:]:
            run._r.getparent().remove(run._r)
        paragraph.runs[0].text = words
    document.save(str(target))
    return target


def codes(comparison) -> list[str]:
    return [each.code for each in comparison.findings if each.code != "H08"]


def test_a_draft_nobody_touched_has_no_revision(made):
    assert compare(made.docx).edits == ()


@office
@pytest.mark.render
def test_saving_in_another_program_is_no_revision(made, tmp_path):
    through_office([made.docx], tmp_path)

    assert compare(tmp_path / "报告.docx", made.folder).edits == ()


@office
@pytest.mark.render
def test_random_edits_are_all_found_and_none_is_claimed_falsely(made, tmp_path):
    count, faults = trial([made.folder], 16, seed=7, folder=tmp_path)

    assert count >= 16
    assert faults == []


def test_a_changed_digit_comes_with_its_figure_and_its_cells(made, tmp_path):
    draft = reworded(made, tmp_path / "改.docx", ("在册党员598名", "在册党员589名"))
    (edit,) = compare(draft, made.folder).as_json()["changes"]
    (number,) = edit["figures"]

    assert (number["before"], number["after"], number["follows"]) == ("598名", "589名", False)
    assert number["figure"]["label"] == "在册党员数"
    assert {each["sheet"] for each in number["figure"]["cells"]} == {"党员"}
    assert "正式党员数" in number["equal"]
    assert number["elsewhere"]


@pytest.mark.parametrize(
    ("old", "new"),
    [("女党员197名", "女党员近200名"), ("占32.9%", "约占三分之一"), ("占32.9%", "占33%")],
)
def test_another_way_to_say_a_figure_follows_from_the_data(made, tmp_path, old, new):
    comparison = compare(reworded(made, tmp_path / "改.docx", (old, new)), made.folder)

    assert "H03" in codes(comparison)
    assert not {"H01", "H02"} & set(codes(comparison))


@pytest.mark.parametrize(
    ("old", "new"), [("女党员197名", "女党员近190名"), ("占32.9%", "占34%"), ("598名", "5980名")]
)
def test_a_wording_that_the_data_do_not_bear_is_an_error(made, tmp_path, old, new):
    assert "H01" in codes(compare(reworded(made, tmp_path / "改.docx", (old, new)), made.folder))


def test_a_number_of_nobody_s_is_a_warning_and_a_year_only_a_note(made, tmp_path):
    document = docx.Document(str(made.docx))
    document.add_paragraph("走访群众4335户。")
    document.add_paragraph("自2019年起这样做。")
    document.save(str(tmp_path / "改.docx"))

    assert codes(compare(tmp_path / "改.docx", made.folder)) == ["H02", "H05", "H07", "H05"]


def test_words_that_were_moved_are_moved_and_not_new(made, tmp_path):
    document = docx.Document(str(made.docx))
    body = [each for each in document.paragraphs if len(each.text) > 60]
    body[-1]._p.addnext(body[0]._p)
    document.save(str(tmp_path / "改.docx"))

    (edit,) = compare(tmp_path / "改.docx", made.folder).edits
    assert (edit.change.kind, edit.figures) == ("移", ())


def test_a_table_typed_anew_keeps_its_rows(made, tmp_path):
    document = docx.Document(str(made.docx))
    old = document.tables[0]
    new = document.add_table(rows=len(old.rows), cols=len(old.columns))
    for row, before in zip(new.rows, old.rows, strict=True):
        for cell, was in zip(row.cells, before.cells, strict=True):
            cell.text = was.text
    new.rows[3].cells[2].text = "4860"
    old._tbl.getparent().replace(old._tbl, new._tbl)
    document.save(str(tmp_path / "改.docx"))

    (edit,) = compare(tmp_path / "改.docx", made.folder).edits
    assert [(each.change.before, each.change.after) for each in edit.figures] == [("527", "4860")]


def test_tracked_changes_are_read_as_if_accepted_and_that_is_told(made, tmp_path):
    document = docx.Document(str(made.docx))
    paragraph = next(each for each in document.paragraphs if "598名" in each.text)
    inserted = OxmlElement("w:ins")
    inserted.set(qn("w:author"), "某人")
    run = paragraph.add_run("另有群众8721名。")
    paragraph._p.append(inserted)
    inserted.append(run._r)
    document.save(str(tmp_path / "改.docx"))
    comparison = compare(tmp_path / "改.docx", made.folder)

    assert [each.change.after for each in comparison.edits] == ["另有群众8721名。"]
    assert any("修订" in each.message for each in comparison.findings)


def test_the_command_says_what_and_exits_with_1_where_data_are_contradicted(made, tmp_path):
    draft = reworded(made, tmp_path / "改.docx", ("女党员197名", "女党员297名"))
    done = command("zhibi", "compare", draft, "--run", made.folder, cwd=tmp_path)
    told = command("zhibi", "compare", draft, "--run", made.folder, "--json", cwd=tmp_path)

    assert done.returncode == 1
    assert "“197名”改成了“297名”：“女党员数”在数据中是197名" in done.stdout
    assert json.loads(told.stdout)["changes"][0]["figures"][0]["after"] == "297名"


def test_a_draft_without_its_run_is_wrong_input(made, tmp_path):
    shutil.copy(made.docx, tmp_path)
    done = command("zhibi", "compare", "报告.docx", cwd=tmp_path)

    assert done.returncode == 2
    assert "--run" in done.stdout + done.stderr


@pytest.mark.parametrize("content", [b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)])
def test_a_file_that_cannot_be_read_is_wrong_input(made, tmp_path, content):
    (tmp_path / "改.docx").write_bytes(content)
    done = command("zhibi", "compare", "改.docx", "--run", made.folder, cwd=tmp_path)

    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_another_report_is_told_to_be_another(made, tmp_path):
    document = docx.Document()
    for number in range(20):
        document.add_paragraph(
            f"某县第{number}批项目完成投资{random.Random(number).random():.3f}亿元。"
        )
    document.save(str(tmp_path / "别的.docx"))

    assert "H09" in codes(compare(tmp_path / "别的.docx", made.folder))


def test_a_copy_kept_before_a_new_run_still_knows_its_own_run(workspace, made):
    folder = workspace / "outputs/first-again"
    shutil.copytree(made.folder, folder)
    reworded(made, folder / "报告.docx", ("在册党员598名", "在册党员1名"))
    done = command("zhibi", "run", "research_report", "--out", folder, cwd=workspace)
    kept = folder / "报告-改动稿-1.docx"

    assert done.returncode in (0, 1)
    assert kept.with_suffix(".ipynb").read_bytes() == (made.folder / "run.ipynb").read_bytes()
    assert [each.change.kind for each in compare(kept).edits] == ["改"]
