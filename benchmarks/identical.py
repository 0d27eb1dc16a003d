"""N branches, each run by the engine zhibi and by plain papermill -> whether the Word files are the same to the byte.

    python benchmarks/identical.py N [--workers 2] [--folder FOLDER]

Prints each difference and a last line with the count; the exit code is 1 if there was one. With --folder what is done is
not done again when the program is started anew.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import os
import sys
import tempfile
import zipfile
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import places

from zhibi.doors.nbconvert import GongwenExporter
from zhibi.engines import Papermill, Zhibi, prove
from zhibi.notebook import file as notebook


def word(engine: Papermill | Zhibi, place: Path, code: str) -> dict[str, str]:
    """The parts of the Word file that a run of the notebook makes, each as its hash."""
    source = notebook.read(place / f"notebooks/{places.REPORT}.ipynb")
    executed = prove(engine.run(source, places.parameters(code), cwd=place), code)
    made, _ = GongwenExporter().from_notebook_node(
        executed, {"metadata": {"name": code, "path": str(place)}}
    )
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        return {name: hashlib.sha256(package.read(name)).hexdigest() for name in package.namelist()}


def compare(place: Path, code: str) -> tuple[str, list[str]]:
    """Names of the parts that differ."""
    ours, theirs = word(Zhibi(), place, code), word(Papermill(), place, code)
    return code, sorted(
        name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name)
    )


def main() -> int:
    parser = argparse.ArgumentParser(description="Are the documents of both engines identical?")
    parser.add_argument("reports", type=int)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = (options.folder or Path(temporary)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        place, codes = places.workspace(folder, options.reports)
        log = folder / f"identical-{options.reports}.jsonl"
        lines = [json.loads(line) for line in log.read_text().splitlines()] if log.is_file() else []
        known: dict[str, list[str]] = dict(lines)
        waiting = [code for code in codes if code not in known]
        with (
            ProcessPoolExecutor(options.workers, get_context("spawn")) as pool,
            log.open("a") as file,
        ):
            for code, differ in pool.map(compare, [place] * len(waiting), waiting):
                known[code] = differ
                file.write(json.dumps([code, differ]) + "\n")
                file.flush()
                if differ:
                    print(f"{code}: {', '.join(differ)}", flush=True)
    unlike = sum(bool(differ) for differ in known.values())
    print(f"{len(known)} reports, {unlike} unlike")
    return int(bool(unlike))


if __name__ == "__main__":
    sys.exit(main())
