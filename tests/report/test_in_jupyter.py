"""What JupyterLab shows under a cell is what the document says: the displayed bundles against the Word file."""

from __future__ import annotations

import html
import re

import docx
import nbclient
import nbformat
import pytest

pytestmark = pytest.mark.kernel

BLOCKS = "application/vnd.zhibi.blocks.v1+json"


def shown(notebook) -> list[str]:
    """The text/html of every displayed prose block, one paragraph a line, without tags."""
    pages = [
        output.data["text/html"]
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if output.get("data", {}).get(BLOCKS) and "text/html" in output.data
    ]
    paragraphs = [
        part
        for page in pages
        for part in re.findall(r"<(?:p|h\d)[^>]*>(.*?)</(?:p|h\d)>", page, re.DOTALL)
    ]
    return [html.unescape(re.sub(r"<[^>]+>", "", part)).strip() for part in paragraphs]


def test_every_paragraph_of_the_document_was_shown_as_it_reads(made):
    executed = nbformat.read(made.folder / "run.ipynb", as_version=4)
    seen = set(shown(executed))
    numbered = re.compile(r"(?:附表|表|图)\d")
    body = [
        paragraph.text
        for paragraph in docx.Document(made.docx).paragraphs
        if paragraph.style.name == "Body Text" and not numbered.search(paragraph.text)
    ]

    assert len(body) > 30
    assert [text for text in body if text not in seen] == []


def test_a_figure_shown_in_the_notebook_names_its_source_on_hover(made):
    executed = nbformat.read(made.folder / "run.ipynb", as_version=4)
    page = next(
        output.data["text/html"]
        for cell in executed.cells
        if cell.cell_type == "code" and "### 党员队伍" in cell.source
        for output in cell.outputs
    )

    (title,) = set(re.findall(r'title="([^"]*)"[^>]*>197名', page))
    assert "女党员数" in title
    assert "示例县.xlsx" in title
    assert "党员" in title


def test_run_all_in_the_notebooks_own_folder_works_without_any_parameter(workspace):
    """JupyterLab starts the kernel in notebooks/ and injects nothing."""
    notebook = nbformat.read(workspace / "notebooks/research_report.ipynb", as_version=4)
    client = nbclient.NotebookClient(
        notebook,
        timeout=120,
        kernel_name="python3",
        resources={"metadata": {"path": str(workspace / "notebooks")}},
    )
    client.execute()

    said = "\n".join(shown(notebook))
    assert "在册党员598名" in said
    assert (
        "为全面了解" not in said
    )  # the texts are parameters; without them the place to write is shown
    assert any("待撰写" in str(cell.get("outputs")) for cell in notebook.cells)
