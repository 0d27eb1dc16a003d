"""bars(...) draws; refuses(fig) is the error's sentence."""

import hashlib
import itertools
import struct
import subprocess
import sys

import matplotlib as mpl
import pytest
from matplotlib import pyplot as plt

from gongwen.errors import BadFigure, MissingFont
from gongwen.facts.value import Fact, Read, Rows
from zhibi import figure
from zhibi.notebook.authoring import charts

mpl.use("agg")

FACTS = [Fact("党员总数", 598, Read("计数", (Rows("县.xlsx", "党员", (2, 3)),)), "名")]


@pytest.fixture(autouse=True)
def _own_settings():
    with charts.styled():
        yield
    plt.close("all")


def bars(labels=("甲", "乙"), size=None):
    fig, ax = plt.subplots(figsize=size)
    ax.bar(list(labels), range(1, len(labels) + 1))
    ax.set_ylabel("人数（名）−1")
    return fig


def refuses(fig, facts=FACTS, **options):
    with pytest.raises(BadFigure) as caught:
        figure(fig, "图题", facts, **options)
    return str(caught.value)


def pixels(block):
    return struct.unpack(">II", block.png[16:24])


def test_a_picture_has_300_dots_an_inch_at_its_printed_size():
    (block,) = figure(
        bars(), "图题", FACTS, key="年龄", width_mm=127, note="注", source="源"
    ).blocks
    assert pixels(block)[0] == 1500
    assert (block.width_mm, block.caption, block.key, block.note, block.source) == (
        127,
        "图题",
        "年龄",
        "注",
        "源",
    )
    assert block.height_mm == pytest.approx(pixels(block)[1] / 300 * 25.4, abs=0.1)
    assert block.facts == (FACTS[0].id,)


def test_a_picture_wider_than_the_text_area_is_drawn_narrower_in_the_same_shape():
    (block,) = figure(bars(size=(20, 10)), "图题", FACTS).blocks
    assert (block.width_mm, block.height_mm) == (156, 78)


def test_the_house_style_fills_the_text_area():
    (block,) = figure(bars(), "图题", FACTS).blocks
    assert (block.width_mm, block.height_mm) == (156, 90)


def test_a_width_that_does_not_fit_is_refused():
    assert "放不进版心" in refuses(bars(), width_mm=157)
    assert "放不进版心" in refuses(bars(), width_mm=0)


def test_equal_figures_give_equal_bytes_in_another_process_too():
    code = (
        "import sys; sys.path.insert(0, 'tests/authoring'); import hashlib, test_figures as t\n"
        "with t.charts.styled():\n"
        "    print(hashlib.sha256(t.figure(t.bars(), '图题', t.FACTS).blocks[0].png).hexdigest())"
    )
    (block,) = figure(bars(), "图题", FACTS).blocks
    again = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True
    )
    assert again.stdout.strip() == hashlib.sha256(block.png).hexdigest()


def test_the_bytes_do_not_name_the_program():
    (block,) = figure(bars(), "图题", FACTS).blocks
    assert b"matplotlib" not in block.png.lower()


def test_missing_characters_are_named():
    assert "“\U0001f600”" in refuses(bars(("甲", "\U0001f600")))


def test_rare_characters_of_names_and_units_are_there():
    figure(bars(("镕喆堃", "㎡①℃～—“”")), "图题", FACTS)


def test_without_the_house_style_chinese_is_refused_rather_than_boxed():
    with mpl.rc_context({"font.family": ["DejaVu Sans"]}):
        fig = bars()
    assert "请先运行 chart_style()" in refuses(fig)


def test_drawn_figures_must_be_facts():
    assert "facts 是空的" in refuses(bars(), [])
    assert "这里有 int" in refuses(bars(), [598])


def test_the_picture_is_told_in_words():
    (block,) = figure(bars(), "图题", FACTS).blocks
    assert block.alt == "图题：党员总数598名"
    (block,) = figure(bars(), "图题", FACTS, alt="两根柱子").blocks
    assert block.alt == "两根柱子"


def test_what_is_written_in_the_picture_is_known_without_seeing_it():
    fig = bars(("交运集团", "城投"))
    fig.axes[0].set_title("各单位党员数")
    fig.axes[0].annotate("示例县", (0, 1))
    (block,) = figure(fig, "图题", FACTS).blocks

    assert {"交运集团", "城投", "各单位党员数", "示例县", "人数（名）−1"} <= set(block.words)
    assert [words for words in block.words if words.strip("0123456789.−") == ""] == []


def test_the_figure_is_closed():
    fig = bars()
    figure(fig, "图题", FACTS)
    assert fig.number not in plt.get_fignums()


def test_jupyter_gets_the_picture_once_more_and_no_html():
    bundle = figure(bars(), "图题", FACTS)._repr_mimebundle_()
    assert set(bundle) == {"application/vnd.zhibi.blocks.v1+json", "image/png", "text/plain"}


def test_a_missing_font_is_said(tmp_path):
    with pytest.raises(MissingFont, match="pip install zhplot"):
        charts.chinese_font(tmp_path)


def test_no_text_is_smaller_than_size_five():
    sizes = {
        name: value
        for name, value in charts.settings().items()
        if name.endswith(("size", "fontsize"))
    }
    assert all(value >= 10.5 for name, value in sizes.items() if name != "figure.figsize")


def test_the_palette_can_be_told_apart_in_grey():
    def luminance(colour):
        red, green, blue = mpl.colors.to_rgb(colour)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    greys = [luminance(colour) for colour in charts.PALETTE]
    assert all(abs(one - other) > 0.04 for one, other in itertools.pairwise(greys))
