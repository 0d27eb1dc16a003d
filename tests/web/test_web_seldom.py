"""What a clerk meets seldom: an open file, a loop, a final that is refused, a batch of which some fail, an old roster."""

from __future__ import annotations

import json
import re
import shutil
import signal
from pathlib import Path
from urllib.parse import unquote_plus

import openpyxl
import pytest
from bench import Bench

from conftest import CASES, TOP, start
from zhibi.data.sources.any_file import OLDER, TEXT, read_file
from zhibi.data.sources.grid import letters
from zhibi.doors.web.work.listing import ROSTERS

pytestmark = pytest.mark.slow
COUNTY = "data/示例县.xlsx"
LOCK = b"\x05Li Ming" + bytes(157)
LOOP = """{"cells":[{"cell_type":"code","id":"a","metadata":{},"source":"while True: pass","outputs":[],
"execution_count":null}],"metadata":{},"nbformat":4,"nbformat_minor":5}"""


def made(bench: Bench, report: str, stage: str = "draft", **texts: str) -> dict:
    fields = {"p.workbook": COUNTY, **{f"t.{name}": text for name, text in texts.items()}}
    bench.post("/report/make", report=report, stage=stage, **fields)
    return bench.job(f"report:{report}")


def words_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize("stage", ["draft", "review", "final"])
def test_a_report_open_in_word_is_not_replaced_and_the_page_says_who_has_it_open(bench, stage):
    done = made(bench, "annual_rollup")
    report = bench.root / done["folder"] / "报告.docx"
    before = report.read_bytes()
    lock = report.with_name(f"~${report.name}")
    lock.write_bytes(LOCK)
    try:
        refused = made(bench, "annual_rollup", stage)
        assert refused["state"] == "没有做成"
        assert "正在 Word、WPS 或 Excel 中打开" in refused["says"]
        assert "请关闭后重试" in refused["says"]
        assert bench.get("/file", path=f"{done['folder']}/报告.docx").content == before
    finally:
        lock.unlink()
    assert made(bench, "annual_rollup")["state"] == "完成"


def test_a_final_that_is_refused_tells_every_place_that_is_left_to_write(bench):
    refused = made(bench, "research_report", "final", 导语="")

    assert refused["state"] == "没有做成"
    assert refused["says"].count("W02") >= 3, refused["says"]
    assert not list((bench.root / "outputs/research_report").rglob("报告.docx"))


def test_a_batch_of_which_two_fail_makes_the_rest_and_tells_the_two_by_their_cause(bench):
    path = bench.root / "notebooks/annual_review.ipynb"
    whole = path.read_bytes()
    notebook = json.loads(whole)
    cell = {"cell_type": "code", "id": "planted", "metadata": {}, "outputs": []}
    cell |= {"execution_count": None, "source": "if branch in ('B012', 'B013'):\n    1 / 0"}
    notebook["cells"].insert(3, cell)
    path.write_text(json.dumps(notebook, ensure_ascii=False), "utf-8")
    try:
        bench.post("/batch/make", report="annual_review", stage="draft")
        bench.job("batch:annual_review")
        page = words_of(bench.get("/batch/standing", name="annual_review").text)
    finally:
        path.write_bytes(whole)
    causes = page.partition("没有做成的，按原因")[2].partition("共")[0]
    assert "没有做成2份" in page
    assert "2份" in causes
    assert "ZeroDivisionError" in causes or "division by zero" in causes or "除" in causes
    assert "怎么办" in causes
    assert len(list((bench.root / "outputs/annual_review").rglob("报告.docx"))) >= 5


def test_a_repair_that_is_chosen_changes_its_cells_and_no_others(bench):
    upload = bench.upload("乱.xlsx", (CASES / "青禾县-乱3.xlsx").read_bytes()).json()["path"]
    offered = bench.get("/data/repairs", file=upload).text
    number, rest = re.search(r'name="repair" value="(\d+)">(.*?)</li>', offered, re.DOTALL).groups()
    cells = re.search(r'<span class="hint">([A-Z]+\d+)', rest)[1]
    sheet = re.search(r"<strong>(.*?)</strong>", rest)[1]
    answer = bench.post("/data/mend", file=upload, repair=number, all="no").text
    mended = re.search(r"path=(data%2F[^\"&]+|outputs%2F[^\"&]+|[^\"&]+xlsx)", answer)[1]
    before, after = values(bench.root / upload), values(bench.root / unquote_plus(mended))
    changed = {key for key in before | after if before.get(key) != after.get(key)}
    assert (sheet, cells) in changed
    assert {key[0] for key in changed} == {sheet}
    assert {re.sub(r"\d", "", key[1]) for key in changed} == {re.sub(r"\d", "", cells)}


def test_single_cells_of_a_kind_are_put_right_and_its_other_cells_stay(bench):
    upload = bench.upload("乱格.xlsx", (CASES / "青禾县-乱3.xlsx").read_bytes()).json()["path"]
    offered = bench.get("/data/repairs", file=upload).text
    kinds: dict[str, list[str]] = {}
    for number, cell in re.findall(r'name="cell" value="(\d+)!([A-Z]+\d+)"', offered):
        kinds.setdefault(number, []).append(cell)
    number, cells = max(kinds.items(), key=lambda kind: len(kind[1]))
    assert len(cells) >= 4
    chosen = cells[1:3]
    answer = bench.post(
        "/data/mend", file=upload, cell=[f"{number}!{cell}" for cell in chosen], all="no"
    ).text
    mended = re.search(r"path=(data%2F[^\"&]+|outputs%2F[^\"&]+|[^\"&]+xlsx)", answer)[1]
    before, after = values(bench.root / upload), values(bench.root / unquote_plus(mended))
    changed = {key for key in before | after if before.get(key) != after.get(key)}
    assert "已改好2格" in answer
    assert {cell for _, cell in changed} == set(chosen)


@pytest.mark.parametrize("cell", ["9999!A1", "x!A1", "0!ZZZ9", "<script>", ""])
def test_a_cell_that_was_not_offered_is_no_choice(bench, cell):
    upload = bench.upload("乱格.xlsx", (CASES / "青禾县-乱3.xlsx").read_bytes()).json()["path"]
    answer = bench.post("/data/mend", file=upload, cell=cell, all="no").text
    assert "没有选中要改的地方" in answer
    assert "<script>" not in answer


def values(path: Path) -> dict[tuple[str, str], object]:
    book, _ = read_file(path)
    found: dict[tuple[str, str], object] = {}
    for grid in book.grids:
        for number, row in enumerate(grid.rows, 1):
            cells = {(grid.title, f"{letters(at)}{number}"): cell for at, cell in enumerate(row)}
            found |= {place: cell for place, cell in cells.items() if cell is not None}
    return found


@pytest.mark.parametrize("name", ["台账.xlsb", "台账.tsv"])
def test_a_table_of_another_kind_is_refused_with_what_to_do(bench, name):
    answer = bench.upload(name, b"a\tb\n")

    assert answer.status_code == 415
    assert "请" in answer.text
    assert "另存为 .xlsx 再拖进来" in answer.text
    assert not (bench.root / "data" / name).exists()


def test_what_is_taken_for_an_import_the_import_reads():
    assert set(ROSTERS) <= {*OLDER, *TEXT}


def test_an_old_roster_is_taken_and_leads_to_the_import(bench):
    content = (TOP / "tests/importing/cases/名册.xls").read_bytes()
    path = bench.upload("名册.xls", content).json()["path"]
    page = bench.get("/data/check", file=path).text
    assert path == "data/名册.xls"
    assert "请在下面导入成规定的工作簿" in page
    assert "没有错误" not in page
    assert "名册.xls" in bench.get("/data").text
    assert bench.get("/file", path=path).content == content
    brought = bench.post("/data/import", file=path, into="旧名册", sheet="")
    assert brought.status_code == 200
    assert "程序内部出错" not in brought.text
    assert "旧名册" in brought.text
    assert path not in bench.get("/report", name="research_report").text


def test_a_csv_of_a_chinese_excel_is_taken_and_imported_and_rubbish_is_a_sentence(bench):
    path = bench.upload("党员.csv", "姓名,性别\n张三,男\n".encode("gb18030")).json()["path"]
    answer = bench.post("/data/import", file=path, into="我县的", sheet="")
    assert "程序内部出错" not in answer.text
    rubbish = bench.upload("坏的.xls", b"\xd0\xcf\x11\xe0" + bytes(200)).json()["path"]
    refused = bench.post("/data/import", file=rubbish, into="坏", sheet="").text
    assert 'class="says"' in refused or "M07" in refused or "读不" in refused
    assert "程序内部出错" not in refused


def test_the_form_says_which_text_stands_in_the_workbook_already(bench):
    path = bench.root / "data/有文字.xlsx"
    shutil.copy(bench.root / COUNTY, path)
    page = bench.get("/report", name="research_report", data="data/有文字.xlsx").text
    assert "印的是工作簿里的" not in page
    book = openpyxl.load_workbook(path)
    sheet = book["撰写"]
    heads = [str(cell.value).strip("*†") for cell in sheet[1]]
    row = next(at for at in range(2, 10_000) if all(cell.value is None for cell in sheet[at]))
    year = next(
        line[1].value
        for line in book["设置"].iter_rows()
        if str(line[0].value).strip("*†") == "年度"
    )
    texts = {"报告": "调研报告", "年度": year, "段落": "导语", "文字": "工作簿里的一段。"}
    for head, value in texts.items():
        sheet.cell(row, heads.index(head) + 1).value = value
    book.save(path)
    page = bench.get("/report", name="research_report", data="data/有文字.xlsx").text
    assert page.count("印的是工作簿里的") == 1
    assert f"“撰写”表第{row}行" in page
    path.unlink()


def test_a_notebook_that_loops_is_stopped_by_the_limit_and_says_so(workspace, monkeypatch):
    (workspace / "notebooks/死循环.ipynb").write_text(LOOP, "utf-8")
    monkeypatch.setenv("ZHIBI_CELL_TIMEOUT", "3")
    process, address = start(workspace)
    running = Bench(address, workspace, process)
    try:
        running.post("/report/make", report="死循环", stage="draft")
        ended = running.job("report:死循环")
        assert ended["state"] == "没有做成"
        assert "运行超过3秒，已停止" in ended["says"]
        assert "死循环" in ended["says"]
        assert "--cell-timeout" not in ended["says"]  # which a page does not have
        assert running.get("/report", name="死循环").status_code == 200
    finally:
        running.session.close()
        process.send_signal(signal.SIGTERM)
        process.wait(30)
        process.stdout.close()
        (workspace / "notebooks/死循环.ipynb").unlink()
