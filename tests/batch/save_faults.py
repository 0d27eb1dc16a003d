"""Saves of every kind, a fault at every system call of each -> the folders that were not one whole set afterwards.

python tests/batch/save_faults.py            all faults at all calls (minutes)
python tests/batch/save_faults.py --some 7   one in ten, drawn with this seed
"""

from __future__ import annotations

import argparse
import contextlib
import random
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import system_calls
from system_calls import Fault

from gongwen import atomic_files

OLD = {"报告.docx": b"old" * 5000, "数据出处.xlsx": b"old rows", "run.json": b"old record"}
NEW = {"报告.docx": b"new" * 5000, "数据出处.xlsx": b"new rows", "run.json": b"new record"}
HERS = {"报告-改动稿-1.docx": b"by hand", "备忘.txt": b"hers"}
STALE = {"出错.ipynb": b"of an older run"}
MANY = {f"{number:02} 党支部.xlsx": b"rows of one" * 9 for number in range(20)}


@dataclass(frozen=True)
class Saving:
    """A save: what lies in the folder before it, what is saved, and what must lie there afterwards."""

    name: str
    before: dict[str, bytes]
    new: dict[str, bytes]
    after: dict[str, bytes]
    folders: bool = (
        False  # another folder lies in it: it cannot be exchanged, and is whole only after a sweep
    )


SAVINGS = (
    Saving("a new folder", {}, NEW, NEW),
    Saving("over an older set", OLD, NEW, NEW),
    Saving("beside files of hers", {**OLD, **HERS, **STALE}, NEW, {**NEW, **HERS}),
    Saving("many into an empty folder", {}, MANY, MANY),
    Saving("one file", OLD, {"汇总.xlsx": b"sums"}, {**OLD, "汇总.xlsx": b"sums"}),
    Saving("one over its older self", OLD, {"run.json": b"new"}, {**OLD, "run.json": b"new"}),
    Saving("among folders", {**OLD, **HERS, **STALE}, NEW, {**NEW, **HERS}, folders=True),
)


def files(folder: Path) -> dict[str, bytes]:
    """What a person sees in the folder."""
    if not folder.is_dir():
        return {}
    seen = [path for path in folder.iterdir() if path.is_file() and path.name[0] != "."]
    return {path.name: path.read_bytes() for path in seen}


@contextlib.contextmanager
def laid_out(saving: Saving) -> Iterator[tuple[Path, Path, Callable[[], object]]]:
    """A disk as it is before a save: its root, the folder, and the save."""
    root = Path(tempfile.mkdtemp())
    folder = root / "outputs/B001"
    if saving.before:
        atomic_files.save(folder, saving.before)
    if saving.folders:
        (folder / "a folder").mkdir()
    stale = tuple(STALE)
    try:
        yield root, folder, lambda: atomic_files.save(folder, saving.new, without=stale)
    finally:
        shutil.rmtree(root)


def calls(saving: Saving) -> int:
    """How many system calls a save makes when nothing befalls it."""
    with laid_out(saving) as (_root, _folder, save):
        return system_calls.run(save).calls


def trouble(saving: Saving, fault: Fault, at: int) -> list[str]:
    """What is wrong after a save whose call number `at` was hit; nothing, if all is well."""
    found = []
    with laid_out(saving) as (root, folder, save):
        run = system_calls.run(save, fault, at)
        whole = (saving.before, saving.after)
        if files(folder) not in whole and not saving.folders:
            found.append(f"a mixed set: {sorted(files(folder))}")
        if run.returned and files(folder) != saving.after:
            found.append("it said that all was well")
        atomic_files.sweep(folder)
        if files(folder) not in whole:
            found.append(f"a mixed set after the sweep: {sorted(files(folder))}")
        save()
        if files(folder) != saving.after:
            found.append("the next save did not make up for it")
        found += [f"left: {path.relative_to(root)}" for path in root.rglob(".zhibi-*")]
    return [f"{saving.name}, {run.hit} (call {at}), {fault}: {each}" for each in found]


def every(savings: tuple[Saving, ...] = SAVINGS) -> list[tuple[Saving, Fault, int]]:
    """Every fault at every call of every save."""
    faults = [fault for fault in Fault if fault is not Fault.NONE]
    numbered = [(saving, at) for saving in savings for at in range(1, calls(saving) + 1)]
    return [(saving, fault, at) for saving, at in numbered for fault in faults]


def main() -> int:
    """Try, and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--some", type=int, default=None, metavar="SEED")
    seed = parser.parse_args().some
    tries = every()
    if seed is not None:
        tries = random.Random(seed).sample(tries, len(tries) // 10)  # no secret
    wrong = [line for each in tries for line in trouble(*each)]
    sys.stdout.write("\n".join([*wrong, f"{len(tries)} tried, {len(wrong)} wrong", ""]))
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
