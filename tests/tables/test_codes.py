"""Every code the reader can print is on the published list, and the list names no others."""

from __future__ import annotations

import re
from pathlib import Path

import zhibi.data
from zhibi.data.checking.codes import CODES


def test_the_list_of_codes_is_complete() -> None:
    sources = [
        path for path in Path(zhibi.data.__file__).parent.rglob("*.py") if path.name != "codes.py"
    ]
    sources.append(Path(zhibi.data.__file__).parents[1] / "doors/cli/data/checking.py")
    used = {
        code for path in sources for code in re.findall(r'"([BMTV]\d\d)"', path.read_text("utf-8"))
    }
    assert used == set(CODES)
