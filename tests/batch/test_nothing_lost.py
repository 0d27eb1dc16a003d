"""What people changed is kept beside; what belongs to another county is left alone; what was damaged heals."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import openpyxl
import pytest
from small_county import CODES, SETTLED, batch, documents, finish, start, until, workspace

from prompt import typed

pytestmark = pytest.mark.kernel
HERE = "outputs/总结/2026/小县"


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> Path:
    """A workspace in which a batch of two was made."""
    place = workspace(tmp_path_factory.mktemp("全") / "工作区")
    assert batch(place, "--only", "B001,B002")[0] == 0
    return place


@pytest.fixture
def place(whole, tmp_path) -> Path:
    """A copy of it, to be spoiled; times of files stay as they are."""
    copy = tmp_path / "工作区"
    shutil.copytree(whole, copy)
    for path in (copy / "outputs/.zhibi/batches").iterdir():
        path.unlink()  # its paths are those of the original
    return copy


def run(place: Path, *words: str) -> tuple[int, dict]:
    done = typed("zhibi", "run", "总结", "--json", *words, cwd=place)
    return done.returncode, json.loads(done.stdout)


def two(place: Path, *words: str) -> tuple[int, dict]:
    return batch(place, "--only", "B001,B002", *words)


def another_county(place: Path, name: str = "青禾县") -> Path:
    """The same county under another name."""
    book = openpyxl.load_workbook(place / "data/县.xlsx")
    for row in book["设置"].iter_rows(min_row=2):
        if row[0].value == "地区":
            row[1].value = name
    book.save(place / "data/另一县.xlsx")
    return Path("data/另一县.xlsx")


# what people changed


@pytest.mark.parametrize("name", ["报告.docx", "数据出处.xlsx"])
def test_a_run_keeps_what_people_changed_and_says_so(place, name):
    path = place / HERE / "B001" / name
    path.write_bytes(b"PK by hand")
    done = typed("zhibi", "run", "总结", cwd=place)
    copy = path.with_name(f"{path.stem}-改动稿-1{path.suffix}")

    assert done.returncode == 0
    assert copy.read_bytes() == b"PK by hand"
    assert path.read_bytes() != b"PK by hand"
    assert f"原来的{name}被人改过" in done.stdout
    assert copy.name in done.stdout


def test_every_text_that_was_changed_is_kept_and_none_twice(place):
    path = place / HERE / "B001/报告.docx"
    for text in (b"PK one", b"PK two", b"PK two"):
        path.write_bytes(text)
        code, said = run(place)
        assert (code, len(said["edits_kept"])) == (0, 1)

    copies = sorted(each.read_bytes() for each in path.parent.glob("*改动稿*.docx"))
    assert copies == [b"PK one", b"PK two"]


def test_what_nobody_changed_is_replaced_without_a_word(place):
    code, said = run(place)

    assert (code, said["edits_kept"]) == (0, [])
    assert list((place / HERE / "B001").glob("*改动稿*")) == []


@pytest.mark.parametrize("record", [None, b"", b"[]", b'{"files": 7}', b"[" * 100_000])
def test_a_document_of_which_nothing_is_known_is_kept_too(place, record):
    folder = place / HERE / "B001"
    (folder / "报告.docx").write_bytes(b"PK somebody's")
    (folder / "run.json").unlink()
    if record is not None:
        (folder / "run.json").write_bytes(record)
    code, _ = run(place)

    assert code == 0
    assert (folder / "报告-改动稿-1.docx").read_bytes() == b"PK somebody's"


def test_a_batch_keeps_it_by_the_same_rule_even_without_a_ledger(place):
    folder = place / HERE / "B002"
    (folder / "报告.docx").write_bytes(b"PK by hand")
    (place / HERE / "账本.jsonl").unlink()
    code, said = two(place)

    assert (code, [Path(each).name for each in said["edits_kept"]]) == (0, ["报告-改动稿-1.docx"])
    assert (folder / "报告-改动稿-1.docx").read_bytes() == b"PK by hand"


def test_what_a_run_made_again_counts_as_changed_for_no_batch(place):
    assert run(place)[0] == 0
    code, said = two(place)

    assert (code, said["edits_kept"]) == (0, [])


# two counties


def test_two_counties_never_share_a_folder(place):
    before = {path: path.read_bytes() for path in (place / HERE).rglob("*") if path.is_file()}
    book = another_county(place)
    code, said = two(place, "--data", str(book))
    ran, report = run(place, "--data", str(book))

    assert (code, ran, said["made"]) == (0, 0, ["B001", "B002"])
    assert said["folder"].endswith("outputs/总结/2026/青禾县")
    assert report["folder"].endswith("outputs/总结/2026/青禾县/B001")
    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.parametrize("command", [run, two])
def test_a_folder_of_another_county_is_refused_with_a_sentence(place, command):
    book = another_county(place)
    out = HERE if command is two else f"{HERE}/B001"
    before = (place / HERE / "B001/报告.docx").read_bytes()
    code, said = command(place, "--data", str(book), "--out", out)

    assert code == 2
    assert f"这个文件夹里是“{SETTLED['地区']}”的报告" in said["error"]["message"]
    assert (place / HERE / "B001/报告.docx").read_bytes() == before


# damage

LINE = '{"org":"B001","state":"完成","at":"","attempts":%s,"key":%s,"files":%s,"findings":%s}\n'


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'[]\n7\nnull\n"B001"\n',
        b"\xff\xfe\x00\x01",
        (LINE % ("1", "[]", "[]", "[]")).encode(),
        (LINE % ("1e999", "{}", "{}", "{}")).encode(),
        (LINE % ("1", "{}", '{"报告.docx": 7}', '["x"]')).encode(),
        b'{"org":["B001"],"state":"\xe5\xbc\x80\xe5\xa7\x8b"}\n',
        b'{"owner":null}\n',
        b'{"owner":{"a":1}}\n',
    ],
)
def test_a_damaged_ledger_is_made_up_for(place, content):
    (place / HERE / "账本.jsonl").write_bytes(content)
    code, said = two(place)
    again, after = two(place)

    assert (code, said["made"]) == (0, ["B001", "B002"])
    assert (again, after["made"]) == (0, [])


@pytest.mark.parametrize("name", ["账本.jsonl", "汇总.xlsx", "2026年度工作总结.zip"])
def test_what_was_removed_is_made_again(place, name):
    assert two(place)[0] == 0
    (place / HERE / name).unlink()
    code, _ = two(place)

    assert code == 0
    assert (place / HERE / name).is_file()


@pytest.mark.parametrize("name", [".批次锁", "账本.jsonl", "汇总.xlsx", "2026年度工作总结.zip"])
def test_a_folder_in_the_place_of_a_file_is_told(place, name):
    path = place / HERE / name
    path.unlink(missing_ok=True)
    path.mkdir()
    code, said = two(place)

    assert code == 2
    assert "这里有一个同名的文件夹" in said["error"]["message"]
    assert name in said["error"]["message"]


@pytest.mark.parametrize("content", [b"[" * 100_000, b"7", b"{}", b'{"inputs":[]}', b"\xff"])
def test_a_damaged_note_of_the_last_batch_is_no_matter(place, content):
    assert two(place)[0] == 0
    for path in (place / "outputs/.zhibi/batches").iterdir():
        path.write_bytes(content)
    code, said = two(place)

    assert (code, said["made"]) == (0, [])


def test_what_a_dead_process_left_is_swept_though_nothing_is_to_be_done(place):
    assert two(place)[0] == 0
    (place / HERE / ".zhibi-abcd1234").mkdir()
    (place / HERE / ".zhibi-abcd1234/报告.docx").write_bytes(b"half")
    assert two(place)[0] == 0

    assert list((place / HERE).glob(".zhibi-*")) == []


@pytest.mark.skipif(sys.platform != "linux", reason="file names are text elsewhere")
def test_a_workspace_whose_name_is_no_text_is_like_any_other(place, tmp_path):
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe"))
    place.rename(odd)
    for command in ("run", "batch", "batch"):
        done = typed("zhibi", command, "总结", "-p", "branch=B001", cwd=odd)
        assert done.returncode == 0, done.stdout + done.stderr


def test_a_scratch_folder_removed_amid_a_batch_costs_no_document(tmp_path):
    place = workspace(tmp_path / "工作区", mischief=dict.fromkeys(CODES, "time.sleep(1)"))
    running = start(place)
    until((place / HERE / "B001/报告.docx").is_file)
    shutil.rmtree(place / "outputs/.zhibi", ignore_errors=True)
    code, said = finish(running)
    again, after = batch(place)

    assert code in {0, 1, 2}
    assert "程序内部出错" not in json.dumps(said, ensure_ascii=False)
    assert (again, after["failed"]) == (0, [])
    assert sorted(documents(place / HERE)) == list(CODES)
