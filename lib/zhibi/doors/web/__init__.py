"""Requests of a browser -> the same calls that the command line makes, and pages of what came of them.

`pages` answer requests and know no product; each asks the `desk`, a process of its own that has imported everything,
through `work`. So the server starts at once, stays responsive, and whatever a report does cannot bring it down.
"""

from __future__ import annotations

from typing import Any


def _jupyter_server_extension_points() -> list[dict[str, Any]]:
    """How Jupyter Server finds the workbench."""
    from zhibi.doors.web.app import Workbench  # noqa: PLC0415  # tornado: only a server needs it

    return [{"module": "zhibi.doors.web", "app": Workbench}]
