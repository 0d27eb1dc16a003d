"""Lines of JSON that ask for an action -> lines of JSON that answer.

A door: whatever happens inside is one sentence.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import traceback
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from zhibi.startup import hooks
from zhibi.startup.threads import QUIET

ACTIONS = {
    "list_reports": "reports:listed",
    "parameters": "reports:parameters",
    "run_report": "reports:run",
    "new_report": "reports:new",
    "trace": "figures:trace",
    "check_data": "files:check_data",
    "check_document": "files:check_document",
    "faults": "files:faults",
}


def main() -> None:
    """Answer until nobody asks any more."""
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)
    hooks.on()
    asked, answers = _channel()
    root = Path.cwd()
    import_module("zhibi.doors.mcp.desk.guard").up(root)
    for line in asked:
        request = json.loads(line)
        said = answer(root, request["action"], request["arguments"])
        answers.write(json.dumps(said, ensure_ascii=False, default=str).encode() + b"\n")
        answers.flush()


def answer(root: Path, action: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """What an action gives, masked; or why it gives nothing."""
    from gongwen.errors import ReportError  # noqa: PLC0415  # after the threads are told to keep away
    from zhibi.doors.cli.console.exit import log  # noqa: PLC0415
    from zhibi.doors.mcp.desk.masking import NameMask  # noqa: PLC0415

    module, _, name = ACTIONS[action].partition(":")
    masking = NameMask(root)
    try:
        does = getattr(import_module(f"zhibi.doors.mcp.desk.{module}"), name)
        answer_given: dict[str, Any] = {"ok": True, **does(root, **arguments)}
    except ReportError as trouble:
        findings = [finding.as_json() for finding in getattr(trouble, "findings", ())]
        answer_given = {"ok": False, "trouble": str(trouble), "findings": findings[:50]}
    except Exception:  # noqa: BLE001  # the door: nothing passes it
        log(traceback.format_exc())
        answer_given = {"ok": False, "trouble": "程序内部出错，没有做成；经过记在本机的日志里。"}
    masked: dict[str, Any] = masking.of(answer_given)
    return masked


def _channel() -> tuple[BinaryIO, BinaryIO]:
    """Where it is asked and where it answers; what anybody else prints goes to the log."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    asked = os.fdopen(os.dup(0), "rb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    sys.stdout = sys.stderr
    return asked, answers


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        main()
