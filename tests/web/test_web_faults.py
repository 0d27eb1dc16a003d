"""What goes wrong around the workbench: a sentence in the page, nothing lost, and the next piece of work is done."""

from __future__ import annotations

import json
import resource
import signal
import subprocess
import time
from pathlib import Path

import openpyxl
import pytest
from bench import Bench

from conftest import BIN, start
from gongwen.atomic_files import safe_name

pytestmark = pytest.mark.slow
CASES = Path(__file__).parent / "cases"
BOOK = (CASES / "青禾县.xlsx").read_bytes()
REPORT, BATCH = "annual_rollup", "annual_review"


def made(bench: Bench, report: str = REPORT) -> dict:
    workbook = {"p.workbook": "data/示例县.xlsx"}  # the form remembers what was chosen last
    bench.post("/report/make", report=report, stage="draft", **workbook)
    return bench.job(f"report:{report}")


def is_sentence(words: str) -> bool:
    return bool(words) and "Traceback" not in words and "程序内部出错" not in words


def files(root: Path) -> dict[str, bytes]:
    """Everything people may miss: not the scratch folder, not the logs."""
    found = (path for path in root.rglob("*") if path.is_file())
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in found
        if ".zhibi" not in path.parts
    }


def test_half_a_workbook_is_a_sentence_and_the_whole_one_is_made(bench):
    path = next((bench.root / "data").glob("*.xlsx"))
    whole = path.read_bytes()
    assert made(bench)["state"] == "完成"
    before = files(bench.root / "outputs")
    try:
        path.write_bytes(whole[: len(whole) // 2])  # it is being written
        half = made(bench)
        assert half["state"] == "没有做成"
        assert is_sentence(half["says"])
        assert path.name in half["says"]
        assert 'class="says"' in bench.get("/data/check", file=f"data/{path.name}").text
        assert files(bench.root / "outputs") == before
    finally:
        path.write_bytes(whole)
    assert made(bench)["state"] == "完成"


def test_a_workbook_open_in_excel_is_read_and_its_lock_file_is_no_workbook(bench):
    lock = bench.root / "data/~$示例县.xlsx"
    lock.write_bytes(b"\x05Li Ming" + bytes(157))
    try:
        assert "~$" not in bench.get("/data").text
        assert is_sentence(bench.get("/data/check", file="data/~$示例县.xlsx").text)
        assert made(bench)["state"] == "完成"
    finally:
        lock.unlink()


def test_a_report_that_may_not_be_replaced_is_told_and_stays(bench):
    done = made(bench)
    report = bench.root / done["folder"] / "报告.docx"
    before = report.read_bytes()
    lock = report.with_name(f"~${report.name}")  # of a name so short Word leaves nothing out
    lock.write_bytes(b"\x05Li Ming" + bytes(157))
    try:
        again = made(bench)
        assert again["state"] == "没有做成"
        assert is_sentence(again["says"])
        assert report.read_bytes() == before
    finally:
        lock.unlink()
    assert made(bench)["state"] == "完成"


def test_a_file_that_changes_while_it_is_written_is_told_once_it_is_whole(bench):
    path = next((bench.root / "data").glob("*.xlsx"))
    whole = path.read_bytes()
    address = bench.url("/events")
    with bench.session.get(
        address, params={"watch": f"data/{path.name}"}, stream=True, timeout=60
    ) as channel:
        lines = channel.iter_lines(decode_unicode=True)
        assert next(line for line in lines if line.startswith("event: ")) == "event: jobs"
        try:
            with path.open("wb") as file:
                for at in range(0, len(whole), len(whole) // 6):
                    file.write(whole[at : at + len(whole) // 6])
                    file.flush()
                    time.sleep(0.3)
        finally:
            path.write_bytes(whole)
        event = next(line for line in lines if line == "event: saved")
        assert event
        told = json.loads(next(lines).removeprefix("data: "))
        assert told == {"path": f"data/{path.name}"}
        assert path.read_bytes() == whole


def test_a_batch_goes_on_when_the_browser_is_closed_and_is_found_again(bench):
    begun = bench.post("/batch/make", report=BATCH, stage="draft").json()
    bench.session.close()  # nobody listens
    time.sleep(1)
    again = Bench(bench.address, bench.root, bench.process)
    same = again.post("/batch/make", report=BATCH, stage="draft").json()
    assert same["number"] == begun["number"]
    done = again.job(f"batch:{BATCH}")
    assert done["state"] == "完成"
    assert "没有做成0份" in again.get("/batch/standing", name=BATCH).text
    again.session.close()


def test_names_with_markup_dots_and_quotes_are_only_words(bench):
    """In the workbook too: an organisation may be called anything."""
    name = "<script>alert(1)</script>../“甲”'\"😀"
    path = bench.root / "data" / safe_name("怪名.xlsx")
    path.write_bytes(next((bench.root / "data").glob("示例县.xlsx")).read_bytes())
    book = openpyxl.load_workbook(path)
    sheet = book["党组织"]
    headers = [str(cell.value).strip("*†") for cell in sheet[1]]
    row = next(
        at
        for at in range(2, sheet.max_row + 1)
        if sheet.cell(at, headers.index("类型") + 1).value == "党支部"
    )
    sheet.cell(row, headers.index("名称") + 1).value = name
    book.save(path)
    pages = [
        bench.get("/data/check", file="data/怪名.xlsx").text,
        bench.get("/report", name=BATCH, data="data/怪名.xlsx").text,
        bench.get("/report", name=REPORT, data="data/怪名.xlsx").text,
    ]
    made_of_it = bench.post(
        "/report/make", report=REPORT, stage="draft", **{"p.workbook": "data/怪名.xlsx"}
    )
    assert made_of_it.status_code == 200
    done = bench.job(f"report:{REPORT}")
    if done["folder"]:
        pages.append(bench.get("/report/shown", folder=done["folder"]).text)
        assert (bench.root / done["folder"]).resolve().is_relative_to(bench.root / "outputs")
    else:
        assert is_sentence(done["says"])
    assert all("<script>alert" not in page for page in pages)
    path.unlink()


@pytest.fixture
def small(tmp_path):
    """A workspace of its own, in which things may go wrong."""
    root = tmp_path / "小工作区"
    subprocess.run([BIN / "zhibi", "init", root], check=True, capture_output=True, timeout=120)
    return root


@pytest.fixture
def serve(small):
    """A server there; whatever becomes of it, it has ended afterwards."""
    running: list[Bench] = []

    def begin() -> Bench:
        process, address = start(small)
        running.append(Bench(address, small, process))
        return running[-1]

    yield begin
    for each in running:
        ended(each, signal.SIGKILL)


def ended(bench: Bench, sign: signal.Signals) -> None:
    bench.process.send_signal(sign)
    bench.process.wait(30)
    bench.process.stdout.close()
    bench.session.close()


def test_a_server_killed_amid_a_report_leaves_nothing_half_written(small, serve):
    bench = serve()
    assert made(bench)["state"] == "完成"
    before = files(small)
    workbook = next((small / "data").glob("*.xlsx"))
    bench.post("/report/make", report="research_report", stage="draft")
    time.sleep(1.5)
    ended(bench, signal.SIGKILL)
    time.sleep(1)
    left = files(small)
    assert {name: left[name] for name in before} == before
    whole = {"报告.docx", "数据出处.xlsx", "run.ipynb", "run.json"}
    folders = {Path(name).parent for name in left if Path(name).name == "报告.docx"}
    for folder in folders:
        assert whole <= {Path(name).name for name in left if Path(name).parent == folder}
    assert workbook.is_file()

    again = serve()
    folder = next(str(each) for each in folders if REPORT in str(each))
    assert 'id="shown"' in again.get("/report/shown", folder=folder).text
    assert made(again, "research_report")["state"] == "完成"


def test_a_full_disk_is_a_sentence_and_the_last_report_stays(small, serve):
    """Files may be no longer than a limit: writing fails amid a file, as on a full disk."""
    bench = serve()
    done = made(bench)
    assert done["state"] == "完成"
    before = files(small / "outputs")
    limit_everything(bench.process.pid, 20_000)
    upload = bench.upload("大的.xlsx", BOOK)
    assert upload.status_code == 507
    assert is_sentence(upload.text)
    assert not (small / "data/大的.xlsx").exists()
    full = made(bench)
    assert full["state"] == "没有做成"
    assert is_sentence(full["says"]), full["says"]
    left = files(small / "outputs")
    assert {name: left.get(name) for name in before} == before
    limit_everything(bench.process.pid, resource.RLIM_INFINITY)
    assert made(bench)["state"] == "完成"


def limit_everything(pid: int, size: int) -> None:
    """The longest file that a process and all below it may write."""
    for each in (pid, *below(pid)):
        resource.prlimit(each, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def below(parent: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(words[1]) == parent:
            pid = int(status.parent.name)
            found += [pid, *below(pid)]
    return found
