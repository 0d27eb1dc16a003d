"""An old report and a workspace -> the profile that its lines were set after, where that is not the usual one."""

from __future__ import annotations

from collections import Counter

from gongwen import profile
from gongwen_lint.manuscript.manuscript import Manuscript
from zhibi.workspace.workspace import Workspace

_MOST = 0.6  # of the paragraphs
_FEW = 3


def layout_of(manuscript: Manuscript, place: Workspace) -> str:
    """The name of the one profile with the line pitch that most of the text has; empty for the workspace's own."""
    paragraphs = [para.measured for para in manuscript.paras if para.role == "body"]
    pitches = [
        round(each.line_twips)
        for each in paragraphs
        if each is not None and each.line_rule == "exact"
    ]
    if len(pitches) < _FEW:
        return ""
    pitch, count = Counter(pitches).most_common(1)[0]
    if count < _MOST * len(paragraphs):
        return ""
    search = place.templates
    found = [
        name
        for name in profile.names(search)
        if profile.load(name, search).grid.line_twips == pitch
    ]
    own = place.settings.profile
    return found[0] if len(found) == 1 and found[0] != own else ""
