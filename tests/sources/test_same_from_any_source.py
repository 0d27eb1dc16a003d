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

from dangjian.workbook import CONTRACT
from zhibi import pipeline, workspace
from zhibi.address import address
from zhibi.engines import Zhibi
from zhibi.errors import InvalidInput
from zhibi.tables import open_dataset, postgres

pytestmark = pytest.mark.kernel


@pytest.fixture(scope="module")
def root(tmp_path_factory) -> Path:
    place = tmp_path_factory.mktemp("工作区")
    top = workspace.shipped("dangjian")
    shipped = {"notebooks": [top / "notebooks/research_report.ipynb"], "params": [], "templates": []}
    workspace.init(place, workspace.Settings(domain="dangjian"), shipped)
    return place


def job(root: Path, data: Path | str, out: str, *options: str) -> pipeline.Job:
    when = datetime(2026, 12, 8, tzinfo=UTC)
    options = ("issued_on=2026-12-08", *options)
    return pipeline.Job("research_report", root, when, options, data=data, out=root / out)


@pytest.fixture(scope="module")
def expected(root, single) -> bytes:
    return (pipeline.run(job(root, single, "one"), engine=Zhibi()).folder / "报告.docx").read_bytes()


def files_named(folder: Path) -> set[str]:
    sheet = openpyxl.load_workbook(folder / "数据出处.xlsx")["数据出处"]
    head, *rows = sheet.iter_rows(values_only=True)
    return {name for row in rows for name in str(row[head.index("文件")]).split("；")}


def test_branch_workbooks(root, folder, expected):
    outcome = pipeline.run(job(root, folder, "folder"), engine=Zhibi())

    assert (outcome.folder / "报告.docx").read_bytes() == expected
    assert any("B002.xlsx" in name for name in files_named(outcome.folder))


def test_csv(root, tmp_path, expected):
    outcome = pipeline.run(job(root, write_folder(tmp_path / "表", "utf-8-sig"), "csv"), engine=Zhibi())

    assert (outcome.folder / "报告.docx").read_bytes() == expected


def test_a_database_and_its_password_is_written_nowhere(root, single, server, secret, expected):
    url = server.url("postgres")
    postgres.load(open_dataset(single, CONTRACT), address(url), replace=True)
    outcome = pipeline.run(job(root, url, "database"))

    assert (outcome.folder / "报告.docx").read_bytes() == expected
    assert "postgresql:///postgres" in files_named(outcome.folder)
    record = json.loads((outcome.folder / "run.json").read_text("utf-8"))
    assert record["inputs"]["data"]["path"] == "postgresql:///postgres"
    assert len(record["inputs"]["data"]["sha256"]) == len(hashlib.sha256().hexdigest())
    assert all(PASSWORD.encode() not in path.read_bytes() for path in outcome.folder.iterdir())


def test_a_password_among_the_parameters_is_refused_before_it_is_written(root):
    with pytest.raises(InvalidInput) as caught:
        pipeline.run(job(root, "postgresql://u:topsecret@localhost/x", "refused"))

    assert "topsecret" not in str(caught.value)
    assert "C07" in str(caught.value)
    assert not (root / "refused").exists()
