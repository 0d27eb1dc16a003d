"""A folder of a workspace with a DOMAIN in it -> that domain, importable by its name.

Or every fault of it at once.
"""

from __future__ import annotations

import sys
import warnings
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

from gongwen.errors import InvalidInput, UnreadableFile
from gongwen.findings import Finding, Level, Location
from zhibi.data.checking.own_checks import line_in
from zhibi.domain.values import Domain

ENTRY = "__init__.py"
VALUE = "DOMAIN"
_loaded: dict[Path, tuple[object, Domain]] = {}


def folder_of(name: str, root: Path) -> Path | None:
    """The folder of a workspace that holds the domain of this name, if there is one."""
    folder = root / name
    plain = bool(name) and Path(name).name == name
    return folder if plain and _holds_domain(folder) else None


def folders_in(root: Path) -> tuple[str, ...]:
    """The names of all domains that lie in folders of a workspace."""
    return tuple(sorted(path.name for path in root.iterdir() if _holds_domain(path)))


def _holds_domain(folder: Path) -> bool:
    entry = folder / ENTRY
    return entry.is_file() and VALUE in entry.read_text("utf-8", "replace")


def from_folder(folder: Path) -> Domain:
    """The domain of a folder, read anew when a file of it changed.

    Raises InvalidInput with all its faults.
    """
    folder = folder.resolve()
    stamp = _stamp(folder)
    known = _loaded.get(folder)
    module = sys.modules.get(folder.name)
    if known and known[0] == stamp and module is not None and _lies_in(module, folder):
        return known[1]
    domain = _read(folder)
    faults = import_module("zhibi.domain.contract_faults").faults_of(domain, folder)  # pandas
    if faults:
        raise InvalidInput(f"领域“{folder.name}”", faults)
    _loaded[folder] = stamp, domain
    return domain


def _stamp(folder: Path) -> object:
    files = sorted(path for path in folder.rglob("*") if path.suffix in {".py", ".tsv"})
    return tuple((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in files)


def _lies_in(module: ModuleType, folder: Path) -> bool:
    return bool(module.__file__) and Path(str(module.__file__)).parent == folder


def _read(folder: Path) -> Domain:
    """Run the folder's code and take its DOMAIN; what stops it is told with file and line."""
    _refuse_taken_name(folder)
    for name in [each for each in sys.modules if each.partition(".")[0] == folder.name]:
        del sys.modules[name]
    spec = spec_from_file_location(
        folder.name, folder / ENTRY, submodule_search_locations=[str(folder)]
    )
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[folder.name] = module_from_spec(spec)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore", SyntaxWarning
            )  # told in Chinese where it stops the code
            spec.loader.exec_module(module)
    except Exception as trouble:
        del sys.modules[folder.name]
        raise InvalidInput(f"领域“{folder.name}”", [_stopped(folder, trouble)]) from trouble
    domain = getattr(module, VALUE, None)
    if not isinstance(domain, Domain):
        del sys.modules[folder.name]
        message = f"没有名为 {VALUE} 的领域，或者它不是 Domain(…)"
        hint = f"请在文件末尾写 {VALUE} = Domain(…)。"
        place = Location(file=f"{folder.name}/{ENTRY}")
        raise InvalidInput(
            f"领域“{folder.name}”", [Finding("C21", Level.ERROR, place, message, hint)]
        )
    return domain


def _refuse_taken_name(folder: Path) -> None:
    """A folder called like an installed package would take that package's place."""
    module = sys.modules.get(folder.name)
    file = getattr(module, "__file__", None)
    ours = module is None or (file is not None and Path(file).name == ENTRY and _is_domain(module))
    if folder.name in sys.stdlib_module_names or not ours:
        raise UnreadableFile(
            folder.name, "与 Python 自己的软件包同名", "请给领域的文件夹换一个名称，汉字最好。"
        )


def _is_domain(module: Any) -> bool:
    return isinstance(getattr(module, VALUE, None), Domain)


def _stopped(folder: Path, trouble: Exception) -> Finding:
    """What stopped the folder's code, at the line where it did."""
    if isinstance(trouble, SyntaxError):
        file = Path(trouble.filename or ENTRY).name
        place = Location(file=f"{folder.name}/{file}", spot=f"第{trouble.lineno or 1}行")
        message = "这一行不是有效的 Python（多半是少了括号、逗号或引号，或用了中文标点）"
        return Finding("C21", Level.ERROR, place, message, "请对照 docs/新领域.md 改正。")
    place = line_in(folder, trouble)
    comma = "（多半是上一行末尾少了逗号）" if "not callable" in str(trouble) else ""
    message = f"读到这里出错：{type(trouble).__name__}，{trouble}{comma}"
    return Finding("C21", Level.ERROR, place, message, "请改正这一行；写法见 docs/新领域.md。")
