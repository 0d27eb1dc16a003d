"""A fresh process -> one in which a whole report costs only what is its own: every step is done once on a small example.

The example is ours, no notebook's; what remains of it is imported code and filled caches, which hold nothing of it.
"""

from __future__ import annotations

from nbformat.notebooknode import NotebookNode

from zhibi import checks, document, provenance, record
from zhibi.authoring.sandbox import compile_ahead
from zhibi.engines import warm
from zhibi.facts.value import Fact, Read, Rows
from zhibi.profile import Profile, load
from zhibi.word.write import write
from zhibi.workspace import shipped

PROSE = ("%%正文", "%%prose")


def rehearse(notebook: NotebookNode | None = None, profile: Profile | None = None) -> None:
    """Import, load and use everything once. The texts of the notebook to be run are made ready; none of its code runs.

    `profile`: the one the reports will be written in.
    """
    warm.up()
    fact = Fact("例", 1, Read("计数", (Rows("例.xlsx", "表", (2,), "列"),)), "个")
    figures = document.Text("1个", fact=fact.id)
    cell = document.Cell((figures,), numeric=True)
    blocks = (
        document.Title(((document.Text("题目"),),)),
        document.Heading(1, (document.Text("标题"),)),
        document.Paragraph((document.Text("正文"), figures)),
        document.Table(((cell,),), ((cell,),), caption="表"),
    )
    example = document.Document(blocks, {fact.id: fact})
    checks.check(example, traced=True)
    provenance.write(example)
    record.versions()
    for cell in notebook.cells if notebook else ():
        magic, _, text = cell.source.partition("\n")
        if cell.cell_type == "code" and magic.strip() in PROSE:
            compile_ahead(f"{text}\n")  # a magic gets its text with a line end
    write(example, profile or load("classic", (shipped("zhibi") / "templates",)))
