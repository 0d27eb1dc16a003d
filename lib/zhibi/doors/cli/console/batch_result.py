"""A batch that was made -> its summary in words, or as JSON."""

from pathlib import Path
from typing import Any

from gongwen.errors import Interrupted
from gongwen.findings import errors_in
from zhibi.batch.planning.plan import Need
from zhibi.batch.request import BatchRequest
from zhibi.batch.results.failures import grouped, told
from zhibi.batch.run import Watch
from zhibi.batch.service import BatchResult
from zhibi.batch.service import make as make_batch
from zhibi.batch.workers import executors
from zhibi.batch.workers.cluster import connected
from zhibi.domain import Organisation
from zhibi.doors.cli.console.exit import say, say_edited, say_json, shown

MOST_NAMED = 5


def make(
    request: BatchRequest, watch: Watch, workers: int, cluster: str, shared: str
) -> BatchResult:
    """Make it here, or on a cluster."""
    try:
        if not cluster:
            return make_batch(request, watch, workers=workers, executor=executors.local)
        with connected(cluster, shared, request) as (threads, executor):
            return make_batch(request, watch, workers=workers or threads, executor=executor)
    except KeyboardInterrupt:
        raise Interrupted from None


def imperfect(made: BatchResult) -> bool:
    """Whether something is left for people to do.

    A report that failed or was not come to, or an error in one.
    """
    outcome = made.outcome
    errors = any(errors_in(entry.result.findings) for entry in outcome.entries.values())
    return bool(outcome.failed or outcome.left or errors)


def tell(made: BatchResult) -> None:
    """In words."""
    outcome, here = made.outcome, Path.cwd()
    for each in told((org, outcome.entries[org.code].result.findings) for org in outcome.made):
        say(
            f"[{each.level} {each.code}] "
            f"{len(each.organisations)}份共{each.times}处（{_names(each.organisations)}），如："
            f"{each.message}"
        )
    for group in grouped((org, outcome.entries[org.code].result) for org in outcome.failed):
        say(f"没有做成：{group}")
    for path in outcome.edited:
        say_edited(path)
    edited = [
        org for org in outcome.planned.organisations if outcome.needs[org.code] is Need.EDITED
    ]
    if edited:
        say(
            f"{len(edited)}份报告被人改过，内容没有变化，没有动：{_names(edited)}。要重做请加 "
            "--fresh。"
        )
    if outcome.changed_meanwhile:
        say(
            "注意：工作簿在运行期间被改过，这一批用的是开始时的内容。请再运行一次，"
            "只会重做有变化的。"
        )
    same = sum(need is Need.CURRENT for need in outcome.needs.values())
    say(
        f"做好{len(outcome.made)}份，没有做成{len(outcome.failed)}份，没有变化{same}份"
        + _left(outcome.left)
    )
    if made.note:
        say(f"注意：{made.note}")
    say(f"汇总：{shown(made.summary, here)}")
    if made.zip:
        say(f"下发：{shown(made.zip, here)}")


def tell_json(made: BatchResult) -> None:
    """As one JSON object."""
    outcome = made.outcome
    say_json(
        {
            "ok": not imperfect(made),
            "folder": str(outcome.planned.folder),
            "made": [org.code for org in outcome.made],
            "failed": [_failed(org, made) for org in outcome.failed],
            "left": [org.code for org in outcome.left],
            "unchanged": sum(need is Need.CURRENT for need in outcome.needs.values()),
            "edited": [code for code, need in outcome.needs.items() if need is Need.EDITED],
            "edits_kept": [str(path) for path in outcome.edited],
            "changed_meanwhile": outcome.changed_meanwhile,
            "files": {"summary": str(made.summary), "zip": str(made.zip) if made.zip else None},
            "remarks": [finding.as_json() for finding in outcome.planned.remarks],
        }
    )


def _failed(org: Organisation, made: BatchResult) -> dict[str, Any]:
    entry = made.outcome.entries[org.code]
    result = entry.result
    findings = [finding.as_json() for finding in result.findings]
    return {
        "org": org.code,
        "name": org.name,
        "cause": result.cause,
        "message": result.message,
        "attempts": entry.attempts,
        "findings": findings,
    }


def _names(organisations: Any) -> str:
    names = [org.name for org in organisations]
    return "、".join(names[:MOST_NAMED]) + (f"等{len(names)}个" if len(names) > MOST_NAMED else "")


def _left(left: tuple[Organisation, ...]) -> str:
    return f"，还有{len(left)}份没有做" if left else ""
