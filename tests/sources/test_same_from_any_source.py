"""One workbook, branch workbooks, CSV or a database: the same content is the same document, to the byte."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from server import PASSWORD
from workbooks import write_folder

from dangjian.workbook.contract import CONTRACT
from gongwen.errors import InvalidInput
from zhibi.data.read import open_dataset
from zhibi.data.sources import postgres
from zhibi.engines import Zhibi
from zhibi.engines.fork import client as fork_client
from zhibi.report import pipeline
from zhibi.workspace import workspace
from zhibi.workspace.address import address

pytestmark = pytest.mark.kernel


REPORTS = {"research_report": (), "annual_review": ("branch=B002",), "annual_rollup": ()}


@pytest.fixture(scope="module")
def root(tmp_path_factory) -> Path:
    place = tmp_path_factory.mktemp("工作区")
    top = workspace.shipped("dangjian")
    shipped = {
        "notebooks": [top / f"notebooks/{name}.ipynb" for name in REPORTS],
        "params": [],
        "templates": [],
    }
    workspace.init(place, workspace.Settings(domain="dangjian"), shipped)
    return place


def job(
    root: Path, data: Path | str, out: str, report: str = "research_report"
) -> pipeline.Request:
    when = datetime(2026, 12, 8, tzinfo=UTC)
    options = ("issued_on=2026-12-08", *REPORTS[report])
    return pipeline.Request(report, root, when, options, data=data, out=root / out)


def documents(root: Path, data: Path | str, out: str) -> dict[str, bytes]:
    """The document of every report made from such data, by the report's name."""
    made = {
        name: pipeline.run(job(root, data, f"{out}/{name}", name), engine=Zhibi()).folder
        for name in REPORTS
    }
    return {name: (folder / "报告.docx").read_bytes() for name, folder in made.items()}


@pytest.fixture(scope="module")
def expected(root, single) -> dict[str, bytes]:
    return documents(root, single, "one")


def differing(made: dict[str, bytes], expected: dict[str, bytes]) -> list[str]:
    return [name for name in REPORTS if made[name] != expected[name]]


def files_named(folder: Path) -> set[str]:
    sheet = openpyxl.load_workbook(folder / "数据出处.xlsx")["数据出处"]
    head, *rows = sheet.iter_rows(values_only=True)
    return {name for row in rows for name in str(row[head.index("文件")]).split("；")}


def test_branch_workbooks(root, folder, expected):
    assert differing(documents(root, folder, "folder"), expected) == []
    assert any("B002.xlsx" in name for name in files_named(root / "folder/research_report"))


def test_csv(root, tmp_path, expected):
    assert (
        differing(documents(root, write_folder(tmp_path / "表", "utf-8-sig"), "csv"), expected)
        == []
    )


def test_a_database_and_its_password_is_written_nowhere(root, single, server, secret, expected):
    url = server.url("postgres")
    postgres.load(open_dataset(single, CONTRACT), address(url), replace=True)
    fork_client.close_all()  # a helper that waits has the environment it was started with, without the password

    assert differing(documents(root, url, "database"), expected) == []
    folder = root / "database/research_report"
    assert "postgresql:///postgres" in files_named(folder)
    record = json.loads((folder / "run.json").read_text("utf-8"))
    assert record["inputs"]["data"]["path"] == "postgresql:///postgres"
    assert len(record["inputs"]["data"]["sha256"]) == len(hashlib.sha256().hexdigest())
    assert all(
        PASSWORD.encode() not in path.read_bytes() for path in (root / "database").glob("*/*")
    )


def test_a_password_among_the_parameters_is_refused_before_it_is_written(root):
    with pytest.raises(InvalidInput) as caught:
        pipeline.run(job(root, "postgresql://u:topsecret@localhost/x", "refused"))

    assert "topsecret" not in str(caught.value)
    assert "C07" in str(caught.value)
    assert not (root / "refused").exists()
