"""Bytes of several files -> the files in one folder, all of them or none.

A folder is one set always. Every set is first written whole in a folder of its own; where the
system can exchange two folders in one step (Linux), that is how it takes its place. Elsewhere the
files take their places one after another, and whoever comes next finishes what a process that was
killed left (`sweep`).
"""

from gongwen.atomic_files.blocked import blocked, discard
from gongwen.atomic_files.file_set import opened, ready, save
from gongwen.atomic_files.names import folder, safe_name
from gongwen.atomic_files.remains import has_remains, sweep

__all__ = [
    "blocked",
    "discard",
    "folder",
    "has_remains",
    "opened",
    "ready",
    "safe_name",
    "save",
    "sweep",
]
