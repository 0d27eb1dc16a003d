"""Two folders -> each in the other's place, in one step that no reader and no power cut can fall into."""

from __future__ import annotations

import ctypes
import errno
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

_HERE, _EXCHANGE = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of Linux
_UNABLE = {errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP, errno.EXDEV, errno.EBUSY}


def exchange(one: Path, other: Path) -> bool:
    """Exchange two folders; False where the system or this disk cannot.

    Raises OSError for any other trouble.
    """
    call = _renameat2()
    if call is None:
        return False
    if call(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _UNABLE:
        return False
    raise OSError(number, os.strerror(number), str(other))


def possible() -> bool:
    """Whether this system knows how at all."""
    return _renameat2() is not None


@cache
def _renameat2() -> Callable[..., int] | None:
    try:
        call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    except (OSError, TypeError):  # Windows
        return None
    if call is not None:
        call.argtypes = [
            ctypes.c_int,
            ctypes.c_char_p,
            ctypes.c_int,
            ctypes.c_char_p,
            ctypes.c_uint,
        ]
    renameat2: Callable[..., int] | None = call
    return renameat2
