"""Requests that nobody should make: each is answered with a sentence, and nothing is lost, run or handed out."""

from __future__ import annotations

import http.client
import io
import os
import signal
import time
import zipfile
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

CASES = Path(__file__).parent / "cases"
BOOK = (CASES / "青禾县-乱3.xlsx").read_bytes()


def test_without_the_token_no_page_and_no_file_is_given(bench):
    for path in ("/data", "/report", "/events", "/file?path=data/示例县.xlsx"):
        answer = requests.get(bench.url(path), timeout=30)
        assert "login" in answer.url
        assert "示例县" not in answer.text


def test_a_post_without_the_cookie_s_secret_does_nothing(bench):
    answer = bench.session.post(
        bench.url("/upload"), params={"into": "data", "name": "甲.xlsx"}, data=BOOK, timeout=30
    )

    assert answer.status_code == 403
    assert not (bench.root / "data/甲.xlsx").exists()


def test_a_request_from_another_site_is_refused(bench):
    headers = {**bench.xsrf, "Origin": "http://evil.example"}
    answer = bench.session.post(
        bench.url("/types/new"), data={"name": "甲"}, headers=headers, timeout=30
    )

    assert answer.status_code == 404
    assert not (bench.root / "notebooks/甲.ipynb").exists()


def test_a_forged_host_is_refused(bench):
    parts = urlsplit(bench.address)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=30)
    connection.request("GET", f"/zhibi/data?token={bench.token}", headers={"Host": "evil.example"})
    status = connection.getresponse().status
    connection.close()

    assert status == 403


@pytest.mark.parametrize(
    "path",
    [
        "../../etc/passwd",
        "/etc/passwd",
        "zhibi.toml",
        "notebooks/research_report.ipynb",
        "outputs/../zhibi.toml",
        "data/../../x.xlsx",
        "outputs/.zhibi/cache",
        "data/没有.xlsx",
        "data",
        "",
        "data/\x00.xlsx",
    ],
)
def test_only_workbooks_and_what_was_made_are_handed_out(bench, path):
    answer = bench.get("/file", path=path)

    assert answer.status_code == 404
    assert "没有这一页或这个文件" in answer.text


def test_a_link_that_leads_out_of_the_workspace_is_not_followed(bench, tmp_path):
    secret = tmp_path / "secret.xlsx"
    secret.write_bytes(b"PK secret")
    link = bench.root / "data/链接.xlsx"
    link.symlink_to(secret)
    try:
        assert bench.get("/file", path="data/链接.xlsx").status_code == 404
        assert "不在工作区里" in bench.get("/data/check", file="data/链接.xlsx").text
    finally:
        link.unlink()


def test_a_path_outside_is_refused_by_every_action(bench):
    for path in ("../甲.xlsx", "/etc/passwd", "outputs/.zhibi/cache"):
        assert "不在工作区里" in bench.get("/data/check", file=path).text
        assert "不在工作区里" in bench.get("/check/findings", file=path).text
        assert "不在工作区里" in bench.get("/report/shown", folder=path).text


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("甲.exe", b"MZ", "不是这里能用的文件"),
        ("甲.doc", b"\xd0\xcf\x11\xe0", "另存为 .docx"),
        ("甲.xlsx", b"", "是空的"),
        ("甲.xlsx", b"\xd0\xcf\x11\xe0" + b"0" * 100, "加了密码或其实是旧版格式"),
        ("甲.xlsx", b"<html>", "内容不是 Office 文件"),
    ],
)
def test_a_file_of_another_kind_is_not_taken_in(bench, name, content, says):
    before = sorted((bench.root / "data").iterdir())
    answer = bench.upload(name, content)

    assert answer.status_code in (400, 415)
    assert says in answer.text
    assert sorted((bench.root / "data").iterdir()) == before


def test_two_hundred_megabytes_are_refused_before_they_are_sent(bench):
    parts = urlsplit(bench.address)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=30)
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in bench.session.cookies)
    connection.putrequest("POST", "/zhibi/upload?into=data&name=big.xlsx")
    for key, value in {**bench.xsrf, "Cookie": cookies, "Content-Length": str(200 << 20)}.items():
        connection.putheader(key, value)
    connection.endheaders()
    answer = connection.getresponse()
    words = answer.read().decode()
    connection.close()

    assert answer.status == 413
    assert "超过50MB" in words
    assert not (bench.root / "data/big.xlsx").exists()


def test_two_hundred_megabytes_that_are_sent_are_refused_in_words_and_kept_nowhere(bench):
    before, piece = resident_mib(bench.process.pid), bytes(1 << 20)
    lengths = {"Content-Length": str(200 << 20)}, {}  # told before, and not told
    for headers in lengths:
        answer = bench.upload("big.xlsx", (piece for _ in range(200)), **headers)
        assert answer.status_code == 413
        assert "超过50MB" in answer.text
    assert resident_mib(bench.process.pid) - before < 60
    assert not (bench.root / "data/big.xlsx").exists()
    assert list((bench.root / "outputs/.zhibi/web").glob("收*")) == []
    assert bench.get("/data").status_code == 200  # over the same connection


def test_who_is_refused_amid_sending_hears_why_and_goes_on_over_the_same_connection(bench):
    address = bench.url("/upload")
    for _ in range(20):
        refused = bench.session.post(
            address, params={"into": "data", "name": "甲.xlsx"}, data=BOOK * 20, timeout=30
        )
        assert refused.status_code == 403
        assert "身份核对" in refused.text
        assert bench.get("/data").status_code == 200


def resident_mib(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text("utf-8")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def test_a_zip_bomb_is_a_sentence(bench):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/worksheets/sheet1.xml", b"0" * (300 << 20))
        file.writestr("[Content_Types].xml", "<Types/>")
    taken = bench.upload("炸弹.xlsx", packed.getvalue())
    assert taken.status_code == 200
    try:
        answer = bench.get("/data/check", file=taken.json()["path"])
        assert 'class="says"' in answer.text
        assert "Traceback" not in answer.text
        assert "程序内部出错" not in answer.text
    finally:
        (bench.root / taken.json()["path"]).unlink()


@pytest.mark.parametrize(
    "name",
    [
        "../../外面.xlsx",
        "<script>alert(1)</script>.xlsx",
        "“引号”'\".xlsx",
        "表情😀.xlsx",
        "a\\b\\c.xlsx",
        "con.xlsx",
    ],
)
def test_a_name_is_only_a_name(bench, name):
    before = set((bench.root / "data").iterdir())
    taken = bench.upload(name, BOOK)
    assert taken.status_code == 200
    path = bench.root / taken.json()["path"]
    try:
        assert path.parent == bench.root / "data"
        assert set((bench.root / "data").iterdir()) - before == {path}
        page = bench.get("/data", file=taken.json()["path"]).text
        assert "<script>alert" not in page
        assert "<script>alert" not in bench.get("/data/check", file=taken.json()["path"]).text
    finally:
        path.unlink()


def test_a_name_in_the_address_is_shown_as_words(bench):
    page = bench.get("/data", file="<script>alert(1)</script>").text

    assert "<script>alert" not in page


def test_a_file_of_the_same_name_stays_and_the_new_one_is_numbered(bench):
    first = bench.upload("同名.xlsx", BOOK).json()["path"]
    again = bench.upload("同名.xlsx", BOOK).json()["path"]
    other = bench.upload("同名.xlsx", (CASES / "青禾县.xlsx").read_bytes()).json()["path"]

    assert first == again == "data/同名.xlsx"
    assert other == "data/同名（2）.xlsx"
    assert (bench.root / first).read_bytes() == BOOK


def test_an_upload_broken_off_leaves_nothing(bench):
    parts = urlsplit(bench.address)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=30)
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in bench.session.cookies)
    connection.putrequest("POST", "/zhibi/upload?into=data&name=half.xlsx")
    for key, value in {**bench.xsrf, "Cookie": cookies, "Content-Length": "100000"}.items():
        connection.putheader(key, value)
    connection.endheaders()
    connection.send(b"PK" + b"0" * 1000)
    time.sleep(0.5)
    connection.close()
    time.sleep(0.5)

    assert not (bench.root / "data/half.xlsx").exists()
    assert list((bench.root / "outputs/.zhibi/web").glob("收*")) == []


def test_every_answer_forbids_scripts_frames_and_other_sites(bench):
    headers = bench.get("/data").headers

    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_files_are_downloads_and_never_pages(bench):
    answer = bench.get("/file", path="data/示例县.xlsx")

    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.content == (bench.root / "data/示例县.xlsx").read_bytes()


def test_a_report_asked_for_by_two_tabs_is_made_once(bench):
    first = bench.post("/report/make", report="annual_rollup", stage="draft").json()
    second = bench.post("/report/make", report="annual_rollup", stage="draft").json()

    assert first["number"] == second["number"]
    assert bench.job("report:annual_rollup")["state"] == "完成"


def test_a_notebook_that_loops_can_be_stopped_and_the_next_report_is_made(bench):
    (bench.root / "notebooks/死循环.ipynb").write_text(
        '{"cells":[{"cell_type":"code","id":"a","metadata":{},"source":"while True: pass","outputs":[],'
        '"execution_count":null}],"metadata":{},"nbformat":4,"nbformat_minor":5}',
        "utf-8",
    )
    try:
        bench.post("/report/make", report="死循环", stage="draft")
        time.sleep(3)
        bench.post("/stop", key="report:死循环")

        stopped = bench.job("report:死循环")
        assert stopped["state"] == "已停止"
        bench.post("/report/make", report="annual_rollup", stage="draft")
        assert bench.job("report:annual_rollup")["state"] == "完成"
    finally:
        (bench.root / "notebooks/死循环.ipynb").unlink()


def test_an_unknown_report_is_a_sentence(bench):
    answer = bench.get("/report", name="<b>没有</b>")

    assert answer.status_code == 200
    assert "<b>没有" not in answer.text
    assert "没有名为" in answer.text


def test_an_unknown_page_is_a_sentence(bench):
    answer = bench.get("/没有这一页")

    assert answer.status_code == 404


def test_a_process_killed_from_outside_is_replaced(bench):
    assert bench.get("/data/check", file="data/示例县.xlsx").status_code == 200
    for each in children(bench.process.pid):
        os.kill(each, signal.SIGKILL)
    time.sleep(0.5)

    again = bench.get("/data/check", file="data/示例县.xlsx").text
    assert (
        "没有错误" in bench.get("/data/check", file="data/示例县.xlsx").text or "意外结束" in again
    )


def children(parent: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(words[1]) == parent:
            found.append(int(status.parent.name))
    return found
