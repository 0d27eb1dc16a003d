"""The exporter as nbconvert and a Jupyter server use it."""

from __future__ import annotations

import io
import zipfile
from concurrent.futures import ThreadPoolExecutor

import pytest
from jupyter_server.nbconvert.handlers import respond_zip
from nbconvert.exporters import get_export_names, get_exporter
from nbconvert.utils.exceptions import ConversionException
from notebooks import book, code, new_markdown_cell, shown
from traitlets.config import Config

from gongwen.document import Paragraph, Text, codec
from zhibi.doors.nbconvert import GongwenExporter

PLAIN = book(new_markdown_cell("# 题目\n\n正文"), code("x", ran=1))


def exported(nb, resources=None, **kw):
    return GongwenExporter(**kw).from_notebook_node(nb, resources)


def body(docx):
    return zipfile.ZipFile(io.BytesIO(docx)).read("word/document.xml").decode()


def refuses(nb, message, **kw):
    with pytest.raises(ConversionException) as caught:
        exported(nb, {"metadata": {"name": "报告"}}, **kw)
    assert message in str(caught.value)


def test_it_is_registered_under_its_name():
    assert "gongwen" in get_export_names()
    assert get_exporter("gongwen") is GongwenExporter


def test_a_notebook_becomes_word_bytes():
    docx, resources = exported(PLAIN)

    assert "正文" in body(docx)
    assert resources["output_extension"] == ".docx"


def test_a_jupyter_server_sends_it_as_it_is():
    docx, resources = exported(PLAIN, {"metadata": {"name": "x", "path": "/"}})
    handler = object()  # it is only touched when there are outputs to zip

    assert respond_zip(handler, "x.ipynb", docx, resources) is False
    assert GongwenExporter().output_mimetype.endswith("wordprocessingml.document")


def test_threads_do_not_meet():
    exporter = GongwenExporter()
    words = "甲乙丙丁戊己庚辛"
    books = [book(new_markdown_cell(f"只有{word}")) for word in words]
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda nb: exporter.from_notebook_node(nb)[0], books))

    assert [f"只有{word}" in body(docx) for word, docx in zip(words, made, strict=True)] == [
        True
    ] * 8


def test_the_notebook_is_left_alone():
    before = str(PLAIN)
    exported(PLAIN)

    assert str(PLAIN) == before


def test_a_zhibi_notebook_must_have_run():
    refuses(book(code("%%正文\n甲"), zhibi={}), "第1个单元格还没有运行")


def test_a_zhibi_notebook_that_has_run_is_converted():
    output = shown({codec.MIME: codec.dump((Paragraph((Text("甲"),)),), {})})

    assert "甲" in body(exported(book(code("x", outputs=[output], ran=1), zhibi={}))[0])


def test_a_profile_can_be_chosen_and_an_unknown_one_is_refused():
    assert (
        exported(PLAIN, config=Config(GongwenExporter={"profile": "classic"}))[0]
        == exported(PLAIN)[0]
    )
    refuses(PLAIN, "没有名为“clasic”的版式", config=Config(GongwenExporter={"profile": "clasic"}))


def test_bad_metadata_is_said_in_words():
    refuses(book("1", zhibi={"titel": "x"}), "是否想写“title”")
