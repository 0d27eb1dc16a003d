"""The profile every test of the writer pours into."""

from __future__ import annotations

import pytest

from gongwen import profile


@pytest.fixture(scope="session")
def classic() -> profile.Profile:
    return profile.load("classic", [profile.packaged_templates()])
