"""A folder with a zhibi.toml -> where its notebooks, parameters, templates and outputs lie.

Relative paths in parameters count from this folder, so that the same notebook runs from the top,
from notebooks/ in JupyterLab and under plain papermill. What a package brings along lies in its own
`workspace` folder inside a wheel, and at the top of the checkout when installed from there.
"""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from gongwen.errors import InvalidInput, OutputBlocked, UnknownName, UnreadableFile, near_miss
from gongwen.findings import Finding, Level, Location
from gongwen.profile import packaged_templates
from zhibi.workspace.address import is_address

MARK = "zhibi.toml"
FOLDERS = ("notebooks", "params", "templates", "data", "outputs")
OWN_GUIDES = ("编写新报告.md", "作者手册.md")  # with examples and names of the domain
GUIDES = ("正文写法.md", "新领域.md")  # what an author of reports reads, whatever the domain


@dataclass(frozen=True, slots=True)
class Settings:
    """What zhibi.toml may say: the domain package and the page profile by name.

    Rules not to check (`[check] ignore`).
    """

    domain: str = ""
    profile: str = "classic"
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Workspace:
    """One workspace: its top folder and its settings."""

    root: Path
    settings: Settings = Settings()

    @property
    def templates(self) -> tuple[Path, ...]:
        """Where profiles are looked for: the user's own first, then those that came with the package."""
        return tuple(dict.fromkeys((self.root / "templates", packaged_templates())))

    @property
    def scratch(self) -> Path:
        """Where what may be deleted at any time is kept.

        Runs under way and what need not be read twice.
        """
        return self.root / "outputs" / ".zhibi"

    def relative(self, path: Path) -> str:
        """A path as it should be written down: from the top of the workspace if it is inside, else in full."""
        inside = path.is_relative_to(self.root)
        return path.relative_to(self.root).as_posix() if inside else str(path)


@dataclass(frozen=True, slots=True)
class Report:
    """One report type in a workspace: its name, its notebook and the YAML file of its parameters, if it has one."""

    name: str
    notebook: Path
    parameters: Path | None


def find(start: Path) -> Workspace | None:
    """The workspace that a folder (or file) lies in, or None."""
    here = start.resolve()
    marks = (folder / MARK for folder in (here, *here.parents))
    mark = next((mark for mark in marks if mark.is_file()), None)
    return Workspace(mark.parent, read_settings(mark)) if mark else None


def require(start: Path) -> Workspace:
    """The workspace that a folder lies in; raises if there is none."""
    workspace = find(start)
    if workspace is None:
        raise UnreadableFile(
            start,
            f"这里和上级文件夹中都没有 {MARK}",
            "请进入工作区文件夹再运行，或用 zhibi init 新建一个。",
        )
    return workspace


def read_settings(path: Path) -> Settings:
    """Read zhibi.toml; every unknown or mistyped entry is reported at once."""
    entries = _toml_of(path)
    known = tuple(field.name for field in fields(Settings) if field.name != "ignored")
    check = entries.pop("check", {})
    faults = [
        *_faults_of_check(check),
        *(f"没有名为“{key}”的设置{near_miss(key, known)}" for key in entries if key not in known),
        *(
            f"“{key}”应为文字，请加引号"
            for key in entries
            if key in known and not isinstance(entries[key], str)
        ),
    ]
    if faults:
        raise InvalidInput(
            str(path), (Finding("C06", Level.ERROR, Location(file=MARK), fault) for fault in faults)
        )
    return Settings(**entries, ignored=tuple(check.get("ignore", ())))


def _toml_of(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except RecursionError as trouble:
        raise UnreadableFile(path, "括号套得太深", "请对照文档改正。") from trouble
    except (OSError, ValueError) as trouble:  # not UTF-8, no TOML, a number too long for Python
        raise UnreadableFile(
            path, f"不是有效的 TOML 文件（{trouble}）", "请对照文档改正。"
        ) from trouble


def _faults_of_check(check: object) -> list[str]:
    """What is wrong with `[check]`: only `ignore`, a list of rule codes."""
    codes = (
        check.get("ignore", []) if isinstance(check, dict) and set(check) <= {"ignore"} else None
    )
    right = isinstance(codes, list) and all(isinstance(code, str) for code in codes)
    return [] if right else ['“[check]”里只能写 ignore = ["规则代码", …]']


def ignored(start: Path) -> tuple[str, ...]:
    """The rules not to check that the nearest zhibi.toml, or else pyproject.toml (`[tool.zhibi.check]`), names."""
    here = start.resolve()
    for folder in (here, *here.parents):
        if (folder / MARK).is_file():
            return read_settings(folder / MARK).ignored
        if (folder / "pyproject.toml").is_file():
            tools = _toml_of(folder / "pyproject.toml").get("tool", {})
            check = tools.get("zhibi", {}).get("check", {})
            if faults := _faults_of_check(check):
                place = Location(file="pyproject.toml")
                raise InvalidInput(
                    "pyproject.toml",
                    (Finding("C06", Level.ERROR, place, fault) for fault in faults),
                )
            return tuple(check.get("ignore", ()))
    return ()


def resolve(path: Path | str, start: Path | None = None) -> Path | str:
    """A path from a parameter as a real one: relative ones count from the workspace around `start` (default: here).

    The address of a database is no path and stays as it is.
    """
    if is_address(path):
        return path
    given, here = Path(path).expanduser(), (start or Path.cwd())
    workspace = None if given.is_absolute() else find(here)
    return (workspace.root if workspace else here) / given


def locate(workspace: Workspace, report: str, here: Path) -> Report:
    """A report by its name (a notebook in notebooks/) or by the path of its notebook.

    The params file has its name.
    """
    if report.endswith(".ipynb"):
        notebook = (here / report).resolve()
        if not notebook.is_file():
            raise UnreadableFile(report, "没有这个文件", "请检查路径。")
    else:
        known = sorted(path.stem for path in (workspace.root / "notebooks").glob("*.ipynb"))
        if report not in known:
            raise UnknownName("报告", report, known)
        notebook = workspace.root / "notebooks" / f"{report}.ipynb"
    parameters = workspace.root / "params" / f"{notebook.stem}.yaml"
    return Report(notebook.stem, notebook, parameters if parameters.is_file() else None)


def shipped(package: str) -> Path:
    """The folder in which an installed package keeps its notebooks, params, templates and data."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise UnreadableFile(package, "没有安装这个包", "请重新安装：pip install zhibi")
    home = Path(spec.origin).parent
    inside = home / "shipped"
    return inside if inside.is_dir() else home.parents[1]


@dataclass(frozen=True, slots=True)
class LaidOut:
    """What `init` did: files made, and files found there and left alone."""

    root: Path
    made: tuple[str, ...]
    kept: tuple[str, ...]


def contents(brought: Path) -> dict[str, list[Path]]:
    """What `init` copies into each folder of a new workspace, from what a domain package ships."""
    templates = packaged_templates().iterdir()
    guides = [shipped("zhibi") / "docs" / name for name in GUIDES]
    guides += [brought / "docs" / name for name in OWN_GUIDES]
    return {
        "notebooks": sorted((brought / "notebooks").glob("*.ipynb")),
        "params": sorted((brought / "params").glob("*.yaml")),
        "templates": sorted(file for file in templates if file.suffix in {".toml", ".docx"}),
        "docs": [file for file in guides if file.is_file()],
        "data": sorted((brought / "data").glob("*.xlsx")),
    }


def init(root: Path, settings: Settings, sources: Mapping[str, Iterable[Path]]) -> LaidOut:
    """Lay out a workspace: `sources` gives the files to copy into each folder.

    Nothing that exists is overwritten.
    """
    made: list[str] = []
    existing: list[str] = []
    try:
        for folder in FOLDERS:
            (root / folder).mkdir(parents=True, exist_ok=True)
        for folder, files in sources.items():
            for file in files:
                (root / folder).mkdir(exist_ok=True)
                target = root / folder / file.name
                (existing if target.exists() else made).append(f"{folder}/{file.name}")
                if not target.exists():
                    shutil.copyfile(file, target)
        mark = root / MARK
        (existing if mark.exists() else made).append(MARK)
        if not mark.exists():
            mark.write_text(_toml(settings), encoding="utf-8")
    except (FileExistsError, NotADirectoryError) as trouble:
        reason, hint = "路径上有一个同名的文件，不能建文件夹", "请把它移走，或换一个文件夹。"
        raise OutputBlocked(root, reason, hint) from trouble
    except OSError as trouble:
        raise OutputBlocked(
            root, trouble.strerror or str(trouble), "请换一个可以写入的文件夹。"
        ) from trouble
    return LaidOut(root, tuple(made), tuple(existing))


def _toml(settings: Settings) -> str:
    return (
        "# 工作区标志：相对路径都从这个文件所在的文件夹算起。\n"
        f'domain = "{settings.domain}"   # 使用哪个领域包（表结构、指标、规则）\n'
        f'profile = "{settings.profile}"   # 版式，见 templates/\n'
    )
