"""A long document as the browser gets it: a table a page under the head rows, and lots of pages that are files."""

from __future__ import annotations

import re

import pytest
from examples import cell, png
from package_check import parts_of

from gongwen.document import Contents, Document, Figure, Heading, Items, Paragraph, Table, Text
from gongwen.writer.layout.lots import PAGES
from gongwen.writer.write import on_screen, write
from growth import PROPORTIONATE, least_ratio

TURNED = 16  # columns that need turned pages


def long_table(rows: int, columns: int = 1) -> Table:
    body = tuple(
        (cell(f"第{number}个"), *(cell(str(number)) for _ in range(columns)))
        for number in range(rows)
    )
    return Table((tuple(map(cell, ("组织", *["人数"] * columns))),), body, caption="名册")


def body_of(content: bytes) -> str:
    return parts_of(content)["word/document.xml"].decode()


def tables(document: Document, profile) -> list[str]:
    lots = on_screen(document, profile).lots
    xml = "".join(body_of(lot.content) for lot in lots)
    return re.findall(r"<w:tbl>.*?</w:tbl>|<w:tbl .*?</w:tbl>", xml, re.DOTALL)


def printed(xml: str) -> list[int]:
    return [int(number) for number in re.findall(r"第(\d+)个", re.sub(r"<[^>]+>", "", xml))]


def test_every_page_of_a_long_table_is_a_table_under_the_head(classic):
    pieces = tables(Document((long_table(200),)), classic)

    assert len(pieces) > 5
    assert all(piece.count("组织") == 1 for piece in pieces)
    assert all(piece.count("<w:tblGrid") == 1 for piece in pieces)


def test_no_row_is_lost_or_printed_twice_and_the_order_stays(classic):
    pieces = tables(Document((long_table(1200),)), classic)

    assert printed("".join(pieces)) == list(range(1200))


def test_a_file_to_be_sent_keeps_its_table_whole(classic):
    xml = body_of(write(Document((long_table(200),)), classic))

    assert xml.count("</w:tbl>") == 1


def test_a_short_document_is_one_lot_and_its_beginning_all_of_it(classic):
    document = Document((Heading(1, (Text("一"),)), long_table(50)))

    whole, beginning = (on_screen(document, classic, beginning=each) for each in (False, True))

    assert len(whole.lots) == 1
    assert beginning == whole


def test_the_beginning_of_a_long_document_is_its_first_lot_byte_for_byte(classic):
    words = Paragraph((Text("文" * 300),))
    document = Document((Heading(1, (Text("一"),)), words, words, long_table(1500), words))

    whole, beginning = (on_screen(document, classic, beginning=each) for each in (False, True))

    assert len(whole.lots) > 2
    assert whole.whole
    assert not beginning.whole
    assert beginning.lots == whole.lots[:1]
    assert beginning.lots[0].pages == PAGES


def test_lots_begin_with_right_hand_pages_and_with_no_page_break(classic):
    lots = on_screen(Document((long_table(1500),)), classic).lots

    assert all(lot.pages % 2 == 0 for lot in lots[:-1])
    for lot in lots:
        first = re.search(
            r"<w:body>(?:<w:p>|<w:p .*?>|<w:tbl>|<w:tbl .*?>)(.*?)</w:pPr>", body_of(lot.content)
        )
        assert first
        assert "pageBreakBefore" not in first[1]


def test_each_lot_ends_with_the_section_its_pages_are_in(classic):
    document = Document(
        (Paragraph((Text("正文"),)), long_table(600, TURNED), Heading(1, (Text("二"),)))
    )

    lots = [body_of(lot.content) for lot in on_screen(document, classic).lots]

    assert len(lots) > 1
    assert all(xml.endswith("</w:sectPr></w:body></w:document>") for xml in lots)
    assert all('w:orient="landscape"' in xml.rpartition("<w:sectPr")[2] for xml in lots[:-1])
    assert 'w:orient="landscape"' not in lots[-1].rpartition("<w:sectPr")[2]


def test_a_document_with_contents_has_no_beginning_without_its_end(classic):
    document = Document((Contents(2), Heading(1, (Text("一"),)), long_table(1500)))

    assert on_screen(document, classic, beginning=True) == on_screen(document, classic)


def test_numbers_of_a_list_are_not_parted(classic):
    items = Items(True, tuple((0, (Text(f"第{number}项"),)) for number in range(900)))

    assert len(on_screen(Document((items,)), classic).lots) == 1


def test_a_lot_carries_the_pictures_it_shows_and_no_others(classic):
    document = Document((Figure(png(), 80, 40, "图", "图"), long_table(1200)))

    files = [parts_of(lot.content) for lot in on_screen(document, classic).lots]

    assert [any("media/" in name for name in parts) for parts in files] == [True] + [False] * (
        len(files) - 1
    )


@pytest.mark.slow
def test_ten_times_the_rows_take_about_ten_times_as_long(classic):
    short, long = (Document((long_table(rows),)) for rows in (400, 4000))

    assert (
        least_ratio(lambda: on_screen(short, classic), lambda: on_screen(long, classic))
        < PROPORTIONATE
    )
