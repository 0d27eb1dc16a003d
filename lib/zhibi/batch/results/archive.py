"""The documents of a batch -> one zip to send out.

A folder for each superior, a name anyone can read for each file.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from gongwen import atomic_files
from zhibi.batch.planning.plan import apart
from zhibi.batch.run import BatchOutcome
from zhibi.domain import Organisation
from zhibi.report import outputs

TOP = "没有上级的"
_EPOCH = (1980, 1, 1, 0, 0, 0)


def names(title: str, organisations: Iterable[Organisation]) -> dict[str, str]:
    """Where each document lies in the zip.

    Names that are equal, be it but for case, are told apart by a number.
    """
    listed = tuple(organisations)
    plain = (
        f"{_folder(org)}/{atomic_files.safe_name(f'{title}-{org.name or org.code}')}.docx"
        for org in listed
    )
    return {org.code: name for org, name in zip(listed, apart(plain), strict=True)}


def save(outcome: BatchOutcome) -> Path | None:
    """Put the zip in place, whole; None if there is no document.

    A document that people worked on goes as it is.
    """
    planned = outcome.planned
    done = [
        org
        for org in planned.organisations
        if org.code in outcome.entries and outcome.entries[org.code].result.done
    ]
    present = [org for org in done if (planned.folders[org.code] / outputs.REPORT).is_file()]
    if not present:
        return None
    target = planned.folder / f"{atomic_files.safe_name(planned.title)}.zip"
    with atomic_files.blocked(target):
        _write(
            target,
            {
                inside: planned.folders[code]
                for code, inside in names(planned.title, present).items()
            },
        )
    return target


def _write(target: Path, folders: Mapping[str, Path]) -> None:
    """The zip beside its place, then in it."""
    with (
        atomic_files.opened(target) as file,
        zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive,
    ):
        for inside, folder in folders.items():
            content = (folder / outputs.REPORT).read_bytes()
            archive.writestr(zipfile.ZipInfo(inside, _EPOCH), content)


def _folder(org: Organisation) -> str:
    return atomic_files.safe_name(org.superior or TOP)
