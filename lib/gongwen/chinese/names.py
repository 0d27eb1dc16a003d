"""A person's name -> the name as a public report may print it: 王**."""

from __future__ import annotations

_DOUBLE_SURNAMES = frozenset(
    (
        "欧阳",
        "司马",
        "上官",
        "诸葛",
        "皇甫",
        "尉迟",
        "公孙",
        "慕容",
        "令狐",
        "司徒",
        "夏侯",
        "东方",
        "端木",
        "独孤",
        "南宫",
        "西门",
        "长孙",
        "宇文",
        "闻人",
        "轩辕",
    )
)


def mask_name(name: str) -> str:
    """The surname and a star for every further character.

    Names with a dot keep their first character only.
    """
    bare = name.strip()
    if len(bare) <= 1:
        return bare
    if "·" in bare:
        return bare[0] + "**"
    surname = bare[:2] if bare[:2] in _DOUBLE_SURNAMES and len(bare) > 2 else bare[:1]  # noqa: PLR2004
    return surname + "*" * (len(bare) - len(surname))
