"""The one channel: how every job stands, and which of the files a page looks at were saved anew."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tornado.iostream import StreamClosedError

from zhibi.doors.web.pages.base import Page

LOOK_S = 0.3
ALIVE_S = 15.0
MOST_WATCHED = 20


class Events(Page):
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
                            await asyncio.sleep(LOOK_S)
                            saved[path] = _saved(path)
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


class Stop(Page):
    """A job is to stop."""

    async def post(self) -> None:
        """Ask it to."""
        await self.workshop.stop(self.said("key"))
        self.finish({})


def _saved(path: Path) -> tuple[int, int]:
    """What tells that a file was saved: nothing of a file that is being written and is not there for a moment."""
    try:
        stat = path.stat()
    except OSError:
        return 0, 0
    return stat.st_mtime_ns, stat.st_size
