"""What an engine is: notebook and parameters -> the notebook as far as it ran, and what stopped it if anything did."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from nbformat.notebooknode import NotebookNode

Progress = Callable[[int, int], None]  # cells begun, cells in all

GIB = 1024**3
UNLIMITED = 1 << 62


def silent(_begun: int, _total: int) -> None:
    """Progress for those who do not look."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long one cell and the whole notebook may take, and how much memory the kernel may use (Linux only).

    `by_option`: who asked can lengthen them by an option of the command line.
    """

    cell_s: float = 600
    run_s: float = 1800
    memory_bytes: int = 4 * GIB
    by_option: bool = True


@dataclass(frozen=True, slots=True)
class Failure:
    """What stopped a run: the number of the cell in the source (from 1.

    0 = as a whole) and the reason in Chinese.

    `killed`: the system ended its process from outside, so the same run may succeed the next time.
    """

    cell: int
    reason: str
    killed: bool = False


@dataclass(frozen=True, slots=True)
class Execution:
    """The notebook as far as it ran."""

    notebook: NotebookNode
    failure: Failure | None = None


class Engine(Protocol):
    """Runs a notebook. The input is left alone.

    A failing notebook is a value, an interrupt (Ctrl-C) is raised.
    """

    name: str

    def run(
        self,
        notebook: NotebookNode,
        parameters: Mapping[str, Any],
        *,
        cwd: Path,
        limits: Limits = ...,
        progress: Progress = ...,
    ) -> Execution:
        """Run every cell in a kernel started in `cwd`."""
