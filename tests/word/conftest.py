"""The profile every test of the writer pours into."""

from __future__ import annotations

import pytest

from zhibi import profile


@pytest.fixture(scope="session")
def classic() -> profile.Profile:
    return profile.load("classic", [profile.packaged_templates()])
