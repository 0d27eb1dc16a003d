"""What was typed as the place of the data -> whether it is a database, and its address with the password taken out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from gongwen.chinese.personal_data import without_numbers
from gongwen.errors import UnreadableFile

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")  # two letters at least: C:// would be a drive
_REMEDY = (
    "密码里的特殊字符请写成百分号编码（如 / 写成 %2F），或者不写密码，用环境变量 PGPASSWORD 给出。"
)


@dataclass(frozen=True, slots=True)
class Address:
    """A database: `url` never holds a password, and `password` is never printed."""

    url: str
    password: str | None = field(default=None, repr=False)

    @property
    def shown(self) -> str:
        """What origins, records and messages call it.

        Server and database, neither user nor options.
        """
        parts = urlsplit(self.url)
        return f"{parts.scheme.partition('+')[0]}://{parts.netloc.rpartition('@')[2]}{parts.path}"


_SECRET = re.compile(r"(/[^\s/:@]*:)[^\s]+(@)|([?&;]password=)[^&;\s]+", re.IGNORECASE)


def discreet(text: str) -> str:
    """What is shown of anything typed: neither the password of a mistyped address, nor a personal number."""
    text = _SECRET.sub(lambda hit: f"{hit[1] or hit[3]}…{hit[2] or ''}", text)
    return without_numbers(text)


def is_address(place: Path | str) -> bool:
    """True of postgresql://… and the like; a path is anything else."""
    return isinstance(place, str) and _ADDRESS.match(place.strip()) is not None


def address(text: str) -> Address:
    """The address without its password, wherever in it that stood.

    Raises UnreadableFile without repeating the text.
    """
    text = text.strip()
    scheme = text.partition("://")[0]
    try:
        parts = urlsplit(text)
        user, at, server = parts.netloc.rpartition("@")
        _ = (
            parts.port
        )  # the part of the address most often broken by a password that is not encoded
    except ValueError:
        raise UnreadableFile(f"{scheme}://…", "数据库地址写法不对", _REMEDY) from None
    if "@" in parts.path or parts.fragment or ("@" in parts.query and not at):
        raise UnreadableFile(f"{scheme}://…", "数据库地址写法不对", _REMEDY)
    name, colon, password = user.partition(":")
    options = parse_qsl(parts.query, keep_blank_values=True)
    hidden = [value for key, value in options if key == "password"]
    query = urlencode([(key, value) for key, value in options if key != "password"], safe="/")
    url = urlunsplit((parts.scheme, f"{name}{at}{server}", parts.path, query, ""))
    if not parts.netloc:  # urlunsplit would leave the two slashes out
        url = url.replace(f"{parts.scheme}:", f"{parts.scheme}://", 1) if "://" not in url else url
    found = unquote(password) if colon else hidden[0] if hidden else None
    if found and "\0" in found:
        raise UnreadableFile(f"{scheme}://…", "密码里有不能用的字符（%00）", _REMEDY)
    return Address(url, found)
