"""Tests of the party rules plant their faults in the same small workbook as the tests of the reader."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "tables"))
