"""Libraries that were imported before any shell was there -> the settings that they have in a kernel.

pandas asks at its import whether it runs in a kernel, and chooses by that how many columns it
shows; pyarrow counts its threads by the environment it is imported in. A process that was warmed up
imported them outside of any kernel.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import Any

from zhibi.startup import threads

# what pandas takes for a default when it is imported in a kernel
_PANDAS: Mapping[str, Any] = {"display.max_columns": 20, "display.encoding": "UTF-8"}
_ENVIRONMENT = {"PYDEVD_USE_FRAME_EVAL": "NO"}  # ipykernel sets it for its debugger


def restore_options() -> None:
    """Options of pandas as in a kernel, and their defaults too.

    Reset_option gives what it gives there.
    """
    config = sys.modules.get("pandas._config.config")
    if config is None:
        return
    registered: dict[str, Any] = config._registered_options  # noqa: SLF001  # pandas has no other way to its defaults
    for key, value in _PANDAS.items():
        if key in registered:
            registered[key] = registered[key]._replace(defval=value)
            config.set_option(key, value)


def restore_threads() -> None:
    """Threads as in a kernel, for a process that forks no more.

    What libraries start now counts the machine's cores.
    """
    threads.loud(os.environ)
    for name, value in _ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    arrow = sys.modules.get("pyarrow")
    if arrow is not None and "OMP_NUM_THREADS" not in os.environ:
        arrow.set_cpu_count(os.cpu_count() or 1)
