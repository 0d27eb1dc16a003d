"""Report types of a workspace -> what they are and where; a name -> a new one.

A profile -> its values and clauses.
"""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import Any

from gongwen import profile as profiles
from gongwen.errors import ReportError
from gongwen.profile import packaged_templates
from zhibi import domain
from zhibi.doors.cli.profile import value_of
from zhibi.doors.web.desk.place import inside, relative
from zhibi.notebook import file as notebooks
from zhibi.notebook import new as new_report
from zhibi.report.old_report.start import OldReport, start
from zhibi.workspace import workspace as workspaces

OF_ITSELF = "profile."  # what a profile says of itself, not of a page


def listed(root: Path, *, progress: Any) -> dict[str, Any]:
    """Every report type, and the profiles there are."""
    home = workspaces.find(root)
    if home is None:
        return {"workspace": False, "types": [], "profiles": []}
    paths = sorted((root / "notebooks").glob("*.ipynb"))
    files = (folder.glob("*.toml") for folder in home.templates if folder.is_dir())
    looks = sorted({path.stem for path in chain.from_iterable(files)})
    return {
        "workspace": True,
        "types": [_type(root, path) for path in paths],
        "profiles": looks,
        "profile": home.settings.profile,
    }


def new(
    root: Path, name: str, like: str, title: str, form: str, *, progress: Any
) -> dict[str, Any]:
    """A new report type, as `zhibi new` lays it out."""
    made = new_report.start(new_report.NewReport(name, like, title, form), root)
    return {
        "report": new_report.report_name(name),
        "files": [relative(root, path) for path in made],
    }


def after_old(
    root: Path, name: str, old: str, data: str, title: str, form: str, *, progress: Any
) -> dict[str, Any]:
    """A report type after an old report, as `zhibi new --from` begins it: what was bound, and what was not."""
    source = inside(root, data) if data else None
    wanted = OldReport(new_report.report_name(name), inside(root, old), source, title, form)
    begun = start(wanted, root)
    return {
        "report": wanted.name,
        "files": [relative(root, path) for path in begun.files],
        "lines": list(begun.lines),
    }


def profile(root: Path, name: str, *, progress: Any) -> dict[str, Any]:
    """Every value of a profile for the page with its clause, as `zhibi profile show` lists them."""
    home = workspaces.find(root)
    templates = home.templates if home else (packaged_templates(),)
    look = profiles.load(name, templates)
    entries = [
        {
            "name": path,
            "value": str(value_of(look, path)),
            "strength": rule.strength,
            "basis": f"{rule.source} {rule.clause}".strip(),
        }
        for path, rule in look.rules.items()
        if not path.startswith(OF_ITSELF)
    ]
    return {"name": look.name, "title": look.title, "entries": entries}


def workspace(root: Path, *, progress: Any) -> dict[str, Any]:
    """A workspace here, as `zhibi init` lays it out."""
    chosen = domain.find(domain.default(), root)
    sources = workspaces.contents(chosen.workspace)
    laid = workspaces.init(root, workspaces.Settings(domain=chosen.name), sources)
    return {"made": list(laid.made), "kept": list(laid.kept)}


def _type(root: Path, path: Path) -> dict[str, Any]:
    made = {
        "name": path.stem,
        "notebook": relative(root, path),
        "title": path.stem,
        "scope": "",
        "trouble": "",
    }
    try:
        about = notebooks.about(notebooks.read(path), path.name)
    except ReportError as trouble:
        return {**made, "trouble": str(trouble)}
    if about is None:
        return made
    return {**made, "title": about.title or path.stem, "scope": about.scope}
