"""Any manuscript -> what was found in it by kind, most serious first.

Chosen repairs -> a corrected copy.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from gongwen import atomic_files
from gongwen import profile as profiles
from gongwen.errors import UnreadableFile
from gongwen.findings import Level
from gongwen.reader.edit.bookmarks import numbered
from gongwen.reader.edit.tracked_changes import Edit, repair
from gongwen.writer.write import Lot
from gongwen_lint import check as checker
from gongwen_lint.manuscript.reading import content, from_bytes
from gongwen_lint.repair.comments import commented
from gongwen_lint.repair.repairs import GUARDED, Repair, applied, repairs
from gongwen_lint.rules import registry
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.rule import Rule
from gongwen_lint.runner import Diagnostic
from zhibi.doors.web.desk import screen
from zhibi.doors.web.desk.place import inside, relative
from zhibi.report.checking import context
from zhibi.report.checking.official_form import laid_out
from zhibi.workspace import workspace

FOLDER = "outputs/检查"
_ORDER = list(Level)


def check(root: Path, file: str, data: str, *, progress: Any) -> dict[str, Any]:
    """Everything the checker says of a file, as `zhibi check` says it.

    A copy with comments lies beside it then.
    """
    path = inside(root, file)
    against = _against(root, data)
    rules = _rules(root, against)
    outcome = checker.check(path, [rule.code for rule in rules], against)
    if outcome.trouble:
        raise UnreadableFile(path.name, outcome.trouble.removeprefix(f"{path}：").rstrip("。"), "")
    original = content(path)
    found = list(enumerate(outcome.found))
    made: dict[str, Any] = {
        "file": relative(root, path),
        "name": path.name,
        "data": data,
        "is_word": path.suffix.lower() == ".docx",
        "counts": {str(level): outcome.count(level) for level in Level},
        "groups": list(_groups(found)),
        "notes": [str(note) for note in outcome.notes],
        "repairs": [],
        "files": [],
        "pages": None,
    }
    if not made["is_word"]:
        return made
    annotated = atomic_files.save(
        path.parent, {f"{path.stem}.批注.docx": commented(original, outcome.found, path.name)}
    )
    manuscript = from_bytes(original, path.name)
    fixes = repairs(manuscript, rules, against, GUARDED)
    made["repairs"] = [
        _repair(number, manuscript.para(each.para).text, each) for number, each in enumerate(fixes)
    ]
    made |= screen.save(root, path, (Lot(numbered(original, path.name), 1),))
    made["files"] = [{"path": relative(root, annotated[0]), "name": annotated[0].name}]
    return made


def mend(
    root: Path, file: str, data: str, chosen: list[int], *, accept: bool, progress: Any
) -> dict[str, Any]:
    """A copy with the chosen repairs, as tracked changes or accepted.

    The file itself stays as it is.
    """
    path = inside(root, file)
    original, against = content(path), _against(root, data)
    manuscript = from_bytes(original, path.name)
    fixes = repairs(manuscript, _rules(root, against), against, GUARDED)
    wanted = [fixes[number] for number in chosen if 0 <= number < len(fixes)]
    if not wanted:
        raise UnreadableFile(path.name, "没有选中要改的地方", "请先勾选，再点“写出改正的副本”。")
    edits = []
    for fix in wanted:
        edits += [Edit(fix.para, edit.start, edit.end, edit.new) for edit in fix.edits]
    done = repair(original, edits, path.name, accepted=accept)
    saved = atomic_files.save(path.parent, {f"{path.stem}.改正.docx": done.content})
    count = len(edits) - len(done.left)
    return {
        "path": relative(root, saved[0]),
        "name": saved[0].name,
        "count": count,
        "left": len(done.left),
    }


def lay_out(root: Path, file: str, *, progress: Any) -> dict[str, Any]:
    """A copy in official form, as `zhibi format` makes it; the file itself stays as it is."""
    path = inside(root, file)
    home = workspace.require(root)
    made = laid_out(path, profiles.load(home.settings.profile, home.templates))
    saved = atomic_files.save(path.parent, {made.name: made.content})
    return {
        "path": relative(root, saved[0]),
        "name": saved[0].name,
        "changes": [f"{what}{count}处" for what, count in made.changes],
        "remarks": list(made.remarks),
        "doubts": [
            {"where": each.where, "words": each.words, "role": each.role, "reason": each.reason}
            for each in made.doubts
        ],
    }


def _groups(found: Iterable[tuple[int, Diagnostic]]) -> Iterable[dict[str, Any]]:
    """The findings of each rule together, worst first."""
    by_rule: dict[tuple[int, str], list[tuple[int, Diagnostic]]] = {}
    for number, each in found:
        by_rule.setdefault((_ORDER.index(each.level), each.code), []).append((number, each))
    for _, group in sorted(by_rule.items()):
        first = group[0][1]
        yield {
            "code": first.code, "level": str(first.level), "title": first.title, "basis": first.basis,
            "family": first.family, "found": [_found(number, each) for number, each in group],
        }  # fmt: skip


def _found(number: int, diagnostic: Diagnostic) -> dict[str, Any]:
    return {
        **diagnostic.as_json(),
        "number": number,
        "before": diagnostic.before,
        "after": diagnostic.after,
    }


def _repair(number: int, text: str, made: Repair) -> dict[str, Any]:
    first, last = made.edits[0].start, made.edits[-1].end
    start, end = max(0, first - 14), min(len(text), last + 14)
    shifted = [type(edit)(edit.start - start, edit.end - start, edit.new) for edit in made.edits]
    titles = [registry.BY_CODE[code].title for code in made.codes]
    return {
        "number": number, "para": made.para, "before": text[start:end], "after": applied(text[start:end], shifted),
        "codes": list(made.codes), "titles": titles,
    }  # fmt: skip


def _rules(root: Path, against: CheckContext) -> tuple[Rule, ...]:
    """All but those that the workspace or its profile leaves out."""
    unasked = against.profile.ignored if against.profile else ()
    return registry.chosen((), (*workspace.ignored(root), *unasked))


def _against(root: Path, data: str) -> CheckContext:
    """What a document is held against: the profile, the domain's lore, and a workbook if one is given."""
    return context.build(root, context.Named(data=inside(root, data) if data else None))
