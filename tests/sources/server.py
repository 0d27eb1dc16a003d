"""A real PostgreSQL server for the tests: its own folder, its own socket, thrown away afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

PASSWORD = "p@ss/w;rd'#1"


@dataclass(frozen=True)
class Server:
    folder: Path

    def url(self, database: str, *, password: str = "") -> str:
        user = f"zhibi:{password}" if password else "zhibi"
        return f"postgresql://{user}@/{database}?host={self.folder}"


def engine(url: str) -> sa.Engine:
    """A door of our own, not the product's."""
    return sa.create_engine(
        sa.make_url(url).set(drivername="postgresql+psycopg", password=PASSWORD),
        poolclass=sa.NullPool,
    )


def binaries() -> Path | None:
    """Where initdb and pg_ctl are: on the path, or where Debian keeps them."""
    places = [*Path("/usr/lib/postgresql").glob("*/bin"), Path("/usr/local/bin"), Path("/usr/bin")]
    return next(
        (place for place in places if (place / "initdb").exists() and (place / "pg_ctl").exists()),
        None,
    )


def owner() -> str | None:
    """An unprivileged user to run as, where the tests run as root, whom the server refuses."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


@contextmanager
def running(place: Path) -> Iterator[Server]:
    user = owner()
    folder = Path(tempfile.mkdtemp(prefix="zhibi-pg-"))
    secret = folder / "secret"
    secret.write_text(PASSWORD)
    if user:
        for path in (folder, secret):
            shutil.chown(path, user)
    data = folder / "data"

    def call(*words: str) -> None:
        subprocess.run(words, check=True, capture_output=True, user=user, cwd=folder, timeout=60)

    told = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
    call(
        str(place / "initdb"), "-D", str(data), "-U", "zhibi", "-A", "scram-sha-256", "--pwfile", str(secret),
        "-E", "UTF8", "--locale", "C", "--no-sync",
    )  # fmt: skip
    call(
        str(place / "pg_ctl"), "-D", str(data), "-l", str(folder / "log"), "-o", told, "-w", "start"
    )
    try:
        yield Server(folder)
    finally:
        call(str(place / "pg_ctl"), "-D", str(data), "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder)
