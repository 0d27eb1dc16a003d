"""Any name -> a name that is one folder on every system."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200b-\u200f\u2028-\u202e\ufeff]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)
_LONGEST_BYTES = 120  # most file systems allow 255; a full Windows path only 260 characters


def folder(root: Path, *names: str) -> Path:
    """A folder below `root`, one level a name, whatever the names hold."""
    return root.joinpath(*(safe_name(name) for name in names))


def safe_name(name: str) -> str:
    """A name that is one folder on every system.

    No separators, no reserved words, not hidden, not too long.
    """
    text = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", name)).strip().strip(".").strip()
    text = f"_{text}" if _RESERVED.fullmatch(text) else text
    short = text.encode("utf-8", "replace")[:_LONGEST_BYTES].decode("utf-8", "ignore").strip(" .")
    return short or "_"
