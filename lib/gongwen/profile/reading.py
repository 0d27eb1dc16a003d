"""Profile file (TOML) -> Profile, or every fault of the file at once."""

from __future__ import annotations

import dataclasses
import pickle
import tomllib
from collections.abc import Hashable, Mapping, Sequence
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from gongwen.errors import InvalidInput, UnknownName, UnreadableFile
from gongwen.profile.design import (
    Profile,
)
from gongwen.profile.overlay import in_grid_lines, overlaid
from gongwen.profile.typed import ProfileReading, fault_of

FONT_MAPS = "fonts"  # the folder of font maps beside the profiles


def load(name_or_path: str | Path, search: Sequence[Path]) -> Profile:
    """The profile of that name in the first folder that has it, or the file itself.

    Every fault of it at once.

    `classic+windows` is the profile classic with the fonts of fonts/windows.toml. Asked again for what has not changed,
    it gives the very same profile.
    """
    name, *fonts = str(name_or_path).split("+")
    path, content = _whole(_find(name, search, "版式"), search)
    for each in fonts:
        content = overlaid(
            content, _content(_find(each, [folder / FONT_MAPS for folder in search], "字体方案"))
        )
    base = _base(path, content)
    key = (str(path), *fonts, pickle.dumps(content, pickle.HIGHEST_PROTOCOL), base)
    if key not in _READ:
        profile = ProfileReading(path).profile(in_grid_lines(content))
        _READ[key] = dataclasses.replace(
            profile, name="+".join([profile.name, *fonts]), base=b"" if fonts else profile.base
        )
    return _READ[key]


_READ: dict[Hashable, Profile] = {}


def _base(path: Path, content: Mapping[str, Any]) -> bytes:
    """The base document a profile names, as it stands now; nothing where there is none."""
    head = content.get("profile")
    name = head.get("base", "") if isinstance(head, dict) else ""
    beside = path.parent / str(name)
    return beside.read_bytes() if name and beside.is_file() else b""


def names(search: Sequence[Path]) -> list[str]:
    """Every profile to be had, in order."""
    files = chain.from_iterable(folder.glob("*.toml") for folder in search)
    return sorted({file.stem for file in files})


def _whole(
    path: Path, search: Sequence[Path], below: tuple[Path, ...] = ()
) -> tuple[Path, dict[str, Any]]:
    """The content of a profile file over that of the one it extends, and so on down."""
    content = _content(path)
    head = content.get("profile")
    extends = head.get("extends", "") if isinstance(head, dict) else ""
    if not extends:
        return path, content
    if path in below:
        raise InvalidInput(
            str(path), [fault_of("L05", path, "profile.extends", "版式互相引用，成了一圈")]
        )
    _, base = _whole(_find(str(extends), [path.parent, *search], "版式"), search, (*below, path))
    lower_head = base.get("profile", {})
    # a base file belongs to the profile that names it: its styles are those of that profile
    base["profile"] = {name: value for name, value in lower_head.items() if name != "base"}
    return path, overlaid(base, content)


def _content(path: Path) -> dict[str, Any]:
    try:
        content: dict[str, Any] = pickle.loads(_parsed(path.read_text(encoding="utf-8")))  # noqa: S301  # our own
    except OSError as error:
        raise UnreadableFile(
            path, "打不开这个版式文件", f"请检查路径和权限（{error.strerror}）。"
        ) from None
    except UnicodeDecodeError:
        raise UnreadableFile(path, "版式文件不是UTF-8编码", "请用UTF-8编码另存。") from None
    except (
        ValueError,
        RecursionError,
    ) as error:  # no TOML, a number too long, brackets without end
        raise InvalidInput(
            str(path), [fault_of("L01", path, "", f"不是正确的TOML（{error}）")]
        ) from None
    return content


@cache
def _parsed(text: str) -> bytes:
    """What the file says, ready to be copied: whoever asks may change his own."""
    return pickle.dumps(tomllib.loads(text), pickle.HIGHEST_PROTOCOL)


def _find(name_or_path: str, search: Sequence[Path], kind: str) -> Path:
    asked = Path(name_or_path)
    if asked.suffix == ".toml" or asked.parent != Path():
        return asked
    for folder in search:
        if (folder / f"{asked}.toml").is_file():
            return folder / f"{asked}.toml"
    raise UnknownName(kind, str(asked), names(search))
