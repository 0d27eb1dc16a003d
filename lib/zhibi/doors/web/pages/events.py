"""The one channel: how every job stands, and which of the files a page looks at were saved anew."""

from __future__ import annotations

import asyncio
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tornado.iostream import StreamClosedError

from zhibi.doors.web.pages.base import PageHandler
from zhibi.doors.web.work import listing

LOOK_S = 0.1
SETTLED_S = 0.1  # a file that stayed the same for so long has been written
ALIVE_S = 15.0
MOST_WATCHED = 20
LONGEST_SAVE = 100  # looks at a file that is being written


class Events(PageHandler):
    """Server-sent events.

    A browser connects again by itself, and is told first how everything stands.
    """

    async def get(self) -> None:
        """Until the page is closed."""
        self.set_header("Content-Type", "text/event-stream; charset=utf-8")
        self.set_header("X-Accel-Buffering", "no")
        watched = [
            path
            for name in self.get_arguments("watch")[:MOST_WATCHED]
            if (path := self._inside(name))
        ]
        saved = {path: _saved(path) for path in watched}
        with self.workshop.listen() as listener:
            try:
                await self._send("jobs", listener.first)
                quiet = 0.0
                while True:
                    job = await listener.next(LOOK_S)
                    if job is not None:
                        await self._send("job", job)
                    quiet = 0.0 if job is not None else quiet + LOOK_S
                    for path in watched:
                        now = _saved(path)
                        if now != saved[path]:
                            saved[path] = await _written(path, now)
                            await self._send(
                                "saved", {"path": path.relative_to(self.root).as_posix()}
                            )
                    if quiet > ALIVE_S:
                        quiet = 0.0
                        await self._send("alive", {})
            except StreamClosedError:
                return

    async def _send(self, event: str, value: Mapping[str, Any] | list[Any]) -> None:
        self.write(f"event: {event}\ndata: {json.dumps(value, ensure_ascii=False)}\n\n")
        await self.flush()

    def _inside(self, name: str) -> Path | None:
        try:
            path = (self.root / name).resolve()
        except (OSError, ValueError):
            return None
        return path if path.is_relative_to(self.root) else None


class Stop(PageHandler):
    """A job is to stop."""

    async def post(self) -> None:
        """Ask it to."""
        await self.workshop.stop(self.said("key"))
        self.finish({})


async def _written(path: Path, now: tuple[int, int]) -> tuple[int, int]:
    """What tells that a file was saved, once it has been written to its end; not waited for long."""
    for _ in range(LONGEST_SAVE):
        await asyncio.sleep(SETTLED_S)
        before, now = now, _saved(path)
        if now == before and _whole(path):
            break
    return now


def _whole(path: Path) -> bool:
    """Whether a workbook has its end: what is being written by Excel, or copied, has none yet."""
    if path.suffix.lower() not in listing.KINDS or path.is_dir():
        return True
    try:
        return zipfile.is_zipfile(path)
    except OSError:
        return False


def _saved(path: Path) -> tuple[int, int]:
    """What tells that a file was saved: nothing of a file that is being written and is not there for a moment."""
    try:
        stat = path.stat()
    except OSError:
        return 0, 0
    return stat.st_mtime_ns, stat.st_size
