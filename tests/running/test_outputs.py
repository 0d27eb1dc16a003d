"""Files appear whole or not at all, under names that every system can hold."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given as law
from hypothesis import strategies as st

from gongwen import atomic_files
from gongwen.atomic_files import file_set, staging
from gongwen.errors import OutputBlocked
from zhibi.report import outputs

ROOT = os.name == "posix" and os.geteuid() == 0
OLD = {outputs.REPORT: b"old report", outputs.PROVENANCE: b"old rows"}
NEW = {outputs.REPORT: b"new report", outputs.PROVENANCE: b"new rows"}


def files(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.fixture
def one_by_one(monkeypatch):
    """A system that cannot exchange two folders."""
    monkeypatch.setattr(file_set, "possible", lambda: False)


def blocked(call, message):
    with pytest.raises(OutputBlocked) as caught:
        call()
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("2026年度", "2026年度"), ("../../x", "_.._x"), ("..", "_"), ("", "_"), ("a/b\\c:d", "a_b_c_d"),
        ("CON", "_CON"),        ("con.txt", "_con.txt"), ("lpt1", "_lpt1"), ("控\x00制\n符\u202e", "控_制_符_"),
        ("尾. ", "尾"), (".hidden", "hidden"),
        ("常规", "常规"), ("console", "console"),
    ],
)  # fmt: skip
def test_names_are_safe(name, safe):
    assert atomic_files.safe_name(name) == safe


@law(st.text())
def test_any_name_is_one_short_level(name):
    folder = atomic_files.folder(Path("/out"), name)

    assert folder.parent == Path("/out")
    assert folder.name not in {"", ".", ".."}
    assert len(folder.name.encode()) <= 130


def test_files_take_the_place_of_the_old_ones(tmp_path):
    atomic_files.save(tmp_path / "a" / "b", OLD)

    assert atomic_files.save(tmp_path / "a" / "b", NEW) == (
        tmp_path / "a" / "b" / outputs.REPORT,
        tmp_path / "a" / "b" / outputs.PROVENANCE,
    )
    assert files(tmp_path / "a" / "b") == NEW


@pytest.mark.parametrize("lock", ["~$报告.docx", ".~lock.报告.docx#", "~$数据出处.xlsx"])
def test_a_file_open_in_word_is_left_alone(tmp_path, lock):
    atomic_files.save(tmp_path, OLD)
    (tmp_path / lock).write_bytes(b"")

    blocked(lambda: outputs.ready(tmp_path), "正在 Word、WPS 或 Excel 中打开")
    blocked(lambda: atomic_files.save(tmp_path, NEW), lock)
    assert files(tmp_path) == {**OLD, lock: b""}


def test_when_a_later_file_cannot_be_replaced_the_earlier_are_put_back(
    tmp_path, monkeypatch, one_by_one
):
    atomic_files.save(tmp_path, OLD)
    true_replace = Path.replace

    def open_elsewhere(source, target):
        if Path(target).name == outputs.PROVENANCE:
            raise PermissionError(errno.EACCES, "in use")
        return true_replace(source, target)

    monkeypatch.setattr(Path, "replace", open_elsewhere)

    blocked(lambda: atomic_files.save(tmp_path, NEW), "没有写入权限，或文件正被打开")
    assert files(tmp_path) == OLD


def test_a_full_disk_changes_nothing(tmp_path, monkeypatch):
    atomic_files.save(tmp_path, OLD)
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(errno.ENOSPC, "full")))

    blocked(lambda: atomic_files.save(tmp_path, NEW), "磁盘空间不足")
    assert files(tmp_path) == OLD


def test_a_new_folder_that_fails_holds_nothing(tmp_path, monkeypatch, one_by_one):
    monkeypatch.setattr(
        Path, "replace", lambda *_: (_ for _ in ()).throw(OSError(errno.EROFS, "read-only"))
    )

    blocked(lambda: atomic_files.save(tmp_path / "new", NEW), "磁盘是只读的")
    assert files(tmp_path / "new") == {}


def test_a_file_where_the_folder_should_be_says_so(tmp_path):
    (tmp_path / "file").write_text("x")

    blocked(lambda: outputs.ready(tmp_path / "file"), "同名的文件")
    blocked(lambda: outputs.ready(tmp_path / "file" / "below"), "同名的文件")


def test_a_folder_where_the_file_should_be_says_so(tmp_path):
    (tmp_path / outputs.REPORT).mkdir()

    blocked(lambda: outputs.ready(tmp_path), "同名的文件夹")


@pytest.mark.skipif(ROOT or os.name != "posix", reason="root may write anywhere")
def test_a_folder_without_permission_says_so(tmp_path):
    tmp_path.chmod(0o500)

    blocked(lambda: outputs.ready(tmp_path), "没有写入权限")


def test_a_path_too_long_says_so(tmp_path):
    blocked(lambda: outputs.ready(tmp_path.joinpath(*["长" * 60] * 40)), "路径太长")


def test_readiness_leaves_no_trace(tmp_path):
    outputs.ready(tmp_path / "new")

    assert files(tmp_path / "new") == {}


DYING = """
import os, sys
from pathlib import Path
from gongwen import atomic_files
from gongwen.atomic_files import file_set, one_by_one
from zhibi.report import outputs
file_set.possible = lambda: False
place, at = Path(sys.argv[1]), int(sys.argv[2])
true_write, true_replace, steps = one_by_one._write, Path.replace, iter(range(99))
def mortal(act):
    return lambda *given: os._exit(9) if next(steps) == at else act(*given)
one_by_one._write, Path.replace = mortal(true_write), mortal(true_replace)
atomic_files.save(place, {outputs.REPORT: b"new report", outputs.PROVENANCE: b"new rows"})
"""


def killed_while_saving(folder: Path, step: int) -> None:
    """Save, and die before a step: two files and a list are written, then the list and both take their places."""
    done = subprocess.run([sys.executable, "-c", DYING, folder, str(step)], check=False)
    assert done.returncode == 9
    assert len(list(folder.glob(".zhibi-*"))) == 1


@pytest.mark.parametrize("before", [{}, OLD])
@pytest.mark.parametrize(("step", "after"), [(0, None), (2, None), (3, None), (4, NEW), (5, NEW)])
def test_a_save_that_was_killed_ends_as_all_or_nothing(tmp_path, step, after, before):
    tmp_path.joinpath("B001").mkdir()
    atomic_files.save(tmp_path / "B001", before)
    killed_while_saving(tmp_path / "B001", step)
    atomic_files.sweep(tmp_path / "B001")

    assert files(tmp_path / "B001") == (after or before)


def test_files_of_hers_stay_and_those_of_an_older_set_go(tmp_path):
    hers = {"备忘.txt": b"hers", "报告-改动稿-1.docx": b"by hand"}
    atomic_files.save(tmp_path / "B001", {**OLD, **hers, outputs.BROKEN: b"older"})
    atomic_files.save(tmp_path / "B001", NEW, without=(outputs.BROKEN,))

    assert files(tmp_path / "B001") == {**NEW, **hers}


def test_what_another_process_is_writing_is_not_swept_away(tmp_path):
    atomic_files.save(tmp_path / "B001", OLD)
    with staging.beside(tmp_path / "B001") as ours, staging.inside(tmp_path / "B001") as too:
        atomic_files.sweep(tmp_path / "B001")
        assert (ours.is_dir(), too.is_dir()) == (True, True)
    assert [path.name for path in tmp_path.iterdir()] == ["B001"]


def test_a_folder_that_somebody_stands_in_or_keeps_folders_in_stays_the_same_folder(
    tmp_path, monkeypatch
):
    (tmp_path / "own/below").mkdir(parents=True)
    number = (tmp_path / "own").stat().st_ino
    atomic_files.save(tmp_path / "own", NEW)
    monkeypatch.chdir(tmp_path)
    atomic_files.save(tmp_path, OLD)

    assert (tmp_path / "own").stat().st_ino == number
    assert files(tmp_path / "own") == NEW


def test_a_killed_save_does_not_undo_a_later_one(tmp_path):
    killed_while_saving(tmp_path, 5)
    later = {outputs.REPORT: b"later report", outputs.PROVENANCE: b"later rows"}
    atomic_files.save(tmp_path, later)
    atomic_files.sweep(tmp_path)

    assert files(tmp_path) == later


def test_a_killed_save_waits_for_a_file_that_is_open_elsewhere(tmp_path, monkeypatch):
    killed_while_saving(tmp_path, 5)
    with monkeypatch.context() as patch:
        patch.setattr(
            Path,
            "replace",
            lambda *_: (_ for _ in ()).throw(PermissionError(errno.EACCES, "in use")),
        )
        atomic_files.sweep(tmp_path)
    atomic_files.sweep(tmp_path)

    assert files(tmp_path) == NEW


def in_use_for(times, true_replace=Path.replace):
    """A replace that is refused so often, as on Windows where somebody looks at the file."""
    left = iter(range(times))

    def replace(source, target):
        if next(left, None) is not None:
            raise PermissionError(errno.EACCES, "in use")
        return true_replace(source, target)

    return replace


@pytest.mark.parametrize(("times", "content"), [(2, b"new"), (3, b"old")])
def test_a_file_in_use_is_tried_again_and_else_left_alone(tmp_path, monkeypatch, times, content):
    path = tmp_path / "a.docx"
    path.write_bytes(b"old")
    writing = import_module("gongwen.atomic_files.blocked")
    monkeypatch.setattr(writing, "WAITS", True)
    monkeypatch.setattr(writing, "_PATIENCE_S", (0.001, 0.001))
    monkeypatch.setattr(Path, "replace", in_use_for(times))
    if content == b"old":
        blocked(lambda: atomic_files.save(tmp_path, {path.name: b"new"}), "文件正被打开")
    else:
        atomic_files.save(tmp_path, {path.name: b"new"})

    assert files(tmp_path) == {path.name: content}
