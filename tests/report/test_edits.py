"""A colleague who knows no template language changes a notebook by replacing text; only those sentences differ."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import docx
import pytest
from clerk import command

pytestmark = pytest.mark.kernel

# report -> what is replaced by what: a sentence reworded, one removed, one added that uses an existing figure
EDITS = {
    "research_report": [
        ("各项数据截至【截至】。", "所有数据的截止日期为【截至】。"),
        ("流出党员【流出】，失联党员【失联】。", ""),
        ("队伍结构见【表：党员】", "其中正式党员有【正式】要带头学习。队伍结构见【表：党员】"),
    ],
    "annual_review": [
        ("，最终以年度评定结果为准〗。〗", "，以年度评定的结果为准〗。〗"),
        ("〖党员参加志愿服务累计【志愿】。〗", ""),
        (
            "〖年内支部【发展】。〗",
            "〖年内支部【发展】。〗支部现有正式党员【正式】。",
        ),
    ],
    "experience_exchange": [
        ("现将有关做法和成效介绍如下。", "现把有关做法和成效介绍如下。"),
        ("〖所属党员参加志愿服务累计【志愿】。〗", ""),
        (
            "〖此外还培育了【其他|引列(5)】。〗",
            "〖此外还培育了【其他|引列(5)】。〗参加这些活动的党员【党员数】。",
        ),
    ],
    "annual_rollup": [
        ("，不宜直接比较〗，最终星级以年度评定为准。", "，只作参考〗，最终星级以年度评定为准。"),
        ("〖得分率靠前的是【靠前】，靠后的是【靠后】。〗", ""),
        ("，应当提前着手准备。〗", "，应当提前着手准备。〗全县党支部共【支部数】。"),
    ],
    "case_compilation": [
        ("学习推广以前，请先向填报的党组织了解最新情况。", "推广以前，请先了解最新情况。"),
        ("，按单位查找见【附表：索引】。", "。"),
        ("数字可以查到是哪一份工作簿、哪一行；", "数字可以查到出处；收录的案例有【案例数】；"),
    ],
    "theory_article": [
        ("这些数字只作汇总，不涉及具体的党组织和个人。", "这些数字只作汇总。"),
        ("〖党员在年内平均参加集中学习【学时】。〗", ""),
        (
            "党员队伍的构成见【表：构成】。",
            "党员队伍的构成见【表：构成】。其中党支部为【支部数】。",
        ),
    ],
}
EXPECTED = {
    "research_report": (
        {"各项数据截至2026年11月30日", "流出党员12名，失联党员2名"},
        {"所有数据的截止日期为2026年11月30日", "其中正式党员有589名要带头学习"},
    ),
    "annual_review": (
        {"按照星级分数线对应五星，最终以年度评定结果为准", "党员参加志愿服务累计182小时"},
        {"按照星级分数线对应五星，以年度评定的结果为准", "支部现有正式党员16名"},
    ),
    "experience_exchange": (
        {"现将有关做法和成效介绍如下", "所属党员参加志愿服务累计2030小时"},
        {"现把有关做法和成效介绍如下", "参加这些活动的党员125名"},
    ),
    "annual_rollup": (
        {"不宜直接比较", "得分率靠前的是国资监管局机关党支部"},
        {"只作参考", "全县党支部共32个"},
    ),
    "case_compilation": (
        {"学习推广以前", "全部案例见附表1", "哪一份工作簿"},
        {"推广以前，请先", "全部案例见附表1", "收录的案例有11个"},
    ),
    "theory_article": (
        {"不涉及具体的党组织和个人", "党员在年内平均参加集中学习"},
        {"这些数字只作汇总", "其中党支部为32个"},
    ),
}


def sentences(path: Path) -> Counter[str]:
    words = "\n".join(paragraph.text for paragraph in docx.Document(path).paragraphs)
    return Counter(filter(None, re.split(r"[。\n]", words)))


def report(workspace: Path, name: str, out: str) -> Counter[str]:
    done = command("zhibi", "run", name, "--out", out, cwd=workspace)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return sentences(workspace / out / "报告.docx")


@pytest.mark.parametrize("name", list(EDITS))
def test_text_replacements_change_exactly_their_sentences(workspace, name):
    notebook = workspace / f"notebooks/{name}.ipynb"
    original = notebook.read_text("utf-8")
    before = report(workspace, name, f"outputs/{name}-before")
    edited = original
    for old, new in EDITS[name]:
        assert edited.count(old) == 1, old
        edited = edited.replace(old, new)
    notebook.write_text(edited, encoding="utf-8")
    try:
        after = report(workspace, name, f"outputs/{name}-after")
    finally:
        notebook.write_text(original, encoding="utf-8")

    gone, come = EXPECTED[name]
    lost, found = before - after, after - before
    assert (len(lost), len(found)) == (len(gone), len(come)), (lost, found)
    assert all(any(words in sentence for words in gone) for sentence in lost), lost
    assert all(any(words in sentence for words in come) for sentence in found), found
