"""A cell's text in Jupyter -> the display of its blocks: `%%正文` (or `%%prose`) and `%%待撰写`."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from importlib import import_module
from pathlib import Path
from typing import Any

from IPython.core.getipython import get_ipython
from IPython.core.interactiveshell import InteractiveShell
from IPython.core.magic import Magics, cell_magic, magics_class, no_var_expand
from IPython.display import HTML, display

from gongwen.errors import BadExpression, ReportError
from zhibi.domain import within_reach
from zhibi.notebook.authoring.display import Shown
from zhibi.notebook.authoring.page import PAGE
from zhibi.notebook.authoring.prose import prose
from zhibi.notebook.authoring.written import to_write
from zhibi.notebook.prose.template import unknown
from zhibi.workspace.workspace import find as workspace_around


@magics_class
class ProseMagics(Magics):
    """The cell magics; each displays exactly one object."""

    @no_var_expand
    @cell_magic("正文")  # type: ignore[arg-type]
    def prose(self, line: str, cell: str) -> None:  # noqa: ARG002 — IPython passes both
        """Markdown with `{{ }}`, printed into the document."""
        _show(prose(cell, self._names()))

    @no_var_expand
    @cell_magic("待撰写")  # type: ignore[arg-type]
    def to_write(self, line: str, cell: str) -> None:
        """`%%待撰写 文字.存在问题` prints that text.

        While there is none, the cell's own text tells what to write.
        """
        _show(to_write(self._written(line.strip()), cell, self._names()))

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


def _show(shown: Shown) -> None:
    """Display the blocks; on a live page again whenever a number in them changes."""
    if not PAGE.live:
        display(shown)  # type: ignore[no-untyped-call]
        return
    handle = display(shown, display_id=True)  # type: ignore[no-untyped-call]
    PAGE.watch(shown, lambda: handle.update(shown))


def _in_one_sentence(
    shell: Any, kind: type[BaseException], error: BaseException, trace: Any, **_: Any
) -> list[str]:
    """Show an error as one Chinese sentence with the line of the cell, and not our source and pandas'."""
    words = import_module("zhibi.engines.error_text").sentence(kind.__name__, str(error))
    lines = [line for name, line in _lines(trace) if "ipykernel" in name or "<ipython" in name]
    own = isinstance(error, ReportError) or not lines
    message = [words if own else f"第{lines[0]}行：{words}"]
    shell._showtraceback(kind, error, message)  # noqa: SLF001 — the way to show what a handler wrote
    return message


def _lines(trace: Any) -> Iterator[tuple[str, int]]:
    while trace is not None:
        yield trace.tb_frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next


def _running(shell: Any) -> tuple[str, str]:
    """The cell that the front end says it runs, and the message that asked for it."""
    if not hasattr(shell, "get_parent"):
        return "", ""
    parent = shell.get_parent() or {}
    cell = (parent.get("metadata") or {}).get("cellId", "")
    return str(cell or ""), str((parent.get("header") or {}).get("msg_id", ""))


class _Loaded(set[str]):
    """The extensions IPython has loaded, but us.

    Of what is loaded it says so in English, and we may be loaded twice.
    """

    def add(self, name: str) -> None:
        if name != "zhibi":
            super().add(name)


def _take_parameters(shell: Any) -> None:
    """Give the notebook what its parameters file says, now and whenever its parameters cell has run again."""
    live = import_module("zhibi.notebook.parameters.live").of_this_notebook(Path.cwd())
    shell.zhibi_parameters = live
    if live is None:
        return
    shell.user_ns.update(live.values)
    shell.events.register("post_run_cell", _take_again)
    display(HTML(f"<small>{escape(live.message)}</small>"))  # type: ignore[no-untyped-call]


def _take_again(result: Any) -> None:
    shell: Any = get_ipython()
    live = shell.zhibi_parameters
    if live is not None and live.set_back_by(result.info.raw_cell):
        shell.user_ns.update(live.values)


def _speak_chinese() -> None:
    """Let every word of ours, and of the workspace's domain, tell its help in Chinese."""
    import_module("zhibi.notebook.handbook").speak_chinese()
    domain = import_module("zhibi.domain").of(workspace_around(Path.cwd()))
    if domain is not None and domain.handbook:
        import_module("zhibi.notebook.domain_words").speak_chinese(domain)


def register(shell: InteractiveShell) -> None:
    """Make the magics known to a running IPython; done twice it changes nothing."""
    within_reach(Path.cwd())
    extensions: Any = shell.extension_manager
    extensions.loaded = _Loaded(extensions.loaded)
    PAGE.running = lambda: _running(shell)
    if PAGE.live:
        _speak_chinese()
        shell.set_custom_exc((Exception,), _in_one_sentence)  # type: ignore[no-untyped-call]
        _take_parameters(shell)
    magics = ProseMagics(shell)
    shell.register_magics(magics)
    shell.register_magic_function(magics.prose, "cell", "prose")
