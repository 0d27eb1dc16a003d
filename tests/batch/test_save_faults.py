"""A folder is one set always: whatever befalls whichever system call of a save.

All faults at all calls: `python tests/batch/save_faults.py`; here a seeded part of them.
"""

from __future__ import annotations

import random

import pytest
import save_faults
import system_calls
from save_faults import SAVINGS, Saving

SEED, TRIED = 11, 24

pytestmark = pytest.mark.skipif(not system_calls.POSSIBLE, reason="traces Linux on x86-64")


@pytest.mark.parametrize("saving", SAVINGS, ids=lambda saving: saving.name)
def test_a_save_that_fails_or_is_killed_leaves_one_whole_set(saving: Saving) -> None:
    tries = save_faults.every((saving,))
    some = random.Random(SEED).sample(tries, min(TRIED, len(tries)))

    assert [line for each in some for line in save_faults.trouble(*each)] == []


def test_the_harness_sees_a_save_that_is_not_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    def one_after_another(folder, files, without=()):
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)

    monkeypatch.setattr("gongwen.atomic_files.save", one_after_another)
    tries = save_faults.every((SAVINGS[1],))

    assert [line for each in tries for line in save_faults.trouble(*each)] != []
