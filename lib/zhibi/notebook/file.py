"""A notebook file -> its nodes, the text that declares its parameters and what it says about itself as a report."""

from __future__ import annotations

import json
import pickle
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path

import nbformat
import orjson
from nbformat.notebooknode import NotebookNode
from nbformat.reader import NotJSONError

from gongwen.atomic_files.whole_file import whole_file
from gongwen.errors import InvalidInput, UnreadableFile, near_miss
from gongwen.findings import Finding, Level, Location

PARAMETERS_TAG = "parameters"
INJECTED_TAG = "injected-parameters"
DEFAULT_KERNEL = "python3"
_QUICKLY = orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME
_SLOWLY = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, check_circular=False, separators=(",", ":")
)
_REPAIR = "请在 JupyterLab 中打开检查，或从备份恢复。"
SCOPES = ("county", "branch", "subtree")


@dataclass(frozen=True, slots=True)
class About:
    """The notebook's `zhibi` metadata: what kind of report it makes.

    `layout` is a profile's name (empty: the workspace's). `data` names the parameter that holds the workbook's path;
    `period` and `org` name what the run is about, each a parameter or a setting of the workbook. `form` is the format
    (材料, 文件, 信函, 纪要, 通报), and `elements` names the parameter that holds the elements around the text.
    `anonymise` names the parameter that asks for stand-ins instead of names, `issued` the one with the day of the
    document.
    """

    title: str = ""
    scope: str = "county"
    layout: str = ""
    data: str = ""
    period: str = ""
    org: str = ""
    form: str = ""
    elements: str = ""
    anonymise: str = ""
    issued: str = "issued_on"


def read(path: Path) -> NotebookNode:
    """Read a notebook of any version; raises UnreadableFile in plain words."""
    try:
        nb = pickle.loads(_read(whole_file(path).decode("utf-8-sig")))  # noqa: S301  # of our own making
    except FileNotFoundError as trouble:
        raise UnreadableFile(path, "没有这个文件", "请检查路径。") from trouble
    except (NotJSONError, UnicodeDecodeError, json.JSONDecodeError) as trouble:
        raise UnreadableFile(path, "不是笔记本文件（内容不是 JSON）", _REPAIR) from trouble
    except OSError as trouble:
        raise UnreadableFile(path, f"读不了（{trouble.strerror}）", "请检查文件权限。") from trouble
    except UnreadableFile:
        raise
    except Exception as trouble:  # nbformat stumbles over damage in ways of its own
        raise UnreadableFile(path, "不是有效的笔记本", _REPAIR) from trouble
    if not isinstance(nb.get("cells"), list) or not all("cell_type" in cell for cell in nb.cells):
        raise UnreadableFile(path, "不是有效的笔记本（没有单元格）", _REPAIR)
    if not is_sound(nb):
        raise UnreadableFile(path, "不是有效的笔记本", _REPAIR)
    return NotebookNode(nb, nbformat=4, nbformat_minor=5)


def is_sound(nb: NotebookNode) -> bool:
    """True if everything in a notebook is of the kind that the format says.

    What reads it need not look again.
    """
    cells = nb.get("cells")
    if not isinstance(cells, list) or not isinstance(nb.get("metadata"), dict):
        return False
    return all(map(_is_sound_cell, cells))


def _is_sound_cell(cell: object) -> bool:
    if not isinstance(cell, dict) or not isinstance(cell.get("source"), str):
        return False
    if not isinstance(cell.get("metadata"), dict) or not isinstance(cell.get("cell_type"), str):
        return False
    outputs = cell.get("outputs", []) if cell["cell_type"] == "code" else []
    return isinstance(outputs, list) and all(map(_is_sound_output, outputs))


def _is_sound_output(output: object) -> bool:
    if not isinstance(output, dict):
        return False
    match output.get("output_type"):
        case "stream":
            return isinstance(output.get("text"), str)
        case "display_data" | "execute_result":
            data = output.get("data")
            return isinstance(data, dict) and isinstance(output.get("metadata", {}), dict)
        case "error":
            return isinstance(output.get("traceback", []), list)
        case _:
            return False


@lru_cache(maxsize=8)  # every report of a batch reads it again
def _read(text: str) -> bytes:
    return pickle.dumps(nbformat.reads(_with_ids(text), as_version=4), pickle.HIGHEST_PROTOCOL)


def write(nb: NotebookNode) -> bytes:
    """A notebook as a file: a line for each cell, so that two runs can be compared, and quick to write."""
    parts = {name: value for name, value in nb.items() if name != "cells"}
    cells = b",\n".join(map(encoded, nb.cells))
    return b"".join((b'{"cells":[\n', cells, b"\n],\n", encoded(parts)[1:], b"\n"))


def encoded(part: object) -> bytes:
    """A notebook or a part of one as JSON; equal parts give equal bytes."""
    try:
        return orjson.dumps(part, option=_QUICKLY)
    except TypeError:  # half a surrogate pair, a key that is no text, a number longer than 64 bits
        return _SLOWLY.encode(part).encode("utf-8", "surrogatepass")


def _with_ids(text: str) -> str:
    """The file with an id of its own in every cell.

    4.5 requires them, files written by hand lack or repeat them.
    """
    content = json.loads(text)
    cells = content.get("cells") if isinstance(content, dict) else None
    known: set[str] = set()
    changed = False
    for at, cell in enumerate(cells if isinstance(cells, list) else (), 1):
        if not isinstance(cell, dict):
            continue
        if not cell.get("id") or str(cell["id"]) in known:
            cell["id"], changed = f"cell-{at}", True
        known.add(str(cell["id"]))
    if not changed:
        return text
    return json.dumps(content if content.get("nbformat") != 4 else {**content, "nbformat_minor": 5})  # noqa: PLR2004


def tags(cell: NotebookNode) -> frozenset[str]:
    """A cell's tags; none if the metadata is malformed."""
    names = cell.get("metadata", {}).get("tags", ())
    return (
        frozenset(tag for tag in names if isinstance(tag, str))
        if isinstance(names, list | tuple)
        else frozenset()
    )


def tagged(nb: NotebookNode, tag: str) -> NotebookNode | None:
    """The first cell with a tag, or None."""
    return next((cell for cell in nb.cells if tag in tags(cell)), None)


def about(nb: NotebookNode, name: str) -> About | None:
    """The `zhibi` metadata, or None for a notebook that never heard of zhibi.

    Unknown or mistyped keys are refused.
    """
    entries = nb.metadata.get("zhibi")
    if entries is None:
        return None
    if not isinstance(entries, dict):
        raise InvalidInput(name, [_fault(name, "元数据 zhibi 应为一组“名称: 值”")])
    known = tuple(field.name for field in fields(About))
    faults = [
        *(
            _fault(name, f"元数据 zhibi 中没有名为“{key}”的项{near_miss(key, known)}")
            for key in entries
            if key not in known
        ),
        *(
            _fault(name, f"元数据 zhibi 的“{key}”应为文字")
            for key, value in entries.items()
            if key in known and not isinstance(value, str)
        ),
    ]
    if entries.get("scope", "county") not in SCOPES:
        faults.append(_fault(name, f"元数据 zhibi 的 scope 应为 {'、'.join(SCOPES)} 之一"))
    if faults:
        raise InvalidInput(name, faults)
    return About(**entries)


def declaration(nb: NotebookNode) -> str:
    """The source of the `parameters` cell, or empty."""
    cell = tagged(nb, PARAMETERS_TAG)
    return str(cell.source) if cell is not None and cell.cell_type == "code" else ""


def refuse_second_parameters(nb: NotebookNode, name: str) -> None:
    """Nothing, if one cell at most is tagged `parameters`.

    A second would set the values of the run back.
    """
    places = [at for at, cell in enumerate(nb.cells, 1) if PARAMETERS_TAG in tags(cell)]
    if len(places) > 1:
        cells = "、".join(f"第{at}格" for at in places)
        message = f"{cells}都带 parameters 标签，后面的会把这次运行给出的值盖掉"
        hint = "请把参数并到第一格，去掉其余各格的标签（在 JupyterLab 右侧的属性栏里）。"
        raise InvalidInput(name, [Finding("C00", Level.ERROR, Location(file=name), message, hint)])


def injection(nb: NotebookNode) -> str:
    """The source of the cell papermill put in, or empty."""
    cell = tagged(nb, INJECTED_TAG)
    return str(cell.source) if cell is not None else ""


def kernel_name(nb: NotebookNode) -> str:
    """The kernel the notebook asks for; Python if it asks for none."""
    spec = nb.metadata.get("kernelspec") or {}
    name = spec.get("name") if isinstance(spec, dict) else None
    return name if isinstance(name, str) and name else DEFAULT_KERNEL


def _fault(name: str, message: str) -> Finding:
    return Finding("C05", Level.ERROR, Location(file=name), message)
