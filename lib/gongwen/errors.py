"""What stops a run -> an exception that writes its own Chinese sentence and survives pickling.

ReportError                exit code 2: something the user can put right
├── UnreadableFile         a file is missing, of another kind, damaged or locked by a password
├── TextChanged            laying a file out would have changed its words; nothing is written
├── InvalidInput           the input was read and is wrong; carries every finding at once
├── NotYours               a report of one organisation asked for data that are not its own
├── UnknownName            a parameter, report, column … that does not exist, with the near miss
│   └── UnknownCode        … a code of somebody: no near miss, which would be somebody else
├── BadReportName          a name that a new report cannot have
├── BadExpression          prose that cannot be printed: bare number, undefined name, bad syntax
├── BadFact                a figure that cannot be computed as asked: unlike units, rows unknown, text in a sum
├── BadFigure              a table or chart that cannot be printed as asked
├── MissingFont            no Chinese font for charts
├── NotebookFailed         a cell raised, the kernel died, or time ran out
├── NotEveryCellRan        the notebook ended early without an error
├── UnreadableOutput       blocks in a notebook that this version did not write, or that were altered
├── NotFinal               a final document was asked for and something stands against it
├── NamesLeft              an anonymous report in which names can still be read; nothing of it was saved
├── OutputBlocked          the result cannot be put in place; the old one is untouched
├── SourceLost             the process that keeps what was read was killed; what is made stays
├── MissingExtra           an optional part is not installed
└── Interrupted            exit code 130: the user stopped a batch; what is made stays and the rest can be made later
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path

from gongwen.findings import Finding

MOST_LISTED = 20


class ReportError(Exception):
    """Something the user can put right; the door prints it and exits with 2."""

    exit_code = 2

    def _render_traceback_(self) -> list[str]:
        """What Jupyter shows under the cell: the sentence, not forty lines of our source."""
        return [str(self)]


class UnreadableFile(ReportError):
    """A file cannot be read at all."""

    def __init__(self, path: Path | str, reason: str, hint: str) -> None:
        super().__init__(str(path), reason, hint)
        self.path, self.reason, self.hint = str(path), reason, hint

    def __str__(self) -> str:
        return f"{self.path}：{self.reason}。{self.hint}"


class TextChanged(ReportError):
    """A file laid out anew does not say what it said; the result is thrown away."""

    def __init__(self, path: str, where: str, before: str, after: str) -> None:
        super().__init__(path, where, before, after)
        self.path, self.where, self.before, self.after = path, where, before, after

    def __str__(self) -> str:
        shown = self.after[:40] or "（没有了）"
        return (
            f"{self.path}：改排以后{self.where}与原文不同，没有写出。原文“{self.before[:40]}”，"
            f"改排后“{shown}”。"
            "请把这个文件发给维护者，或在 Word 里手工排版。"
        )


class InvalidInput(ReportError):
    """An input was read and found wrong; every finding is carried, not only the first."""

    def __init__(self, subject: str, findings: Iterable[Finding]) -> None:
        self.subject, self.findings = subject, tuple(findings)
        super().__init__(subject, self.findings)

    def __str__(self) -> str:
        lines = "\n".join(f"  {finding}" for finding in self.findings)
        return f"{self.subject}有{len(self.findings)}处需要处理：\n{lines}"


class NotYours(ReportError):
    """A report of one organisation asked for the whole workbook, or for another organisation."""

    def __init__(self, asked: str, code: str) -> None:
        super().__init__(asked, code)
        self.asked, self.code = asked, code

    def __str__(self) -> str:
        message = f"这份报告只能读取“{self.code}”自己的数据，不能打开 {self.asked}"
        return f"{message}。要用全县的数，请由领域包算好交下来（见 docs/切片.md）。"


class UnknownName(ReportError):
    """A name that does not exist, with the nearest one that does."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        self.kind, self.name, self.known = kind, name, tuple(known)
        super().__init__(kind, name, self.known)

    def __str__(self) -> str:
        return f"没有名为“{self.name}”的{self.kind}{near_miss(self.name, self.known)}"


class UnknownCode(UnknownName):
    """A code that does not exist. The nearest one is never offered: it is somebody else's."""

    def __str__(self) -> str:
        listed = "、".join(self.known[:MOST_LISTED])
        more = f"……共{len(self.known)}个" if len(self.known) > MOST_LISTED else ""
        known = f"；可用的有：{listed}{more}" if self.known else ""
        return f"没有名为“{self.name}”的{self.kind}{known}。请核对参数文件、-p 或 --only 里的代码。"


class BadReportName(ReportError):
    """A name that a new report cannot have."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(name, reason)
        self.name, self.reason = name, reason

    def __str__(self) -> str:
        return f"“{self.name}”不能作报告的名称：{self.reason}。例如 quarterly_notice、季度通报。"


class BadExpression(ReportError):
    """An expression in prose that must not or cannot be printed.

    `line` counts from the first line of the cell's text; `cell` is how that text begins, to find it by.
    """

    def __init__(self, expression: str, reason: str, line: int = 0, cell: str = "") -> None:
        super().__init__(expression, reason, line, cell)
        self.expression, self.reason, self.line, self.cell = expression, reason, line, cell

    def __str__(self) -> str:
        cell = f"以“{self.cell}”开头的正文单元格 " if self.cell else ""
        where = f"{cell}第{self.line}行 " if self.line else cell
        excerpt = (
            self.expression
            if set("{【】〖〗") & set(self.expression)
            else f"{{{{ {self.expression} }}}}"
        )
        return f"{where}{excerpt}：{self.reason}"


class BadFact(ReportError):
    """A figure that cannot be computed as asked."""

    def __init__(self, label: str, reason: str) -> None:
        super().__init__(label, reason)
        self.label, self.reason = label, reason

    def __str__(self) -> str:
        return f"指标“{self.label}”：{self.reason}"


class BadFigure(ReportError):
    """A table or chart that cannot go on the page as asked."""

    def __init__(self, caption: str, reason: str) -> None:
        super().__init__(caption, reason)
        self.caption, self.reason = caption, reason

    def __str__(self) -> str:
        return f"“{self.caption}”：{self.reason}"


class MissingFont(ReportError):
    """No installed font can draw the Chinese text of a chart."""

    def __init__(self, wanted: str) -> None:
        super().__init__(wanted)
        self.wanted = wanted

    def __str__(self) -> str:
        return f"画图需要的中文字体找不到（{self.wanted}）。请重新安装：pip install zhplot"


class NotebookFailed(ReportError):
    """A cell raised, the kernel died or time ran out. `cell` counts from 1.

    0 means the notebook as a whole.

    `killed`: the system ended the kernel from outside, so the same run may succeed the next time.
    """

    def __init__(
        self, notebook: str, cell: int, reason: str, kept: str | None = "", *, killed: bool = False
    ) -> None:
        super().__init__(notebook, cell, reason, kept)
        self.notebook, self.cell, self.reason, self.kept, self.killed = (
            notebook,
            cell,
            reason,
            kept,
            killed,
        )

    def __str__(self) -> str:
        where = f" 第{self.cell}个单元格" if self.cell else ""
        return f"{self.notebook}{where}：{self.reason}{_kept(self.kept)}"


class NotEveryCellRan(ReportError):
    """The notebook ended without an error although code cells were left (`sys.exit(0)` does this)."""

    def __init__(self, notebook: str, cells: Iterable[int], kept: str | None = "") -> None:
        self.notebook, self.cells, self.kept = notebook, tuple(cells), kept
        super().__init__(notebook, self.cells, kept)

    def __str__(self) -> str:
        cells = "、".join(str(cell) for cell in self.cells)
        message = (
            f"第{cells}个单元格没有运行，报告不完整，未生成文件。请检查前面的单元格是否提前退出。"
        )
        return f"{self.notebook}：{message}{_kept(self.kept)}"


class UnreadableOutput(ReportError):
    """Blocks in a notebook's output that cannot be read back."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return f"笔记本里保存的段落读不出来：{self.reason}。请重新运行这个笔记本。"


class NotFinal(ReportError):
    """A final document was asked for, and these findings stand against it."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(self.findings)

    def __str__(self) -> str:
        lines = "\n".join(f"  {finding}" for finding in self.findings)
        return f"还不能定稿，有{len(self.findings)}处需要处理：\n{lines}"


class NamesLeft(ReportError):
    """An anonymous report that still holds names; nothing of it was saved."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(self.findings)

    def __str__(self) -> str:
        lines = "\n".join(f"  {finding}" for finding in self.findings[:MOST_LISTED])
        more = len(self.findings) - MOST_LISTED
        rest = f"\n  ……还有{more}处" if more > 0 else ""
        return f"脱敏的报告里还有原名，没有写出任何文件。有{len(self.findings)}处：\n{lines}{rest}"


class OutputBlocked(ReportError):
    """A result cannot be put in place; what was there before is untouched."""

    def __init__(self, path: Path | str, reason: str, hint: str) -> None:
        super().__init__(str(path), reason, hint)
        self.path, self.reason, self.hint = str(path), reason, hint

    def __str__(self) -> str:
        return f"无法写入 {self.path}：{self.reason}。{self.hint}"


class SourceLost(ReportError):
    """The process that keeps what was read of the source for a batch was killed."""

    def __str__(self) -> str:
        return "读取数据的进程被系统结束了，多半是内存不够。已经做好的都在；请关掉别的程序，再运行一次接着做。"


class MissingExtra(ReportError):
    """An optional part of zhibi, or a program beside it, is not installed."""

    def __init__(self, what: str, how: str) -> None:
        super().__init__(what, how)
        self.what, self.how = what, how

    def __str__(self) -> str:
        return f"没有安装{self.what}。{self.how}"


class Interrupted(ReportError):
    """The user stopped something that goes on from there when it is started again."""

    exit_code = 130

    def __str__(self) -> str:
        return "已中断。做好的都已完整写好；再运行一次同样的命令，会接着做剩下的。"


MOST_CHOICES, FEW_CHOICES = 40, 10  # names listed whole; of more names the first few


def near_miss(name: str, known: Iterable[str]) -> str:
    """The tail of a sentence: the nearest known name, else the list of them."""
    choices = tuple(known)
    close = difflib.get_close_matches(name, choices, n=1, cutoff=0.6)
    if close:
        return f"；是否想写“{close[0]}”？"
    if len(choices) > MOST_CHOICES:
        return f"；可用的有{len(choices)}个，如：{'、'.join(choices[:FEW_CHOICES])}……"
    return f"；可用的有：{'、'.join(choices)}" if choices else ""


def _kept(path: str | None) -> str:
    """Where the notebook is that stopped; None for one that may hold names it must not tell."""
    if path is None:
        return "\n运行到出错处的笔记本没有保留：脱敏的报告出错时，里面可能有原名。要看它，请不脱敏再运行一次。"
    return f"\n运行到出错处的笔记本保存在：{path}" if path else ""
