"""`--update-golden` rewrites the golden files; a person reads the difference before it is committed."""

from __future__ import annotations

import pytest

from zhibi import profile


@pytest.fixture(scope="session")
def classic() -> profile.Profile:
    return profile.load("classic", [profile.packaged_templates()])
