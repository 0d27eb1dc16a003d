"""The source of a cell -> its code, remembered or compiled ahead, as IPython and ipykernel would compile it."""

from __future__ import annotations

import ast
import os
import warnings
from contextlib import suppress
from functools import lru_cache
from types import CodeType
from typing import Any

from ipykernel.compiler import XCachingCompiler, get_tmp_directory, get_tmp_hash_seed, murmur2_x86
from IPython.core.inputtransformer2 import TransformerManager


class Transformer(TransformerManager):
    """IPython's, which remembers what became of a cell (trick `transformed`).

    Not once somebody adds a transformation of his own.
    """

    def transform_cell(self, cell: str) -> str:
        """The cell as Python: its magics are calls."""
        return _transformed(cell) if vars(self) == vars(_PLAIN) else super().transform_cell(cell)


class Compiler(XCachingCompiler):
    """Ipykernel's, which remembers the name of a cell (trick `names`) and takes what was compiled ahead."""

    def ast_parse(self, source: str, filename: str = "<unknown>", symbol: str = "exec") -> ast.AST:
        """The tree of a source, at the first call the one made ahead."""
        ahead = _trees.pop(
            (source, symbol, self.flags), None
        )  # once only: whoever gets it may change it
        return ahead or super().ast_parse(source, filename, symbol)

    def __call__(self, source: Any, filename: str, symbol: str, **more: Any) -> CodeType:
        """The code of a source or tree, that compiled ahead where there is one."""
        if isinstance(source, ast.Module | ast.Interactive) and source.body:
            _, flags, code = _codes.get(id(source.body[0]), (None, None, None))
            if code is not None and flags == self.flags:
                return code
        return super().__call__(source, filename, symbol, **more)

    def get_code_name(self, raw_code: str, code: str, number: int) -> str:
        """What tracebacks call a cell."""
        if "IPYKERNEL_CELL_NAME" in os.environ:
            return super().get_code_name(raw_code, code, number)  # type: ignore[no-any-return,no-untyped-call]
        return _named(raw_code)

    def ahead(self, raw: str, source: str) -> None:
        """Parse a cell, and compile its statements as `run_ast_nodes` will.

        Not one that Python warns of.

        `source` is what became of it, `raw` what stands in the notebook and names it.
        A cell that imports from the future changes the language of those after it: it is compiled when it runs.
        """
        before, codes = self.flags, dict[int, tuple[ast.stmt, int, CodeType]]()
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            tree = self.ast_parse(source)
            assert isinstance(tree, ast.Module)
            with self.extra_flags(ast.PyCF_ALLOW_TOP_LEVEL_AWAIT):
                for node in tree.body:
                    shown = node is tree.body[-1] and isinstance(node, ast.Expr)
                    part = ast.Interactive([node]) if shown else ast.Module([node], [])
                    codes[id(node)] = (
                        node,
                        self.flags,
                        self(part, _named(raw), "single" if shown else "exec"),
                    )
        if not warned and self.flags == before:
            _trees[source, "exec", before] = tree
            _codes.update(codes)


_PLAIN = TransformerManager()  # type: ignore[no-untyped-call]


@lru_cache(maxsize=1024)
def _transformed(cell: str) -> str:
    return _PLAIN.transform_cell(cell)


@lru_cache(maxsize=1024)
def _named(cell: str) -> str:
    """As ipykernel names a cell's code, by its text; there is no such file.

    Kept, so that copies of a process agree.
    """
    return f"{get_tmp_directory()}{os.sep}{murmur2_x86(cell, get_tmp_hash_seed())}.py"  # type: ignore[no-untyped-call]


_trees: dict[tuple[str, str, int], ast.AST] = {}


_codes: dict[
    int, tuple[ast.stmt, int, CodeType]
] = {}  # by identity of the statement, which is kept lest it be reused


_MOST_FORESEEN = 1_000


_foreseen: set[str] = set()


def forget_compiled() -> None:
    """Somebody changes trees: what was compiled of them is not their code."""
    _codes.clear()


def foresee(source: str) -> None:
    """Have ready what only depends on the text of a cell, for this process and its copies.

    Nothing of it runs.
    """
    if source in _foreseen:
        return
    if len(_foreseen) >= _MOST_FORESEEN:  # of a process that stays while its notebooks are edited
        for each in (_foreseen, _trees, _codes):
            each.clear()
    _foreseen.add(source)
    with suppress(SyntaxError, ValueError):  # told to the reader when it runs
        Compiler().ahead(source, _transformed(source))  # type: ignore[no-untyped-call]
