"""A name -> a folder with a domain to begin with, and a workspace around it.

A domain -> a workspace of its own.
"""

from __future__ import annotations

import json
import keyword
import re
import shutil
import sys
import tempfile
import unicodedata
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from gongwen import atomic_files
from gongwen.errors import OutputBlocked, ReportError, UnreadableFile
from zhibi.domain.folder import ENTRY, from_folder
from zhibi.domain.values import Domain
from zhibi.startup.later import later
from zhibi.workspace import workspace
from zhibi.workspace.workspace import LaidOut, Settings

if TYPE_CHECKING:
    from zhibi.data.writing.fill import whole
    from zhibi.data.writing.sample_data import dataset as sample_dataset
else:  # only for the example of a new domain
    whole = later("zhibi.data.writing.fill", "whole")
    sample_dataset = later("zhibi.data.writing.sample_data", "dataset")

UNNAMED = "领域名"  # stands in the starter for the name
EXAMPLE = "示例.xlsx"
LONGEST = 20
_NAME = re.compile(r"[^\W\d_]\w*")
_FILES = {
    ENTRY: "contract.txt",
    "notebooks/年度情况.ipynb": "年度情况.ipynb",
    "notebooks/单位总结.ipynb": "单位总结.ipynb",
    f"test_{UNNAMED}.py": "test.txt",
}
_PARAMETERS = {
    "年度情况": "# 年度情况的参数；运行：zhibi run 年度情况\n",
    "单位总结": "# 单位总结的参数；换一个单位：zhibi run 单位总结 -p unit=D02\n",
}
_LEFT = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints", ".pytest_cache")


class BadDomainName(ReportError):
    """A name that a domain cannot have."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(name, reason)
        self.name, self.reason = name, reason

    def __str__(self) -> str:
        return f"“{self.name}”不能作领域的名称：{self.reason}。例如 教育局、卫生健康。"


@dataclass(frozen=True, slots=True)
class Begun:
    """What `new_domain` laid out: the domain's folder, its files, and the workspace around it."""

    folder: Path
    files: tuple[str, ...]
    around: LaidOut
    named_elsewhere: str = ""  # the other domain that zhibi.toml names


def new_domain(name: str, here: Path) -> Begun:
    """A domain's folder in the workspace around `here`, or in a workspace begun here.

    Nothing is overwritten.
    """
    name = domain_name(name)
    place = workspace.find(here)
    root = place.root if place else here
    folder = root / name
    if folder.exists():
        raise OutputBlocked(name, f"已经有“{name}”，不会覆盖", "请换一个名称，或先把它移走。")
    with tempfile.TemporaryDirectory(dir=root, prefix=".new-") as draft:
        made = Path(draft) / name
        _write(made, name)
        domain = from_folder(made)
        _write_example(domain, made / "data" / EXAMPLE)
        made.rename(folder)
    domain = from_folder(folder)
    around = workspace.init(root, Settings(domain=name), workspace.contents(folder))
    other = place.settings.domain if place and place.settings.domain != name else ""
    listed = sorted(path.relative_to(root).as_posix() for path in folder.rglob("*.*"))
    return Begun(folder, tuple(line for line in listed if "__pycache__" not in line), around, other)


def domain_name(name: str) -> str:
    """A name that is a folder and a Python package on every system; else BadDomainName."""
    text = unicodedata.normalize("NFKC", name.strip())
    if not _NAME.fullmatch(text) or atomic_files.safe_name(text) != text:
        raise BadDomainName(name[:LONGEST], "只能用汉字、字母、数字和下划线，以汉字或字母开头")
    if len(text) > LONGEST:
        raise BadDomainName(f"{text[:LONGEST]}…", f"太长，最多{LONGEST}个字")
    if keyword.iskeyword(text) or text in sys.stdlib_module_names or text in workspace.FOLDERS:
        raise BadDomainName(text, "与 Python 或工作区自己的名称重复")
    return text


def _write(folder: Path, name: str) -> None:
    starter = files("zhibi.domain") / "starter"
    for target, source in _FILES.items():
        path = folder / target.replace(UNNAMED, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        text = (starter / source).read_text("utf-8").replace(UNNAMED, name)
        path.write_text(text, encoding="utf-8")
    for report, text in _PARAMETERS.items():
        path = folder / "params" / f"{report}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _write_example(domain: Domain, path: Path) -> None:
    rows = json.loads((files("zhibi.domain") / "starter/rows.json").read_text("utf-8"))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(whole(sample_dataset(domain.contract, rows)))


def folder_at(place: Path) -> Path | None:
    """The domain's folder that a path leads to.

    The folder itself, or the one its workspace names.
    """
    if (place / ENTRY).is_file():
        return place.resolve()
    mark = place / workspace.MARK
    named = workspace.read_settings(mark).domain if mark.is_file() else ""
    return (place / named).resolve() if named and (place / named / ENTRY).is_file() else None


def take_along(folder: Path, root: Path) -> Domain:
    """The domain of a folder in a workspace at `root`: copied there, unless it is there already."""
    from_folder(folder)  # a domain with faults is not handed on
    target = root / folder.name
    if target.resolve() != folder and target.exists():
        raise OutputBlocked(target, "已经有同名的文件或文件夹", "请换一个文件夹，或先把它移走。")
    if not target.exists():
        try:
            root.mkdir(parents=True, exist_ok=True)
            shutil.copytree(folder, target, ignore=_LEFT)
        except OSError as trouble:
            reason = trouble.strerror or str(trouble)
            raise UnreadableFile(folder, reason, "请检查文件夹权限。") from trouble
    return from_folder(target)
