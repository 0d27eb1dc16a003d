"""Pieces of long work -> what each tab of each browser is told of them, through one channel that survives a reload."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

from zhibi.doors.web.work.process import Answer, Process

MOST_REMEMBERED = 200


class Lane(StrEnum):
    """A process of its own for each kind of work, so that a batch keeps nobody from looking something up."""

    DESK = "desk"
    REPORT = "report"
    BATCH = "batch"


@dataclass
class Job:
    """One piece of long work.

    `key` is what it is about: asked for twice at a time it is done once.
    """

    number: int
    key: str
    title: str
    state: str = "等待"
    progress: Mapping[str, Any] = field(default_factory=dict)
    answer: Answer = field(default_factory=dict)
    task: asyncio.Task[None] | None = None

    @property
    def ended(self) -> bool:
        """Whether it is over, well or not."""
        return self.state in {"完成", "没有做成", "已停止"}

    def shown(self) -> dict[str, Any]:
        """What a browser is told."""
        state = {"number": self.number, "key": self.key, "title": self.title, "state": self.state}
        made = {
            "says": self.answer.get("trouble", ""),
            "folder": self.answer.get("folder", ""),
            "note": self.answer.get("note", ""),
        }
        return {**state, **made, "progress": dict(self.progress), "ended": self.ended}


class Workshop:
    """The processes of one workspace and the jobs they do."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._processes = {lane: Process(root, lane) for lane in Lane}
        self._jobs: dict[str, Job] = {}
        self._numbers = itertools.count(1)
        self._listeners: set[asyncio.Queue[dict[str, Any]]] = set()
        self._warming: list[asyncio.Task[None]] = []

    def warm(self) -> None:
        """Start what will be asked first."""
        lanes = (Lane.DESK, Lane.REPORT)
        self._warming = [asyncio.create_task(self._processes[lane].warm()) for lane in lanes]

    async def ask(self, action: str, lane: Lane = Lane.DESK, /, **arguments: Any) -> Answer:
        """Something quick, or what nobody else should wait for in a lane of its own: the answer is awaited."""
        return await self._processes[lane].perform(action, arguments, lambda _: None)

    def free(self, lane: Lane) -> Lane:
        """The lane itself if nothing is done there now, else the one for quick questions."""
        return Lane.DESK if self._processes[lane].busy else lane

    def begin(self, lane: Lane, key: str, title: str, action: str, **arguments: Any) -> Job:
        """Something long: a job that goes on by itself.

        One of this key that is under way already is given back.
        """
        known = self._jobs.get(key)
        if known is not None and not known.ended:
            return known
        job = Job(next(self._numbers), key, title)
        self._jobs.pop(key, None)
        self._jobs[key] = job
        for old in list(self._jobs)[:-MOST_REMEMBERED]:
            del self._jobs[old]
        job.task = asyncio.create_task(self._done(job, lane, action, arguments))
        self._tell(job)
        return job

    def job(self, key: str) -> Job | None:
        """The last job of this key."""
        return self._jobs.get(key)

    def answer_of(self, folder: str) -> Answer:
        """What the last job told that made something in a folder; empty if none did."""
        made = (job.answer for job in reversed(self._jobs.values()))
        return next((each for each in made if folder and each.get("folder") == folder), {})

    async def stop(self, key: str) -> None:
        """Stop a job that is under way."""
        job = self._jobs.get(key)
        if job is None or job.ended:
            return
        if job.state == "等待" and job.task is not None:  # its turn has not come
            job.task.cancel()
            job.state, job.answer = "已停止", {"stopped": True, "trouble": "已停止，还没有开始做。"}
            self._tell(job)
            return
        lane = Lane.BATCH if key.startswith("batch:") else Lane.REPORT
        await self._processes[lane].stop()

    def listen(self) -> Listener:
        """What happens from now on, beginning with how everything stands."""
        return Listener(self._listeners, [job.shown() for job in self._jobs.values()])

    async def close(self) -> None:
        """End every process."""
        for process in self._processes.values():
            await process.end()

    async def _done(self, job: Job, lane: Lane, action: str, arguments: Mapping[str, Any]) -> None:
        def told(progress: Mapping[str, Any]) -> None:
            job.state, job.progress = "进行中", progress
            self._tell(job)

        answer = await self._processes[lane].perform(action, arguments, told)
        job.answer = answer
        job.state = (
            "已停止" if answer.get("stopped") else "没有做成" if "trouble" in answer else "完成"
        )
        self._tell(job)

    def _tell(self, job: Job) -> None:
        for listener in self._listeners:
            listener.put_nowait(job.shown())


class Listener:
    """One open page: a queue that is fed while the page is open."""

    def __init__(
        self, listeners: set[asyncio.Queue[dict[str, Any]]], first: list[dict[str, Any]]
    ) -> None:
        self._listeners, self.first = listeners, first
        self._queue: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    def __enter__(self) -> Self:
        self._listeners.add(self._queue)
        return self

    def __exit__(self, *_: object) -> None:
        self._listeners.discard(self._queue)

    async def next(self, seconds: float) -> dict[str, Any] | None:
        """The next thing that happens; None if nothing does in so many seconds."""
        try:
            return await asyncio.wait_for(self._queue.get(), seconds)
        except TimeoutError:
            return None
