"""Comments and repairs are put into any Word file at the exact words; nothing else in it is touched."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import docx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree
from pages import page, para, run, title

from gongwen.findings import Level
from gongwen.reader.edit.comments import Comment, review
from gongwen.reader.edit.tracked_changes import Edit, repair
from gongwen.reader.measure import measure
from gongwen_lint.repair.comments import commented
from gongwen_lint.runner import Diagnostic

from handmade import WORD, file, p, unzipped, zipped  # isort: skip  # pages makes it findable

W = f"{{{WORD}}}"


def document(content: bytes) -> etree._Element:
    return etree.fromstring(unzipped(content)["word/document.xml"])


def characters(content: bytes) -> list[list[tuple]]:
    """Each paragraph as its characters, each with its look."""
    return [
        [(sign, replace(each, text="")) for each in paragraph.runs for sign in each.text]
        for paragraph in measure(content).paragraphs
    ]


def settled(content: bytes, *, accept: bool) -> bytes:
    """What Word makes of a file when all changes are accepted or rejected, written again here on its own."""
    root = document(content)
    gone, kept = (f"{W}del", f"{W}ins") if accept else (f"{W}ins", f"{W}del")
    for mark in list(root.iter(gone)):
        mark.getparent().remove(mark)
    for mark in list(root.iter(kept)):
        for child in list(mark):
            mark.addprevious(child)
        mark.getparent().remove(mark)
    for node in root.iter(f"{W}delText"):
        node.tag = f"{W}t"
    parts = unzipped(content)
    parts["word/document.xml"] = etree.tostring(root)
    return zipped(parts)


def mark_texts(content: bytes) -> list[tuple[str, str]]:
    """What each comment says and the words it stands at."""
    comments = etree.fromstring(unzipped(content)["word/comments.xml"])
    said = {each.get(f"{W}id"): "".join(each.itertext()) for each in comments}
    found, inside = dict.fromkeys(said, ""), set()
    for node in document(content).iter():
        if node.tag == f"{W}commentRangeStart":
            inside.add(node.get(f"{W}id"))
        elif node.tag == f"{W}commentRangeEnd":
            inside.discard(node.get(f"{W}id"))
        elif node.tag == f"{W}t":
            for key in inside:
                found[key] += node.text or ""
    return [(said[key], found[key]) for key in said]


BOLD = '<w:b/><w:color w:val="1F1F1F"/>'
THREE = page(
    title(),
    para("今年以来", inner=run("全县,各级", more=BOLD) + run("党组织. 坚持")),
    para("第二段"),
)


def test_a_repair_is_a_tracked_change_of_these_words_in_their_look():
    done = repair(THREE, [Edit(2, 6, 7, "，")])
    assert done.left == ()
    root = document(done.content)
    inserted = root.find(f".//{W}ins")
    assert ("".join(root.find(f".//{W}del").itertext()), "".join(inserted.itertext())) == (
        ",",
        "，",
    )
    assert inserted.get(f"{W}author") == "执笔"
    assert inserted.find(f".//{W}rPr/{W}b") is not None
    assert [each.text for each in measure(done.content).paragraphs][
        1
    ] == "今年以来全县，各级党组织. 坚持"


def test_all_other_parts_stay_byte_for_byte():
    before, after = unzipped(THREE), unzipped(repair(THREE, [Edit(2, 6, 7, "，")]).content)
    assert list(before) == list(after)
    assert {name for name in before if before[name] != after[name]} == {"word/document.xml"}


def test_nothing_to_do_leaves_the_very_bytes():
    assert repair(THREE, []).content == THREE
    assert review(THREE, []) == THREE


def test_a_repair_over_several_runs_keeps_the_look_of_every_character_that_stays():
    done = repair(THREE, [Edit(2, 4, 12, "全县，各级党组。")], accepted=True).content
    looks = {sign: look.bold for sign, look in characters(done)[1]}
    assert "".join(sign for sign, _ in characters(done)[1]) == "今年以来全县，各级党组。. 坚持"
    assert (looks["县"], looks["，"], looks["党"]) == (True, True, False)


edits = st.lists(
    st.tuples(st.integers(0, 16), st.integers(0, 5), st.text(alphabet="甲乙，。“” \n", max_size=4)),
    max_size=4,
)


@settings(max_examples=40, deadline=None)
@example([(0, 0, "“"), (0, 1, "")])
@example([(0, 0, "甲"), (0, 0, "乙"), (4, 0, "丙"), (4, 0, "丁")])
@example([(4, 4, "乙"), (8, 0, "甲")])
@given(edits)
def test_laws_of_repair(wanted):
    given_edits = list(
        dict.fromkeys(Edit(2, start, start + length, text) for start, length, text in wanted)
    )
    tracked = repair(THREE, given_edits)
    outright = repair(THREE, given_edits, accepted=True)
    assert tracked.left == outright.left
    # accepting all is --accept, rejecting all is the original, to the look of every character
    assert characters(settled(tracked.content, accept=True)) == characters(outright.content)
    assert characters(settled(tracked.content, accept=False)) == characters(THREE)
    # and the text is the one asked for
    text = measure(THREE).paragraphs[1].text
    made = sorted(
        (edit for edit in given_edits if edit not in tracked.left),
        key=lambda each: (each.start, each.end),
    )
    for edit in made[::-1]:
        text = text[: edit.start] + edit.text + text[edit.end :]
    assert measure(outright.content).paragraphs[1].text == text


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 16), st.integers(0, 9)), min_size=1, max_size=5))
def test_comments_change_no_character_and_stand_at_their_words(places):
    remarks = [
        Comment(2, start, min(16, start + length), f"话{at}")
        for at, (start, length) in enumerate(places)
    ]
    made = review(THREE, remarks)
    assert characters(made) == characters(THREE)
    text = measure(THREE).paragraphs[1].text
    wanted = {each.text: text[each.start : each.end] or text for each in remarks}
    assert dict(mark_texts(made)) == wanted


def test_comments_are_announced_and_valid(tmp_path):
    made = review(
        THREE, [Comment(1, 0, 2, "甲\n<乙>&"), Comment(3, 0, 0, "整段"), Comment(0, 0, 0, "全文")]
    )
    parts = unzipped(made)
    assert list(parts) == [*unzipped(THREE), "word/comments.xml"]
    assert b"comments+xml" in parts["[Content_Types].xml"]
    assert b'Target="comments.xml"' in parts["word/_rels/document.xml.rels"]
    assert mark_texts(made)[0] == ("全文", "关于做好工作的通知")
    assert ("甲<乙>&", "关于") in mark_texts(made)


def test_what_python_docx_makes_opens_again_with_comments_of_both():
    out = io.BytesIO()
    source = docx.Document()
    paragraph = source.add_paragraph("甲乙丙丁")
    source.add_comment(paragraph.runs[0], text="旧批注", author="张三")
    source.save(out)
    made = docx.Document(io.BytesIO(review(out.getvalue(), [Comment(1, 1, 3, "新批注")])))
    assert [(each.author, each.text) for each in made.comments] == [
        ("张三", "旧批注"),
        ("执笔", "新批注"),
    ]


def test_notes_and_boxes_take_no_comment_so_it_stands_at_the_beginning():
    notes = f'<w:footnote w:id="1">{p("注文")}</w:footnote>'
    assert mark_texts(review(file(p("正文"), footnotes=notes), [Comment(2, 0, 1, "脚注有误")])) == [
        ("脚注有误", "正文")
    ]


def test_a_footnote_is_repaired_in_its_own_part():
    content = file(p("正文"), footnotes=f'<w:footnote w:id="1">{p("注,文")}</w:footnote>')
    done = repair(content, [Edit(2, 1, 2, "，")], accepted=True).content
    assert [each.text for each in measure(done).paragraphs] == ["正文", "注，文"]
    assert unzipped(done)["word/document.xml"] == unzipped(content)["word/document.xml"]


FIELD = '<w:fldSimple w:instr="PAGE"><w:r><w:t>1,2</w:t></w:r></w:fldSimple>'
OTHERS = '<w:ins w:id="7" w:author="张三"><w:r><w:t>1,2</w:t></w:r></w:ins>'
MARKED = '<w:r><w:t>1,2</w:t><w:footnoteReference w:id="1"/></w:r>'


@pytest.mark.parametrize("inner", [FIELD, OTHERS, MARKED, "<m:oMath/>"])
def test_what_cannot_be_repaired_without_touching_more_is_left_and_told(inner):
    content = file(p("前", inner))
    edit = Edit(1, 2, 3, "，") if "1,2" in inner else Edit(1, 1, 2, "，")
    done = repair(content, [edit])
    assert (done.content, done.left) == (content, (edit,))


def test_edits_that_overlap_or_lie_beyond_the_text_are_left():
    first, second, beyond, nowhere = (
        Edit(2, 0, 4, "甲"),
        Edit(2, 3, 5, "乙"),
        Edit(2, 90, 91, "丙"),
        Edit(99, 0, 1, "丁"),
    )
    assert set(repair(THREE, [first, second, beyond, nowhere]).left) == {second, beyond, nowhere}


def found(replacement: str | None = "，") -> Diagnostic:
    said = ("用了半角逗号", "", "A", replacement)
    return Diagnostic(
        "P01", "半角逗号", "文字", Level.WARNING, "GB/T 15834", "第2段", ",", *said, 2, 6, 7
    )  # type: ignore[arg-type]


def test_a_comment_says_what_why_and_what_instead():
    (said, words), *_ = mark_texts(commented(THREE, [found()]))
    assert (said, words) == ("[警告 P01] 用了半角逗号。改为：，依据：GB/T 15834", ",")


def test_a_strict_file_stays_strict():
    strict = {
        name: content.replace(WORD.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main")
        for name, content in unzipped(file(p("甲,乙"))).items()
    }
    done = repair(zipped(strict), [Edit(1, 1, 2, "，")], accepted=True).content
    assert WORD.encode() not in unzipped(done)["word/document.xml"]
    assert measure(done).paragraphs[0].text == "甲，乙"


def test_a_package_with_one_name_twice_is_written_with_each_once():
    out = io.BytesIO(THREE)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(out, "a") as package:
        package.writestr("word/document.xml", unzipped(THREE)["word/document.xml"])
    names = zipfile.ZipFile(
        io.BytesIO(repair(out.getvalue(), [Edit(2, 6, 7, "，")]).content)
    ).namelist()
    assert len(names) == len(set(names))


def test_word_finds_nothing_to_repair_in_a_file_with_comments_and_changes():
    from examples import EXAMPLES
    from package_check import faults

    from gongwen import profile
    from gongwen.writer.write import write

    ours = write(EXAMPLES["headings"], profile.load("classic", [profile.packaged_templates()]))
    repaired = repair(ours, [Edit(1, 2, 3, "乙"), Edit(2, 0, 1, "")])
    marked = review(
        repaired.content, [Comment(1, 0, 3, "甲"), Comment(1, 2, 3, "乙"), Comment(0, 0, 0, "丙")]
    )
    assert (faults(marked), repaired.left) == ([], ())
