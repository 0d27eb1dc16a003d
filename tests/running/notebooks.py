"""Sources of cells -> notebook nodes and workspaces for tests."""

from pathlib import Path

import nbformat
from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

SPEC = {"name": "python3", "display_name": "Python 3", "language": "python"}


def code(source: str, *tags: str, outputs: tuple = (), ran: int | None = None) -> NotebookNode:
    return new_code_cell(
        source, metadata={"tags": list(tags)}, outputs=list(outputs), execution_count=ran
    )


def book(
    *cells: str | NotebookNode, zhibi: dict | None = None, kernel: dict | None = SPEC
) -> NotebookNode:
    nb = new_notebook(cells=[code(cell) if isinstance(cell, str) else cell for cell in cells])
    for number, cell in enumerate(nb.cells):
        cell["id"] = f"c{number}"
    if kernel:
        nb.metadata["kernelspec"] = dict(kernel)
    if zhibi is not None:
        nb.metadata["zhibi"] = zhibi
    return nb


def shown(data: dict, **metadata: object) -> NotebookNode:
    return new_output("display_data", data=data, metadata=metadata)


def stream(text: str, name: str = "stdout") -> NotebookNode:
    return new_output("stream", text=text, name=name)


def workspace(root: Path, *, yaml: str = "", **notebooks: NotebookNode) -> Path:
    """A workspace with these notebooks; `yaml` becomes the parameters file of each."""
    for folder in ("notebooks", "params"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    (root / "zhibi.toml").write_text('domain = "dangjian"\nprofile = "classic"\n', encoding="utf-8")
    for name, nb in notebooks.items():
        nbformat.write(nb, root / "notebooks" / f"{name}.ipynb")
        if yaml:
            (root / "params" / f"{name}.yaml").write_text(yaml, encoding="utf-8")
    return root


SMALL = (
    code('year: int = 2025  # 年度\norg = "全县"  # 组织', "parameters"),
    (
        "%load_ext zhibi\n"
        "import pandas as pd\n"
        "from zhibi import count, share, table, total\n"
        "origin = ['file', 'sheet', 'row']\n"
        "rows = pd.MultiIndex.from_tuples([('t.xlsx', '党员', n) for n in range(2, 6)], names=origin)\n"
        "frame = pd.DataFrame({'姓名': ['甲', '乙', '丙', '丁'], '年龄': [20, 30, 40, 50]}, index=rows)\n"
        "everyone = count(frame, '党员总数', unit='名')\n"
        "young = count(frame[frame['年龄'] < 35], '青年党员', unit='名')"
    ),
    (
        "%%正文\n# 关于测试的报告\n## 一、基本情况\n全县有党员{{ everyone }}，其中青年党员{{ young }}，"
        "占{{ share(young, everyone, '青年占比') }}，见{{ 表('list') }}。"
    ),
    "table(frame, '党员名单', key='list')",
)
SMALL_ABOUT = {"title": "测试报告", "period": "year", "org": "org"}

__all__ = [
    "SMALL",
    "SMALL_ABOUT",
    "book",
    "code",
    "new_markdown_cell",
    "shown",
    "stream",
    "workspace",
]
