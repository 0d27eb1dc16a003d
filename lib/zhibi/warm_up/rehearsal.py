"""A notebook and a profile -> caches filled by making one small example report in this process.

The example is ours, no notebook's; what remains of it is imported code and filled caches, which
hold nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date

from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from gongwen.errors import ReportError
from gongwen.profile import Profile, load, packaged_templates
from gongwen_lint import final_check
from gongwen_lint.reference_data import Phrasebook
from zhibi.engines.fork.kernel.compiler import foresee as foresee_cell
from zhibi.engines.papermill_engine import prepared
from zhibi.notebook import elements as notebook_elements
from zhibi.notebook import file as notebook
from zhibi.notebook.file import About
from zhibi.notebook.prose.template import compile_ahead
from zhibi.report.checking.draft import Layout, render
from zhibi.report.records import provenance, record
from zhibi.warm_up import libraries, trial_run

PROSE = ("%%正文", "%%prose")
TODAY = date(2026, 1, 1)  # of the example
EXAMPLES = 2  # finished reports of a batch that are learned from
EXAMPLE = (
    """\
%load_ext zhibi
from datetime import date
from zhibi import Fact, byline, page_break, share, table
from gongwen.facts.value import Read, Rows
数 = [Fact("例", 行, Read("计数", (Rows("例.xlsx", "表", (行,), "列"),)), "个") for 行 in range(2, 14)]
率, 无 = share(数[0], 数[1]), Fact("无", None, Read("取值", (Rows("例.xlsx", "表", (2,), "列"),)))""",
    "%%正文\n# {{ 数[0]|数 }}年度题目",
    'byline("单位", date(2026, 1, 1))',
    """\
%%正文
## 标题

{% if 率 is 有 %}共有{{ 数[0] }}（占{{ 率 }}），“引文”2026年1月1日，见{{ 表("例") }}。{% else %}无。{% endif %}

{% for 项 in 数 %}
**{{ loop.index|序数 }}是黑体。**第{{ 项 }}，{{ 项.label|引 }}{% if not loop.last %}；{% else %}。{% endif %}

{% endfor %}

### 小标题

{{ ["甲", "乙"]|列举 }}。""",
    """\
行 = [{"项": 一.label, "数": 一, "率": 率, "说明": "这一栏的文字比较长，一行里放不下，要折成几行", "无": 无} for 一 in 数]
table(行, caption="例", key="例", note="注。", merge=["率"])""",
    "page_break()",
    'table([{"项": 一.label, "数": 一} for 一 in 数], caption="附", series="附表")',
    "from zhibi import domain\nfor 示 in domain.rehearsed():\n    display(示)",
)


def rehearse(
    source: NotebookNode | None = None,
    profile: Profile | None = None,
    lore: Phrasebook | None = None,
) -> None:
    """Import, load and use everything once. The cells of the notebook to be run are made ready.

    None of its code runs.

    `profile`: the one the reports will be written in; `lore`: what the checker holds them to.
    """
    libraries.up()
    final_check.load_tables()
    record.versions()
    layout = profile or load("classic", (packaged_templates(),))
    with suppress(
        ReportError
    ):  # of a domain: then reports are slower, and tell what is wrong themselves
        _report(layout)
    if source is not None:
        foresee(source)
        final_check.read_ahead("\n\n".join(_prose_in(source)), layout, TODAY, lore)


def learn(report: bytes, profile: Profile, today: date, lore: Phrasebook | None = None) -> None:
    """Check a finished report here too (trick `first-reports`).

    Processes forked later share the words and expressions that this took; the findings are not used.
    """
    with suppress(ReportError):
        final_check.finished(report, "例.docx", profile, today, lore)


def foresee(source: NotebookNode) -> None:
    """Make the cells of a notebook ready for the processes forked after this (trick `cells-ahead`).

    What was made ready before stays; none of it runs.
    """
    prepared(source, {})
    for cell in source.cells:
        if cell.cell_type == "code":
            foresee_cell(cell.source)
    for text in _prose_in(source):
        compile_ahead(f"{text}\n")  # a magic gets its text with a line end


def _prose_in(source: NotebookNode) -> Iterator[str]:
    """The texts of the prose cells of a notebook."""
    for cell in source.cells:
        magic, _, text = cell.source.partition("\n")
        if cell.cell_type == "code" and magic.strip() in PROSE:
            yield text


def _report(profile: Profile) -> None:
    """Our example, all the way from cells to a Word file that is checked (trick `trial-report`)."""
    about = About(title="例")
    executed = trial_run.run(new_notebook(cells=[new_code_cell(source) for source in EXAMPLE]))
    draft = render(executed, Layout(about, notebook_elements.of(about, {}, "例"), profile))
    final_check.finished(draft.word(), "例.docx", profile, TODAY)
    provenance.write(draft.document)
    notebook.write(executed)
