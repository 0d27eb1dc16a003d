"""Lines of JSON that ask for an action -> lines of JSON that answer.

Everything is imported once and stays.

This is a door as the command line is: whatever happens inside comes out as one Chinese sentence.
"""

from __future__ import annotations

import contextlib
import errno
import gc
import io
import json
import os
import sys
import traceback
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from zhibi.startup import hooks
from zhibi.startup.threads import quieten

ACTIONS = {
    "data.check": "workbooks.data:check",
    "data.mark": "workbooks.data:mark",
    "data.repairs": "workbooks.repairs:offered",
    "data.mend": "workbooks.repairs:mend",
    "data.import": "workbooks.intake:imported",
    "report.types": "reports.types:listed",
    "report.form": "reports.form:form",
    "report.make": "reports.report:make",
    "report.shown": "reports.report:shown",
    "report.printed": "reports.report:pdf",
    "report.rows": "reports.own_rows:write",
    "report.names": "reports.names:names",
    "trace.figure": "reports.trace:figure",
    "trace.row": "reports.trace:row",
    "batch.standing": "batch:standing",
    "batch.make": "batch:make",
    "manuscript.check": "manuscript:check",
    "manuscript.repair": "manuscript:mend",
    "manuscript.format": "manuscript:lay_out",
    "edited.compare": "edited:compare",
    "edited.keep": "edited:keep",
    "types.new": "reports.types:new",
    "types.old": "reports.types:after_old",
    "types.profile": "reports.types:profile",
    "workspace.new": "reports.types:workspace",
}
NO_ROOM = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)
WARM_UP = (
    "zhibi.doors.web.desk.workbooks.data",
    "zhibi.doors.web.desk.reports.report",
    "zhibi.doors.web.desk.reports.trace",
)


def main() -> None:
    """Answer until nobody asks any more."""
    quieten()
    hooks.on()
    asked, answers = _channel()
    for module in WARM_UP:
        import_module(module)
    if sys.argv[1:] == ["report"]:
        import_module("zhibi.warm_up.rehearsal").rehearse()
    gc.freeze()  # no answer waits while what is imported is looked through
    hooks.collect_as_usual()
    for line in asked:
        request = json.loads(line)
        _say(
            answers,
            answer(
                request["action"],
                request["arguments"],
                lambda progress: _say(answers, {"progress": progress}),
            ),
        )
        gc.collect()  # frames hold each other; while nobody waits is the time to let go of them


def answer(action: str, arguments: Mapping[str, Any], progress: Any) -> dict[str, Any]:
    """What an action gives, or why it gives nothing."""
    from gongwen.errors import ReportError  # noqa: PLC0415  # after the threads are told to keep away
    from zhibi.doors.cli.console.exit import log  # noqa: PLC0415

    module, _, name = ACTIONS[action].partition(":")
    root = Path.cwd()
    try:
        does = getattr(import_module(f"zhibi.doors.web.desk.{module}"), name)
        result: dict[str, Any] = does(root, progress=progress, **arguments)
    except ReportError as trouble:
        findings = [finding.as_json() for finding in getattr(trouble, "findings", ())]
        stopped = trouble.exit_code == 130  # noqa: PLR2004  # as a command that was interrupted
        return {
            "trouble": str(trouble),
            "findings": findings,
            "kind": type(trouble).__name__,
            "stopped": stopped,
        }
    except KeyboardInterrupt:
        return {"trouble": "已停止，没有改动已有的文件。", "stopped": True}
    except Exception as trouble:  # noqa: BLE001  # the door: nothing passes it
        if isinstance(trouble, OSError) and trouble.errno in NO_ROOM:
            message = f"写不下（{trouble.strerror}）。请清理磁盘再试，已有的文件没有改动。"
            return {"trouble": message, "kind": "NoRoom"}
        message = (
            f"程序内部出错，不是您的问题。请把这个文件发给维护者：{log(traceback.format_exc())}"
        )
        return {"trouble": message, "kind": "Bug"}
    return result


def _channel() -> tuple[BinaryIO, BinaryIO]:
    """Where it is asked and where it answers; what anybody else prints goes to the log."""
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    sys.stdout = io.TextIOWrapper(
        os.fdopen(os.dup(2), "wb", buffering=0), "utf-8", write_through=True
    )
    asked = os.fdopen(os.dup(0), "rb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    return asked, answers


def _say(answers: BinaryIO, value: Mapping[str, Any]) -> None:
    text = json.dumps(value, ensure_ascii=False, default=str).encode("utf-8", "replace") + b"\n"
    view = memoryview(text)
    while view:
        view = view[answers.write(view) :]


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):  # stopped before it could listen
        main()
