"""The experience of a system: its figures, its silence where nothing was reported, and a variant that names nobody."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from clerk import BatchResult, command
from recount import Workbook
from test_annual_review import text
from test_small_counties import ONE_BRANCH, workbook

pytestmark = pytest.mark.kernel

SYSTEM = {"B016", "B017", "B018", "B019", "B020", "B021", "B022", "B023", "B024"}
KEY = "代称对照（内部）.xlsx"


def exchange(workspace: Path, out: str, *options: str) -> BatchResult:
    done = command(
        "zhibi", "run", "experience_exchange", "--out", f"outputs/{out}", *options, cwd=workspace
    )
    assert done.returncode in {0, 1}, done.stdout + done.stderr
    return BatchResult(workspace / "outputs" / out)


@pytest.fixture(scope="module")
def b016(workspace) -> BatchResult:
    return exchange(workspace, "exchange", "--final")


@pytest.fixture(scope="module")
def anonymous(workspace) -> BatchResult:
    return exchange(workspace, "exchange-masked", "--final", "-p", "anonymise=是", "--review")


def spoken(file: Path) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(file).paragraphs]


def test_word_opens_an_experience_open_or_anonymous_without_repairing_it(b016, anonymous):
    assert b016.faults == anonymous.faults == []


def test_the_figures_of_a_system_equal_an_independent_count(b016, workspace):
    book = Workbook(workspace / "data/示例县.xlsx")
    members = [row for row in book.members if row["所属党组织"] in SYSTEM]
    codes = {row["党员代码"] for row in members}
    years = [
        row for row in book["党员年度"] if row["党员代码"] in codes and int(row["年度"]) == 2026
    ]
    (revenue,) = (
        row
        for row in book["年度指标"]
        if (row["主体代码"], row["年度"], row["指标代码"]) == ("U003", 2026, "REV")
    )
    expected = {
        "交运集团党委在册党员数": len(members),
        "党员应到次数": sum(row["应到次数"] for row in years),
        "党员实到次数": sum(row["实到次数"] for row in years),
        "志愿服务时长": sum(row["志愿服务(小时)"] for row in years),
        "机制做法数": sum(row["责任组织"] in SYSTEM for row in book["机制做法"]),
        "案例品牌数": sum(row["党组织代码"] in SYSTEM for row in book["案例品牌"]),
        "营业收入": revenue["数值"],
        "营业收入基期值": revenue["基期值"],
        "营业收入比基期增长": (revenue["数值"] / revenue["基期值"] - 1) * 100,
    }
    unlike = {
        label: (b016.figures.get(label), value)
        for label, value in expected.items()
        if not any(
            abs(float(str(number)) - float(value)) < 1e-9
            for number, _ in b016.figures.get(label, ())
        )
    }

    assert unlike == {}


def test_every_printed_figure_names_its_rows(b016):
    assert len(b016.printed) > 150
    assert [row for row in b016.printed if not row["行列"] and "依据" not in str(row["算式"])] == []


def test_the_experience_tells_practice_results_and_what_people_wrote(b016):
    words = text(b016)

    for chapter in (
        "主要做法",
        "取得成效",
        "组织建设",
        "队伍作用",
        "企业发展",
        "还存在的差距",
        "几点体会",
        "下一步打算",
    ):
        assert chapter in words
    results, gaps = words.split("取得成效")[1].split("还存在的差距")
    assert "下降" not in results.split("党支部得分率和星级")[0]
    assert "利润总额为3756.5万元，2025年为3825万元，下降1.8%" in gaps
    assert "29个党组织" not in words
    assert "督促核实" not in words
    assert "具体包括同安排、同部署、同检查和同考核。" in words
    assert "2025年为" in words
    assert "办法要让一线学得会、用得上" in words
    assert 2000 < len(words) < 4000
    assert len(docx.Document(b016.docx).tables) == 3
    assert len(docx.Document(b016.docx).inline_shapes) == 1


def names_of(book: Path) -> set[str]:
    """Every name of the workbook, as Excel shows it."""
    columns = {
        "单位": ("单位全称", "简称"), "党组织": ("名称", "简称"), "党员": ("姓名",), "案例品牌": ("名称",), "文件文献": ("文号",),
    }  # fmt: skip
    sheets = openpyxl.load_workbook(book, read_only=True, data_only=True)
    found = {"示例县", "示例县委", "示例县委组织部"}
    for sheet, headers in columns.items():
        head, *rows = sheets[sheet].iter_rows(values_only=True)
        places = [head.index(header) for header in headers]
        found |= {str(row[place]) for row in rows[1:] for place in places if row[place]}
    return found


def contents(file: Path) -> str:
    """Everything a file says: every part of a package, or the file itself; pictures hold no text."""
    if not zipfile.is_zipfile(file):
        raw = re.sub(r"[A-Za-z0-9+/=]{200,}", "", file.read_text("utf-8"))
        return raw + json.dumps(json.loads(raw), ensure_ascii=False)
    with zipfile.ZipFile(file) as package:
        parts = (package.read(name) for name in package.namelist() if not name.endswith(".png"))
        return "\n".join(part.decode("utf-8") for part in parts)


def test_no_file_of_an_anonymous_report_but_the_key_holds_a_name(anonymous, workspace):
    names = names_of(workspace / "data/示例县.xlsx")
    files = {file.name: contents(file) for file in anonymous.folder.iterdir() if file.name != KEY}

    assert set(files) == {"报告.docx", "run.ipynb", "run.json", "数据出处.xlsx"}
    assert len(names) > 600
    assert {(file, name) for file, said in files.items() for name in names if name in said} == set()


def test_what_was_found_in_the_rows_of_others_is_not_told(b016, workspace):
    told = json.loads((b016.folder / "run.json").read_text("utf-8"))["findings"]
    of_data = [each for each in told if each["place"]["sheet"] == "党组织"]
    codes = {
        number: row["党组织代码"]
        for number, row in enumerate(Workbook(workspace / "data/示例县.xlsx")["党组织"], 3)
    }

    assert {codes[int(re.sub(r"\D", "", each["place"]["cell"]))] for each in of_data} <= SYSTEM
    assert {"V22", "V23"} & {each["code"] for each in of_data}


def test_an_anonymous_report_that_fails_keeps_no_notebook_and_says_so(workspace):
    path = workspace / "notebooks/experience_exchange.ipynb"
    notebook = json.loads(path.read_text("utf-8"))
    notebook["cells"][3] = {
        **notebook["cells"][3],
        "cell_type": "code",
        "source": "1 / 0",
        "outputs": [],
        "execution_count": None,
    }
    (workspace / "notebooks/broken.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    done, opened = (
        command(
            "zhibi",
            "run",
            "broken",
            "-p",
            "org=B016",
            "-p",
            f"anonymise={anonymise}",
            "--out",
            f"outputs/broken-{anonymise}",
            cwd=workspace,
        )
        for anonymise in ("是", "否")
    )

    assert (done.returncode, opened.returncode) == (2, 2)
    assert "笔记本没有保留：脱敏的报告出错时，里面可能有原名" in done.stderr
    assert list((workspace / "outputs/broken-是").iterdir()) == []
    assert (workspace / "outputs/broken-否/出错.ipynb").is_file()


def test_the_key_says_what_every_stand_in_stands_for(anonymous):
    sheet = openpyxl.load_workbook(anonymous.folder / KEY)["代称对照"]
    rows = set(sheet.iter_rows(values_only=True))

    assert ("乙集团党委", "交运集团党委", "党组织") in rows
    assert ("B品牌", "平安车厢", "案例品牌") in rows


def test_an_anonymous_report_reads_like_the_open_one_figure_for_figure(anonymous, b016):
    def numbers(made: BatchResult) -> list[tuple[object, object]]:
        return [
            (row["数值"], row["单位"])
            for row in made.printed
            if isinstance(row["数值"], int | float)
        ]

    assert numbers(anonymous) == numbers(b016)
    words = text(anonymous)
    assert words.startswith("乙集团党委党建工作经验交流材料")
    assert "乙集团B党支部“B品牌”" in words
    assert "把B品牌的发车前互检" in words  # the text of the parameters too
    assert docx.Document(anonymous.docx).core_properties.author == "乙集团党委"


def test_the_notebook_that_goes_out_makes_the_same_document(anonymous, workspace):
    notebook = anonymous.folder / "run.ipynb"
    done = command(
        "jupyter",
        "nbconvert",
        "--to",
        "gongwen",
        "--output-dir",
        "outputs/out",
        str(notebook),
        cwd=workspace,
    )
    assert done.returncode == 0, done.stderr[-2000:]

    assert spoken(workspace / "outputs/out/run.docx") == spoken(anonymous.docx)


def test_a_branch_that_reported_nothing_gets_no_empty_chapter(workspace, tmp_path):
    path = workbook(tmp_path / "小县.xlsx", ONE_BRANCH)
    words = text(exchange(workspace, "exchange-silent", "-p", "org=B001", "--data", str(path)))

    for chapter in ("取得成效", "组织建设", "队伍作用", "企业发展", "差距", "未填报"):
        assert chapter not in words
    for chapter in ("主要做法", "几点体会", "下一步打算"):
        assert "待撰写" in words.split(chapter)[1][:8]
    assert re.findall(r"(?<!\d)0(?:次|名|个|项|学时|元|人次)", words) == []
    assert "办法要让一线学得会" not in words


def test_two_organisations_have_their_own_words_side_by_side(b016, workspace):
    words = text(exchange(workspace, "exchange-own", "--final", "-p", "org=B035"))

    assert "支部要建在岗位上" in words
    assert "支部要建在岗位上" not in text(b016)
    assert "办法要让一线学得会" not in words
