"""A report notebook -> one Python function from parameters to the bytes of the Word file: what no engine can beat.

The cells' code is compiled once; prose goes through our templates, compiled once too. There is no kernel, no display,
no JSON, no notebook, no check, no isolation: only what the cells compute, and the Word file.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dangjian import DOMAIN  # noqa: F401  # everything is imported before it counts
from gongwen import profile
from gongwen.document import Document, elements
from gongwen.facts.value import lineage_of
from gongwen.writer.write import write
from zhibi.notebook import elements as notebook_elements
from zhibi.notebook import file as notebook
from zhibi.notebook.authoring.display import Shown
from zhibi.notebook.authoring.prose import prose
from zhibi.warm_up import rehearsal
from zhibi.workspace.workspace import find


def function(path: Path) -> Callable[[dict[str, Any]], bytes]:
    """The notebook as a function."""
    nb = notebook.read(path)
    rehearsal.rehearse(nb)
    about = notebook.about(nb, path.name)
    place = find(Path.cwd())
    assert place is not None and about is not None  # noqa: PT018
    design = profile.load(about.layout or place.settings.profile, place.templates)
    cells = [_code(cell.source) for cell in nb.cells if cell.cell_type == "code"]
    defaults = _code(notebook.declaration(nb))

    def report(parameters: dict[str, Any]) -> bytes:
        shown: list[Shown] = []
        names: dict[str, Any] = {
            "__name__": "__main__",
            "display": shown.append,
            "_prose": prose,
            "_show": shown.append,
        }
        names["_shown"] = lambda value: shown.append(value) if isinstance(value, Shown) else None
        exec(defaults, names)
        for code in cells:
            exec(code, names) if code is not defaults else None
            names.update(parameters)
        blocks = tuple(block for each in shown for block in each.blocks)
        facts = {key: fact for each in shown for key, fact in each.facts.items()}
        lineage = lineage_of(facts.values())
        document = Document(blocks, lineage, subject=about.title)
        return write(elements.arrange(document, notebook_elements.of(about, {}, path.name)), design)

    return report


def _code(source: str) -> Any:
    """A cell's code; the value of its last line is shown, as a notebook does."""
    if source.startswith("%%"):
        source = f"_show(_prose({source.partition(chr(10))[2]!r}, globals()))"
    tree = ast.parse("\n".join(line for line in source.split("\n") if not line.startswith("%")))
    if tree.body and isinstance(tree.body[-1], ast.Expr):
        call = ast.Call(ast.Name("_shown", ast.Load()), [tree.body[-1].value], [])
        tree.body[-1] = ast.Expr(call)
    return compile(ast.fix_missing_locations(tree), "<cell>", "exec")
