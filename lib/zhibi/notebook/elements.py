"""A notebook's metadata and the values of its parameters -> the elements of its official document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongwen.document.elements import Elements, read
from gongwen.errors import InvalidInput
from gongwen.findings import Finding, Level, Location
from zhibi.notebook.file import About


def of(about: About | None, values: Mapping[str, Any], notebook: str) -> Elements:
    """The elements of a notebook: `form` in its metadata, and the map in the parameter that the metadata names.

    Raises InvalidInput with every fault of the map.
    """
    if about is None:
        return Elements()
    entries = values.get(about.elements) if about.elements else {}
    if not isinstance(entries, Mapping):
        place = Location(file=notebook, spot=f"参数“{about.elements}”")
        raise InvalidInput("公文要素", [Finding("E01", Level.ERROR, place, "应为一组“名称: 值”")])
    return read(entries, about.form, f"参数“{about.elements}”" if about.elements else notebook)
