"""A word planted in every cell of text of every branch comes out with that branch and with no other.

The real review of the real example here; every sheet, engine and way on a small county in test_canaries.py.
"""

from __future__ import annotations

import html
import io
import json
import re
import shutil
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

from dangjian.workbook.sheets import SHEETS
from prompt import typed
from zhibi.data.contract import Kind

pytestmark = [
    pytest.mark.kernel,
    pytest.mark.skipif(sys.platform != "linux", reason="one system is enough"),
]
EXAMPLE = Path(__file__).resolve().parents[2]
CANARY = re.compile(r"探([BM]\d+)针")
OWNERS = {"党组织": "党组织代码", "党员": "所属党组织", "组织生活台账": "党组织代码", "发展党员": "党组织代码",
          "考核得分": "党组织代码", "三单台账": "责任组织", "案例品牌": "党组织代码", "荣誉": "党组织代码"}  # fmt: skip
ASKED = ("B012", "B013", "B020")  # the first two of one unit


@pytest.fixture(scope="module")
def planted(tmp_path_factory) -> Path:
    """The example county with 探B012针 in every cell of free text of B012, and so for all branches."""
    place = tmp_path_factory.mktemp("探") / "工作区"
    for folder in ("notebooks", "params", "data"):
        shutil.copytree(
            EXAMPLE / folder,
            place / folder,
            ignore=shutil.ignore_patterns("*.py", "__pycache__", "county"),
        )
    shutil.copy(EXAMPLE / "zhibi.toml", place)
    book = openpyxl.load_workbook(place / "data/示例县.xlsx")
    branches = {
        row[0].value for row in book["党组织"].iter_rows(min_row=2) if "支部" in str(row[3].value)
    }
    cells = sum(
        _plant(book[sheet.title], sheet, branches) for sheet in SHEETS if sheet.title in OWNERS
    )
    assert cells > 4000
    book.save(place / "data/示例县.xlsx")
    return place


def _plant(sheet, contract, branches: set) -> int:
    free = [
        n
        for n, column in enumerate(contract.columns)
        if column.kind is Kind.TEXT and not column.refers
    ]
    owner = next(
        n for n, column in enumerate(contract.columns) if column.header == OWNERS[contract.title]
    )
    planted = 0
    for row in sheet.iter_rows(min_row=2):
        if row[owner].value in branches:
            for number in free:
                if row[number].value in (
                    "是",
                    "否",
                ):  # the answer of a veto, and no free text (V35)
                    continue
                row[number].value = f"{row[number].value or ''}探{row[owner].value}针"
                planted += 1
    return planted


def canaries(folder: Path) -> dict[str, set[str]]:
    """The branches that can be found in each file of a folder, however it is packed."""
    return {
        path.name: _in(path.name, path.read_bytes())
        for path in sorted(folder.iterdir())
        if path.is_file()
    }


def _in(name: str, content: bytes) -> set[str]:
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            found = [_in(part, package.read(part)) for part in package.namelist()]
        text = html.unescape(
            re.sub(r"<[^>]*>", "", b"".join(_parts(content)).decode("utf-8", "ignore"))
        )
        return set().union(*found, CANARY.findall(text))
    text = content.decode("utf-8", "ignore")
    if name.endswith((".json", ".ipynb")):
        text = json.dumps(json.loads(text), ensure_ascii=False)
    return set(CANARY.findall(text))


def _parts(content: bytes) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return [package.read(name) for name in package.namelist() if name.endswith(".xml")]


def test_what_is_in_a_branchs_rows_is_in_its_own_files_only(planted):
    out = planted / "outputs/made"
    done = typed(
        "zhibi",
        "batch",
        "annual_review",
        "--only",
        ",".join(ASKED),
        "--out",
        out,
        "--json",
        cwd=planted,
    )
    assert json.loads(done.stdout)["made"] == list(ASKED), done.stdout[-3000:]

    for code in ASKED:
        found = canaries(out / code)
        assert set(found) == {"报告.docx", "数据出处.xlsx", "run.ipynb", "run.json"}
        assert all(branches <= {code} for branches in found.values()), (code, found)
        assert [
            name for name in ("报告.docx", "run.ipynb", "数据出处.xlsx") if found[name] != {code}
        ] == []


def test_a_notebook_that_looks_at_others_is_refused(planted):
    peeks = {
        "B012": "from dangjian import open_county; open_county(workbook)",
        "B013": "from dangjian import open_branch; open_branch(workbook, 'B012')",
        "B020": "import os; os.chdir('/'); from zhibi.data.read import read; read('x.xlsx', None)",
    }
    path = planted / "notebooks/annual_review.ipynb"
    notebook = json.loads(path.read_text("utf-8"))
    notebook["cells"][2]["source"] = [f"exec({peeks!r}[branch])"]
    (planted / "notebooks/peek.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    done = typed("zhibi", "batch", "peek", "--only", ",".join(ASKED), "--json", cwd=planted)
    failed = json.loads(done.stdout)["failed"]

    assert {
        each["org"]: "自己的数据，不能打开" in each["message"] for each in failed
    } == dict.fromkeys(ASKED, True), failed
