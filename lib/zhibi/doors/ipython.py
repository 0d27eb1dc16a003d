"""A cell's text in Jupyter -> the display of its blocks: `%%正文` (or `%%prose`) and `%%待撰写`."""

from __future__ import annotations

from typing import Any

from IPython.core.interactiveshell import InteractiveShell
from IPython.core.magic import Magics, cell_magic, magics_class, no_var_expand
from IPython.display import display

from gongwen.errors import BadExpression
from zhibi.notebook.authoring.prose import prose
from zhibi.notebook.authoring.written import to_write
from zhibi.notebook.prose.template import unknown


@magics_class
class ProseMagics(Magics):
    """The cell magics; each displays exactly one object."""

    @no_var_expand
    @cell_magic("正文")  # type: ignore[arg-type]
    def prose(self, line: str, cell: str) -> None:  # noqa: ARG002 — IPython passes both
        """Markdown with `{{ }}`, printed into the document."""
        display(prose(cell, self._names()))  # type: ignore[no-untyped-call]

    @no_var_expand
    @cell_magic("待撰写")  # type: ignore[arg-type]
    def to_write(self, line: str, cell: str) -> None:
        """`%%待撰写 文字.存在问题` prints that text; while there is none, the cell's own text tells what to write."""
        display(to_write(self._written(line.strip()), cell, self._names()))  # type: ignore[no-untyped-call]

    def _written(self, expression: str) -> Any:
        if not expression:
            return None
        try:
            return self._shell.ev(expression)  # type: ignore[no-untyped-call]
        except NameError as fault:
            raise BadExpression(
                expression, unknown(fault.name or expression, self._names())
            ) from None
        except SyntaxError:
            raise BadExpression(expression, "写法有误；应是一个量，例如 文字.存在问题") from None

    @property
    def _shell(self) -> InteractiveShell:
        assert self.shell is not None
        return self.shell

    def _names(self) -> dict[str, Any]:
        return dict(self._shell.user_ns)


def register(shell: InteractiveShell) -> None:
    """Make the magics known to a running IPython."""
    magics = ProseMagics(shell)
    shell.register_magics(magics)
    shell.register_magic_function(magics.prose, "cell", "prose")
