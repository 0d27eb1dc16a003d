"""The workspace around the current folder -> its domain's contract; bytes of a workbook -> a file."""

from pathlib import Path

from gongwen import atomic_files
from gongwen.errors import OutputBlocked
from zhibi import domain
from zhibi.data.contract import Contract
from zhibi.workspace import workspace

MACROS = ".xlsm"


def own_domain() -> domain.Domain:
    """The domain that the workspace names; outside of a workspace, the one installed."""
    here = workspace.find(Path.cwd())
    return domain.sound(domain.find(domain.name_of(here), here.root if here else None))


def own_contract() -> Contract:
    """What that domain's workbooks hold."""
    return own_domain().contract


def save_workbook(file: Path, content: bytes) -> Path:
    """Write a workbook; OutputBlocked where the name is none of a workbook."""
    if file.suffix.lower() not in {".xlsx", MACROS}:
        raise OutputBlocked(file, "不是 .xlsx 文件", "请把文件名写成 ….xlsx。")
    return atomic_files.save(file.resolve().parent, {file.name: content})[0]
