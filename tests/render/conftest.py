"""All measured documents, rendered once a session."""

from __future__ import annotations

from pathlib import Path

import pytest
from measured import ALL
from office import Sheet, convert, missing, sheets

from gongwen import profile
from gongwen.writer.write import write


@pytest.fixture(scope="session")
def pdfs(tmp_path_factory) -> dict[str, Path]:
    """Every document of `measured` as PDF, by name."""
    if lacking := missing():
        pytest.skip(lacking)
    classic = profile.load("classic", [profile.packaged_templates()])
    files = {name: write(document, classic) for name, document in ALL.items()}
    files["reviewed"] = write(ALL["ladder"], classic, review=True)
    return convert(files, tmp_path_factory.mktemp("rendered"))


@pytest.fixture(scope="session")
def rendered(pdfs) -> dict[str, list[Sheet]]:
    """The same documents as measured pages."""
    return {name: sheets(pdf) for name, pdf in pdfs.items()}
