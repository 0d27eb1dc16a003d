"""An address keeps everything but the password, and shows neither user nor options."""

from __future__ import annotations

import pytest

from gongwen.errors import UnreadableFile
from zhibi.workspace.address import address, is_address


@pytest.mark.parametrize(
    ("typed", "url", "password", "shown"),
    [
        ("postgresql://db/县", "postgresql://db/县", None, "postgresql://db/县"),
        ("postgresql://u:pw@db:5432/x", "postgresql://u@db:5432/x", "pw", "postgresql://db:5432/x"),
        ("postgresql://u:a%2Fb%40c@db/x", "postgresql://u@db/x", "a/b@c", "postgresql://db/x"),
        ("postgresql://u:a:b@db/x", "postgresql://u@db/x", "a:b", "postgresql://db/x"),
        (
            "postgresql+psycopg://u:p@ss@db/x",
            "postgresql+psycopg://u@db/x",
            "p@ss",
            "postgresql://db/x",
        ),
        (
            "postgresql://u@/x?host=/tmp/s&password=pw",
            "postgresql://u@/x?host=/tmp/s",
            "pw",
            "postgresql:///x",
        ),
        ("postgresql:///x?host=/tmp/s", "postgresql:///x?host=/tmp/s", None, "postgresql:///x"),
        ("postgresql://u:@db/x", "postgresql://u@db/x", "", "postgresql://db/x"),
    ],
)
def test_the_password_is_taken_out(typed, url, password, shown):
    found = address(typed)

    assert (found.url, found.password, found.shown) == (url, password, shown)
    assert password in (None, "") or password not in repr(found)


@pytest.mark.parametrize(
    "typed",
    [
        "postgresql://u:se/cret@db/x",
        "postgresql://u:se#cret@db/x",
        "postgresql://u:se?cret@db/x",
        "postgresql://u:12?cret@db/x",
        "postgresql://u@db:se/x",
    ],
)
def test_an_address_broken_by_its_password_is_refused_without_repeating_it(typed):
    with pytest.raises(UnreadableFile) as caught:
        address(typed)
    assert "cret" not in str(caught.value)
    assert "PGPASSWORD" in str(caught.value)


@pytest.mark.parametrize(
    "typed",
    [
        "data/示例县.xlsx",
        r"C:\县\县.xlsx",
        "C:/县.xlsx",
        "//server/share/县.xlsx",
        "postgresql:县.xlsx",
    ],
)
def test_a_path_is_no_address(typed):
    assert not is_address(typed)
