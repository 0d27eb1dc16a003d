"""Whatever happens inside -> an exit code and words: the one place where everything is caught.

0 fine · 1 findings of level 错误 · 2 wrong input · 3 our bug (with a log path) · 130 interrupted.
"""

from __future__ import annotations

import atexit
import contextlib
import errno
import json
import os
import re
import sys
import tempfile
import traceback
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import typer

from gongwen.errors import ReportError
from gongwen.findings import Finding, errors_in
from zhibi.doors.cli.console import usage
from zhibi.workspace.address import address, discreet, is_address

FIRST_YEAR = 1980  # no file in a zip can be older, so neither can a Word document
FINE, FINDINGS, WRONG_INPUT, OUR_BUG, INTERRUPTED = 0, 1, 2, 3, 130
_NO_MEMORY = (
    "内存不够，没有做完，已有的文件没有改动。请关掉别的程序，或者放宽内存的限制（ulimit -v）。"
)
_NO_ROOM = re.compile(
    "failed to map segment|[Cc]annot allocate memory|can't start new thread"
    "|error return without exception set"  # of libraries in C that lose a MemoryError
)
# typer carries its own click, and of its errors makes only one public: all usage errors are its kin
UsageError: type[Exception] = typer.BadParameter.__mro__[1]


def at_the_door(command: Any, words: Sequence[str]) -> int:
    """Run a command with what was typed; never a traceback."""
    _print_anything()
    as_json = "--json" in words
    year = datetime.now().astimezone().year
    if year < FIRST_YEAR:
        _fail(as_json, f"电脑的时钟是{year}年，文件和公文都会写错日期。请先校准时间。", (), "Clock")
        return WRONG_INPUT
    try:
        code = command.main(args=list(words), prog_name="zhibi", standalone_mode=False)
    except ReportError as trouble:
        _fail(as_json, str(trouble), getattr(trouble, "findings", ()), type(trouble).__name__)
        return trouble.exit_code
    except UsageError as trouble:
        _fail(as_json, usage.sentence(trouble), (), "UsageError")
        return WRONG_INPUT
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except BrokenPipeError:  # the reader of our output left (| head)
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  # for the interpreter's last flush
        return FINE
    except Exception as trouble:  # noqa: BLE001  # the door: nothing passes it
        return _unforeseen(trouble, as_json=as_json)
    if code == INTERRUPTED:  # typer also returns it as a code of its own
        _fail(as_json, "已中断，没有改动已有的文件。", (), "Interrupted")
    return code if isinstance(code, int) else FINE


def _unforeseen(trouble: Exception, *, as_json: bool) -> int:
    """A machine without memory is not our bug; everything else is, and is written down."""
    if _out_of_memory(trouble):
        trouble.__traceback__ = None  # what its frames hold is room to tell it
        _tell_no_memory(as_json=as_json)
        return WRONG_INPUT
    try:
        trace = log("".join(traceback.format_exception(trouble)))
    except MemoryError:  # then that was the trouble, whatever a library called it
        _tell_no_memory(as_json=as_json)
        return WRONG_INPUT
    _fail(as_json, f"程序内部出错，不是您的问题。请把这个文件发给维护者：{trace}", (), "Bug")
    return OUR_BUG


def _tell_no_memory(*, as_json: bool) -> None:
    """The sentence, and an end at once: half loaded libraries crash when they are taken down."""
    if as_json:
        _fail(as_json, _NO_MEMORY, (), "Memory")
    else:
        print(_NO_MEMORY, file=sys.stderr)  # noqa: T201  # the door may speak
    sys.stdout.flush()
    sys.stderr.flush()
    atexit.register(os._exit, WRONG_INPUT)


def _out_of_memory(trouble: BaseException | None) -> bool:
    """True of whatever Python, the loader of libraries or the system say where there is no room left."""
    while trouble is not None:
        short = isinstance(trouble, OSError) and trouble.errno == errno.ENOMEM
        if short or isinstance(trouble, MemoryError) or _NO_ROOM.search(str(trouble)):
            return True
        trouble = trouble.__cause__ or trouble.__context__
    return False


def source(place: str) -> str:
    """What was typed as the place of the data, without a password.

    A password goes where the database driver looks for one (PGPASSWORD, which the notebook's
    process inherits), so that no parameter, record or message can hold it.
    """
    if not is_address(place):
        return place
    where = address(place)
    if where.password is not None:
        os.environ["PGPASSWORD"] = where.password
    return where.url


def verdict(findings: Iterable[Finding]) -> int:
    """The exit code that findings call for: warnings and notes are told, only errors count."""
    return FINDINGS if errors_in(findings) else FINE


def say(text: str) -> None:
    """One line to whoever reads our output."""
    print(discreet(text))  # noqa: T201  # the door may speak


def say_as_is(text: str) -> None:
    """Words of ours that show how numbers are written: no number in them is anybody's."""
    print(text)  # noqa: T201  # the door may speak


def complain(text: str) -> None:
    """One line beside our output, so that what reads the output is not disturbed."""
    print(discreet(text), file=sys.stderr)  # noqa: T201  # the door may speak


def say_edited(copy: Path) -> None:
    """That a file which people had changed was made again, and where their text is."""
    name = f"{copy.stem.partition('-改动稿-')[0]}{copy.suffix}"
    say(f"原来的{name}被人改过（或不是本程序写的），重做前留了一份：{shown(copy, Path.cwd())}")


def say_json(value: object) -> None:
    """One JSON object; plain ASCII where the console could not show Chinese."""
    plain = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    print(json.dumps(value, ensure_ascii=plain, indent=2, default=str))  # noqa: T201  # as above


def shown(path: Path, here: Path) -> str:
    """A path as short as it can be typed from here."""
    return discreet(str(path.relative_to(here)) if path.is_relative_to(here) else str(path))


def _fail(as_json: bool, message: str, findings: Iterable[Finding], kind: str) -> None:
    if as_json:
        error = {"kind": kind, "message": discreet(message)}
        say_json(
            {"ok": False, "error": error, "findings": [finding.as_json() for finding in findings]}
        )
    else:
        complain(message)


def log(trace: str) -> Path:
    """Write down the bug where the user can find it."""
    now = datetime.now().astimezone()
    name = f"zhibi-{now:%Y-%m-%d}T{now:%H%M}P{os.getpid()}.log"  # no run of digits to be masked
    path = Path(tempfile.gettempdir()) / name
    with contextlib.suppress(OSError):
        path.write_text(discreet(f"{' '.join(sys.argv)}\n\n{trace}"), encoding="utf-8")
    return path


def _print_anything() -> None:
    """A console that cannot show a character shows ? instead of stopping the program."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
