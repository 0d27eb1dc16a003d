"""nbconvert's door: an executed notebook -> the same Word file that `zhibi run` makes of it.

`jupyter nbconvert --to gongwen x.ipynb`, and JupyterLab's menu 文件 → 导出. It never runs the notebook.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbconvert.exporters import Exporter
from nbconvert.utils.exceptions import ConversionException
from nbformat.notebooknode import NotebookNode
from traitlets import Bool, Unicode, default

from gongwen import profile
from gongwen.errors import ReportError
from zhibi.engines.completeness import unrun
from zhibi.notebook import elements as notebook_elements
from zhibi.notebook import file as notebook
from zhibi.notebook import parameters as params
from zhibi.report.checking.draft import Layout, render
from zhibi.workspace import workspace


class GongwenExporter(Exporter):
    """公文 Word (GB/T 9704-2012).

    Holds no state between conversions: a Jupyter server exports in threads.
    """

    profile = Unicode(help="版式名称；不设则用笔记本或工作区指定的版式。").tag(config=True)
    # nbconvert checks the notebook after each of its eleven steps; none of them does anything
    # unless asked to
    optimistic_validation = Bool(
        default_value=True, help="笔记本的格式只在全部预处理之后检查一次。"
    ).tag(config=True)
    export_from_notebook = "公文 Word"
    output_mimetype = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    @default("file_extension")
    def _docx(self) -> str:
        return ".docx"

    def from_notebook_node(  # type: ignore[override]  # every exporter returns text or bytes; the base says nodes
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[bytes, dict[str, Any]]:
        """The document as bytes.

        `resources['outputs']` stays empty: the server would zip it with the bytes as text.
        """
        prepared, resources = super().from_notebook_node(nb, resources, **kw)
        metadata = resources.get("metadata", {})
        try:
            return self._converted(
                prepared, metadata.get("name") or "笔记本", metadata.get("path") or "."
            ), resources
        except ReportError as trouble:  # nbconvert and JupyterLab show the words of this one
            raise ConversionException(str(trouble)) from trouble

    def _converted(self, nb: NotebookNode, name: str, folder: str) -> bytes:
        about = notebook.about(nb, name)
        left = unrun(nb) if about else ()
        if left:
            cells = "、".join(str(cell) for cell in left)
            raise ConversionException(
                f"{name}：第{cells}个单元格还没有运行。请先运行全部单元格并保存，再导出。"
            )
        place = workspace.find(Path(folder)) or workspace.Workspace(Path(folder))
        layout = self.profile or (about.layout if about else "") or place.settings.profile
        elements = notebook_elements.of(about, _parameters(nb, name), name)
        look = profile.load(layout, place.templates)
        draft = render(nb, Layout(about, elements, look, folder=Path(folder)))
        for finding in draft.findings:
            self.log.warning("%s", finding)
        return draft.word()


def _parameters(nb: NotebookNode, name: str) -> dict[str, Any]:
    """What every parameter was in the run: the injected values over the declared defaults, where they are plain data."""
    parameters: dict[str, Any] = {}
    for source in (notebook.declaration(nb), notebook.injection(nb)):
        parameters |= params.values(params.declared(source, name), {})
    return parameters
