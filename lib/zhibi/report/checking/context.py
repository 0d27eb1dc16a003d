"""A folder and options of `zhibi check` -> the CheckContext that its documents are compared with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from gongwen import profile as profiles
from gongwen.errors import InvalidInput, MissingExtra
from gongwen.findings import errors_in
from gongwen_lint import check
from gongwen_lint.manuscript.manuscript import Manuscript
from gongwen_lint.manuscript.reading import read
from gongwen_lint.reference_data import ReferenceData
from gongwen_lint.rules.context import CheckContext
from zhibi import domain
from zhibi.startup.later import later
from zhibi.workspace import workspace

if TYPE_CHECKING:
    from zhibi.data.read import read as read_tables
    from zhibi.data.snapshot.cache import read as read_cached
    from zhibi.domain.reference import reference_data
else:  # only for --data: most documents are checked without a workbook
    read_tables = later("zhibi.data.read", "read")
    read_cached = later("zhibi.data.snapshot.cache", "read")
    reference_data = later("zhibi.domain.reference", "reference_data")


@dataclass(frozen=True, slots=True)
class Named:
    """What is named by hand: a profile other than the workspace's, a workbook, last year's text, a folder of others' texts."""

    profile: str = ""
    data: Path | None = None
    last: Path | None = None
    peers: Path | None = None


def build(folder: Path, named: Named) -> CheckContext:
    """The workspace around a folder with what is named.

    Raises ReportError where one of them cannot be read.
    """
    home = workspace.find(folder)
    settings = home.settings if home else workspace.Settings()
    templates = home.templates if home else (profiles.packaged_templates(),)
    package = domain.of(home)
    peers = check.files([named.peers]) if named.peers else ()
    return CheckContext(
        profile=profiles.load(named.profile or settings.profile, templates),
        data=_reference_data(named.data, package, home) if named.data else None,
        lore=package.lore if package else None,
        last=read(named.last) if named.last else None,
        peers=tuple(_peer(path, named.peers) for path in peers if named.peers),
        today=datetime.now().astimezone().date(),
    )


def _reference_data(
    data: Path, package: domain.Domain | None, home: workspace.Workspace | None
) -> ReferenceData:
    """What the workbook knows; its faults stop here."""
    if package is None:
        hint = "对照工作簿（--data）要靠它读懂，请在 zhibi.toml 里写明 domain。"
        raise MissingExtra("领域包", hint)
    if home is None:
        dataset, findings = read_tables(data, package.contract)
    else:
        cached = home.scratch / "cache"
        dataset, findings = read_cached(data, package.contract, package.name, cached)
    if errors_in(findings):
        raise InvalidInput(data.name, errors_in(findings))
    assert dataset is not None
    return reference_data(package, dataset)


def _peer(path: Path, folder: Path) -> Manuscript:
    """Another branch's document, named by its place in the folder.

    Reports are all called 报告.docx.
    """
    inside = path.relative_to(folder) if path.is_relative_to(folder) else path
    return replace(read(path), name=inside.as_posix())
