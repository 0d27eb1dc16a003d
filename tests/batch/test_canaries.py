"""A word planted in every sheet of every branch of a small county comes out with that branch and with no other, by every
engine and in every way one can run."""

from __future__ import annotations

import io
import json
import re
import sys
import zipfile
from datetime import date
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from small_county import ABOUT, PARAMETERS, SPEC, make

from dangjian.workbook.sheets import SHEETS
from prompt import typed
from zhibi.batch.workers import executors
from zhibi.data.contract import Kind
from zhibi.engines.fork import engine as fork_engine
from zhibi.engines.fork.engine import StartMethod

sys.path.append(str(Path(__file__).resolve().parents[1] / "tables"))
from workbooks import workbook

pytestmark = [
    pytest.mark.kernel,
    pytest.mark.skipif(sys.platform != "linux", reason="all ways run there"),
]
CODES = ("B011", "B012", "B013")
CANARY = re.compile(r"探(B\d+)(\w+?)针|70(\d\d)\.25")
HELD = {
    "单位",
    "党组织",
    "党员",
    "党员年度",
    "组织生活台账",
    "发展党员",
    "考核得分",
    "三单台账",
    "案例品牌",
    "荣誉",
}
NOT_HELD = {"年度指标"}  # no slice has their rows
OPEN = """%load_ext zhibi
from dangjian import CONTRACT, open_branch
from zhibi import table
from zhibi.data.snapshot.slices import open_slice
支部 = open_branch(workbook, branch)
for title, frame in open_slice(workbook, branch, CONTRACT, None).frames.items():
    print(title, frame.to_csv())
{name: str(fact) for name, fact in 支部.handed.items()}
"""
TEXT = (
    "%%正文\n# {{ 支部.named }}工作总结\n\n## 基本情况\n\n{{ 支部.named }}有党员{{ 支部.size }}。"
)
TABLE = "table(支部.activities[['主题', '日期']], '组织生活')"


def rows(code: str) -> dict[str, dict[str, object]]:
    """One row of each sheet that belongs to a branch; 党员年度 has no text, so a number is its canary."""
    unit, member = f"U{code[1:]}", f"M{code[1:]}"
    day = date(2026, 3, 4)
    own = {
        "单位": {"单位代码": unit, "单位类别": "县属国企"},
        "党组织": {"党组织代码": code, "类型": "党支部", "上级代码": "D001", "所属单位": unit, "成立日期": date(2013, 1, 10),
                 "本届选举日期": date(2025, 1, 10), "任期(年)": 3, "书记党员代码": member, "状态": "正常"},
        "党员": {"党员代码": member, "所属党组织": code, "党员类别": "正式", "入党日期": date(2005, 6, 20),
               "转正日期": date(2006, 6, 20), "在册": "是"},
        "党员年度": {"党员代码": member, "年度": 2026, "积分": float(f"70{code[2:]}.25")},
        "组织生活台账": {"活动编号": f"A{code}", "党组织代码": code, "日期": day, "类型": "主题党日"},
        "发展党员": {"人员代码": f"P{code}", "党组织代码": code, "阶段": "积极分子", "申请日": date(2025, 3, 3)},
        "机制做法": {"机制代码": f"J{code}", "责任组织": code, "类别": "工作法"},
        "考核得分": {"党组织代码": code, "指标代码": "Z01", "年度": 2026, "周期类型": "季", "期次": 1, "得分": 35},
        "三单台账": {"事项编号": f"T{code}", "清单类型": "任务", "责任组织": code, "下达日": day, "时限": date(2026, 12, 20),
                 "状态": "进行中"},
        "案例品牌": {"案例编号": f"C{code}", "类型": "品牌", "党组织代码": code},
        "荣誉": {"荣誉代码": f"H{code}", "级别": "县", "对象类型": "组织", "党组织代码": code, "授予日期": day},
        "年度指标": {"主体代码": unit, "主体类型": "单位", "年度": 2026, "指标代码": "REV", "数值": 5, "计量单位": "万元",
                 "口径": "当年"},
    }  # fmt: skip
    for sheet in (sheet for sheet in SHEETS if sheet.title in own):
        free = (
            column.header
            for column in sheet.columns
            if column.kind is Kind.TEXT and not column.refers
        )
        own[sheet.title] |= dict.fromkeys(free, f"探{code}{sheet.title}针")
    return own


@pytest.fixture(scope="module")
def planted(tmp_path_factory) -> Path:
    place = tmp_path_factory.mktemp("针") / "工作区"
    for folder in ("notebooks", "params", "data", "outputs"):
        (place / folder).mkdir(parents=True)
    (place / "zhibi.toml").write_text('domain = "dangjian"\n', encoding="utf-8")
    county = {title: [rows(code)[title] for code in CODES] for title in (*HELD, *NOT_HELD)}
    above = {
        "党组织代码": "D001",
        "名称": "小县一家公司党委",
        "类型": "党委",
        "成立日期": date(2013, 1, 10),
        "状态": "正常",
    }
    county["党组织"].append(above)
    county["考核指标"] = [
        {"指标代码": "Z01", "指标名称": "组织设置", "适用对象": "党支部", "分值": 100, "计分方式": "人工", "周期": "季",
         "年度": 2026}
    ]  # fmt: skip
    workbook(county).save(place / "data/县.xlsx")
    cells = [
        new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]}),
        *map(new_code_cell, (OPEN, TEXT, TABLE)),
    ]
    nb = new_notebook(cells=cells, metadata={"kernelspec": SPEC, "zhibi": ABOUT})
    nbformat.write(nb, place / "notebooks/总结.ipynb")
    return place


def found_in(path: Path) -> set[tuple[str, str]]:
    """Branch and sheet of every canary in a file, however it is packed."""
    content = path.read_bytes()
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(path) as package:
            text = b"".join(
                package.read(name)
                for name in package.namelist()
                if name.endswith((".xml", ".rels"))
            ).decode()
    else:
        text = json.dumps(json.loads(content), ensure_ascii=False)
    return {
        (code, sheet) if code else (f"B0{number}", "党员年度")
        for code, sheet, number in CANARY.findall(text)
    }


def by_command(engine: str):
    def run(place: Path, out: str) -> None:
        done = typed(
            "zhibi", "batch", "总结", "--engine", engine, "--out", out, "--json", cwd=place
        )
        assert json.loads(done.stdout)["made"] == list(CODES), done.stdout + done.stderr

    return run


def by_way(way: StartMethod):
    def run(place: Path, out: str) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(fork_engine, "best_way", lambda: way)
            done = make(place, out=place / out, executor=executors.local)
        assert [org.code for org in done.outcome.made] == list(CODES)

    return run


@pytest.mark.parametrize(
    "run",
    [
        by_command("zhibi"),
        by_way(StartMethod.FORK_SERVER),
        by_way(StartMethod.SPAWN),
        by_command("papermill"),
    ],
    ids=["forked", "by a helper", "in a fresh process", "papermill"],
)
def test_every_branch_has_its_own_canaries_and_no_others(planted, run, request):
    out = planted / "outputs" / request.node.callspec.id
    run(planted, str(out.relative_to(planted)))

    for code in CODES:
        found = {path.name: found_in(path) for path in (out / code).iterdir()}
        assert set(found) == {"报告.docx", "数据出处.xlsx", "run.ipynb", "run.json"}
        assert {name: {owner for owner, _ in each} for name, each in found.items()} == {
            name: {code} for name in found
        }
        assert {sheet for _, sheet in found["run.ipynb"]} == HELD
