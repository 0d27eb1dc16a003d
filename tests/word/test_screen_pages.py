"""A long table as the browser gets it: a table a page, each under the head rows."""

from __future__ import annotations

import re

import pytest
from examples import cell
from package_check import parts_of

from gongwen.document import Document, Table
from gongwen.writer.write import write
from growth import PROPORTIONATE, least_ratio


def long_table(rows: int) -> Document:
    body = tuple((cell(f"第{number}个"), cell(str(number))) for number in range(rows))
    return Document((Table(((cell("组织"), cell("人数")),), body, caption="名册"),))


def tables(content: bytes) -> list[str]:
    xml = parts_of(content)["word/document.xml"].decode()
    return re.findall(r"<w:tbl>.*?</w:tbl>|<w:tbl .*?</w:tbl>", xml, re.DOTALL)


def test_every_page_of_a_long_table_is_a_table_under_the_head(classic):
    pieces = tables(write(long_table(200), classic, on_screen=True))

    assert len(pieces) > 5
    assert all(piece.count("组织") == 1 for piece in pieces)
    assert all(piece.count("<w:tblGrid") == 1 for piece in pieces)


def test_no_row_is_lost_or_printed_twice_and_the_order_stays(classic):
    pieces = tables(write(long_table(200), classic, on_screen=True))

    words = re.sub(r"<[^>]+>", "", "".join(pieces))
    printed = [int(number) for number in re.findall(r"第(\d+)个", words)]
    assert printed == list(range(200))


def test_a_file_to_be_sent_keeps_its_table_whole(classic):
    assert len(tables(write(long_table(200), classic))) == 1


@pytest.mark.slow
def test_ten_times_the_rows_take_about_ten_times_as_long(classic):
    def on_screen(rows: int) -> bytes:
        return write(long_table(rows), classic, on_screen=True)

    assert least_ratio(lambda: on_screen(400), lambda: on_screen(4000)) < PROPORTIONATE
