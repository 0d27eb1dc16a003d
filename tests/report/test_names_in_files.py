"""No file of an anonymous report holds a name, whatever the names are; where one would, nothing is written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import nbformat
import pytest
from clerk import command
from examples import cell, png, words
from hypothesis import given, settings
from hypothesis import strategies as st

from dangjian.workbook.name_words import beside, is_word
from gongwen import profile
from gongwen.chinese.pseudonyms import Pseudonyms, letters
from gongwen.document import (
    Byline,
    Document,
    Figure,
    Heading,
    Note,
    Paragraph,
    Signature,
    Table,
    Text,
    Title,
    codec,
)
from gongwen.errors import NamesLeft
from gongwen.facts.value import Fact, Read, Rows
from gongwen.writer.write import write as write_word
from zhibi.report.checking.produced_files import refuse_names, texts
from zhibi.report.records import provenance

pytestmark = pytest.mark.slow

LOOK = profile.load("classic", (profile.packaged_templates(),))
# names inside names (小圣, 孙小圣), inside words (王芳: 国王芳龄), and words themselves (高峰, 黎明, 周围)
PEOPLE = (
    "王芳",
    "李明",
    "小圣",
    "孙小圣",
    "高峰",
    "黎明",
    "周围",
    "刘洋",
    "高峰峰",
    "赵静",
    "孙丽",
    "孙丽君",
)
UNITS = ("交运集团", "交运集团出租客运公司", "客运公司", "迪丽热巴·艾合", "AI中心", "城投")
ABOUT_PEOPLE = ("党员{}同志带头。", "由{}负责。", "联系人：{}。", "书记{}讲党课。", "（{}）")
ABOUT_ANYBODY = ("{}的党员，", "“{}”", "{}和县委党校共建。", "经{}同意。")
ORDINARY = (
    "早晚高峰期间增开班次。", "国王芳龄几何。", "说李明显不足。", "黎明时分出车。", "周围的群众满意。", "海洋和高峰的客流。",
    "聪明小圣诞树。", "旧城投入使用。", "桃李明年开花。", "MAIN程序。", "平静，孙丽水。", "平峰和高峰的车次。",
)  # fmt: skip


def table(names: list[str]) -> Pseudonyms:
    people = [name for name in names if name in PEOPLE and len(name) == 2]
    careful = {name for name in names if len(name) == 2}
    stand_ins = {name: f"{letters(at)}某" for at, name in enumerate(names, 1)}
    return Pseudonyms(
        stand_ins, careful, ("书记", "党员"), ("书记",), {}, beside(people), {*filter(is_word, people)}
    )  # fmt: skip


PLACES = ("title", "author", "heading", "paragraph", "footnote", "figure", "cell", "caption", "alt", "note", "picture", "issuer", "file")  # fmt: skip


def document(said: Mapping[str, str]) -> Document:
    """A document that has words in all of its places."""
    of = {place: said.get(place, "甲集团") for place in PLACES}
    fact = Fact(of["figure"], 3, Read("计数", (Rows(of["file"], "党员", (3,)),)), "名")
    blocks = (
        Title((words(of["title"]),)), Byline(words(of["author"]), None), Heading(1, words(of["heading"])),
        Paragraph((*words(of["paragraph"]), Text("3名", fact.id), Note(words(of["footnote"])))),
        Table(((cell("项目"),),), ((cell(of["cell"]),),), of["caption"]),
        Figure(png(), 80, 40, "结构", of["alt"], note=of["note"], words=(of["picture"],)),
        Signature((of["issuer"],), None),
    )  # fmt: skip
    return Document(blocks, {fact.id: fact})


def files(document: Document) -> dict[str, bytes]:
    """What a report is saved as."""
    shown = {codec.MIME: codec.dump(document.blocks[:6], document.facts)}
    output = nbformat.v4.new_output("display_data", shown)
    cells = [nbformat.v4.new_code_cell("x", outputs=[output])]
    return {
        "报告.docx": write_word(document, LOOK, review=True),
        "数据出处.xlsx": provenance.write(document),
        "run.ipynb": nbformat.writes(nbformat.v4.new_notebook(cells=cells)).encode(),
        "run.json": json.dumps({"title": document.title}).encode(),
    }


@st.composite
def stories(draw: st.DrawFn) -> tuple[list[str], str]:
    """Some names, and a text that tells of them among words of the language."""
    names = draw(st.lists(st.sampled_from(PEOPLE + UNITS), min_size=1, max_size=8, unique=True))
    told = []
    for name in names:
        about = ABOUT_PEOPLE if name in PEOPLE else ABOUT_ANYBODY
        told.append(draw(st.sampled_from(about)).format(name))
    ordinary = draw(st.lists(st.sampled_from(ORDINARY), max_size=4, unique=True))
    return names, "".join(draw(st.permutations(told + ordinary)))


@settings(max_examples=200, deadline=None)
@given(stories())
def test_of_names_in_names_and_in_words_none_is_left_and_no_word_is_broken(story):
    names, text = story
    shown = table(names).mask(text)
    bare = shown
    for words_ in (each for each in ORDINARY if each in text):
        assert words_ in shown
        bare = bare.replace(words_, "")
    assert [name for name in names if name in bare] == []


@settings(max_examples=15, deadline=None)
@given(stories())
def test_no_file_made_of_masked_words_holds_a_name(story):
    names, text = story
    hidden = table(names)
    made = files(document(dict.fromkeys(PLACES[1:], hidden.mask(text))))

    refuse_names(made, hidden)
    readable = [each for content in made.values() for _, each in texts(content)]
    for words_ in ORDINARY:
        readable = [each.replace(words_, "") for each in readable]
    assert [(name, each) for name in names for each in readable if name in each] == []


SPELLINGS = ("交运集团", "交运 集团", "王\u00ad芳", "迪丽热巴•艾合", "ａｉ中心")


@pytest.mark.parametrize(
    ("place", "name"), [(place, SPELLINGS[at % 5]) for at, place in enumerate(PLACES)]
)
def test_a_name_in_any_place_of_any_file_stops_the_report(place, name):
    hidden = table([*PEOPLE, *UNITS])
    made = files(document({place: f"由{name}负责"}))

    with pytest.raises(NamesLeft) as stopped:
        refuse_names(made, hidden)
    assert {each.code for each in stopped.value.findings} == {"W08"}
    assert "没有写出任何文件" in str(stopped.value)


def test_numbers_are_no_names():
    made = files(document({"paragraph": "2026年"}))

    refuse_names(made, Pseudonyms({"2026": "某年", "false": "假"}))


TYPED = """%%正文
今年以来，交运集团率先垂范。
"""


@pytest.mark.kernel
def test_a_draft_with_a_typed_name_is_not_written_and_the_older_one_stays(workspace: Path):
    path = workspace / "notebooks/experience_exchange.ipynb"
    notebook = json.loads(path.read_text("utf-8"))
    typed = {**notebook["cells"][-1], "cell_type": "code", "source": TYPED, "outputs": []}
    notebook["cells"].append({**typed, "execution_count": None, "id": "typed"})
    (workspace / "notebooks/typed.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    older = workspace / "outputs/typed/报告.docx"
    older.parent.mkdir(parents=True)
    older.write_bytes(b"older")
    options = ("-p", "org=B016", "-p", "anonymise=是", "--out", "outputs/typed")
    done = command("zhibi", "run", "typed", *options, cwd=workspace)

    assert done.returncode == 2, done.stdout + done.stderr
    assert "还有原名“交运集团”" in done.stderr
    assert [each.name for each in older.parent.iterdir()] == ["报告.docx"]
    assert older.read_bytes() == b"older"
