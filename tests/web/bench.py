"""A workbench that runs -> requests to it without a browser."""

from __future__ import annotations

import json
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import requests


@dataclass
class Bench:
    address: str
    root: Path
    process: subprocess.Popen[bytes]
    session: requests.Session = field(default_factory=requests.Session)

    def __post_init__(self) -> None:
        self.session.trust_env = False
        self.session.get(self.address, timeout=60)  # the token becomes a cookie, as in a browser

    @property
    def token(self) -> str:
        return parse_qs(urlsplit(self.address).query)["token"][0]

    def url(self, path: str) -> str:
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}/zhibi{path}"

    @property
    def xsrf(self) -> dict[str, str]:
        return {"X-XSRFToken": self.session.cookies["_xsrf"], "X-Piece": "1"}

    def get(self, page: str, /, **query: str) -> requests.Response:
        return self.session.get(self.url(page), params=query, timeout=120)

    def post(self, page: str, /, **fields: object) -> requests.Response:
        return self.session.post(self.url(page), data=fields, headers=self.xsrf, timeout=120)

    def upload(
        self, name: str, content: bytes, into: str = "data", **headers: str
    ) -> requests.Response:
        return self.session.post(
            self.url("/upload"),
            params={"into": into, "name": name},
            data=content,
            headers={**self.xsrf, **headers},
            timeout=120,
        )

    def job(self, key: str, seconds: float = 280) -> dict:
        """How a job ended, heard through the channel."""
        until = time.monotonic() + seconds
        with self.session.get(self.url("/events"), stream=True, timeout=seconds) as channel:
            event = ""
            for line in channel.iter_lines(decode_unicode=True):
                assert time.monotonic() < until
                if line.startswith("event: "):
                    event = line.removeprefix("event: ")
                elif line.startswith("data: "):
                    told = json.loads(line.removeprefix("data: "))
                    jobs = told if event == "jobs" else [told]
                    for job in jobs:
                        if job.get("key") == key and job["ended"]:
                            return job
        raise AssertionError(key)
