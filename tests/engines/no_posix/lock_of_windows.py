"""What the lock of a batch uses on Windows, made of what Linux has."""

import ctypes
import os

LK_NBLCK = 2
_LOCK = ctypes.CDLL(None, use_errno=True).lockf
_TRY = 2  # F_TLOCK


def locking(handle: int, mode: int, count: int) -> None:
    """Lock the first bytes of a file; OSError where somebody has them."""
    assert mode == LK_NBLCK
    if _LOCK(handle, _TRY, count):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
