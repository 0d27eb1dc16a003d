"""Small notebooks as bytes: run, not yet run, and one that never heard of zhibi."""

from __future__ import annotations

import json

from gongwen.document import Cell, Heading, Paragraph, Table, Text, Title, codec


def _line(words: str) -> tuple[Text, ...]:
    return (Text(words),)


def _book(*cells: dict, zhibi: bool = True) -> bytes:
    metadata = {"zhibi": {"title": "总结"}} if zhibi else {}
    return json.dumps(
        {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 4}
    ).encode()


def _code(source: str, outputs: tuple = ()) -> dict:
    return {
        "cell_type": "code",
        "source": source,
        "metadata": {},
        "outputs": list(outputs),
        "execution_count": None,
    }


def executed() -> bytes:
    blocks = (
        Title((_line("总结"),)),
        Heading(1, _line("概况")),
        Paragraph(_line("党员35名。")),
        Table(((Cell(_line("名称")),),), ((Cell(_line("甲")),),), caption=""),
    )
    data = {codec.MIME: codec.dump(blocks, {})}
    return _book(_code("%%正文", ({"output_type": "display_data", "data": data, "metadata": {}},)))


def unexecuted() -> bytes:
    words = "%%正文\n# 总结\n\n党员{{ 党员数 }}，加强领导。"
    return _book(
        {"cell_type": "markdown", "source": "说明,不查", "metadata": {}},
        _code(words),
        _code("x = 1"),
    )


def plain_notebook() -> bytes:
    return _book(
        {"cell_type": "markdown", "source": "# 总结\n\n正文。", "metadata": {}},
        _code("1 + 1"),
        zhibi=False,
    )
