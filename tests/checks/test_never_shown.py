"""What the checker says is not shown is shown nowhere: not beside the place, not by another rule, not in any output."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from random import Random

import docx
import pytest

from disguises import card, disguised, identity, mobile, old_identity
from gongwen_lint.check import check, entries
from gongwen_lint.formats import sarif, text
from gongwen_lint.manuscript.reading import from_bytes
from gongwen_lint.repair.comments import commented
from gongwen_lint.repair.repairs import GUARDED, repairs
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.registry import BY_CODE, RULES
from gongwen_lint.runner import examine

DICE = Random(4)
SECRETS = [identity(DICE), mobile(DICE), card(DICE), old_identity(DICE)]
MAIL, HOME = "lisi2026@example.com", "城关镇东门里23号"
BEFORE = "# 关于开展走访慰问工作的总结\n\n一、基本情况\n\n"
SENTENCES = [
    "抢修队长李某手机号{}，随时可以拨打。",
    "通知本人（{}）到场，约{}左右，较上年增长{}。",
    "李某身份证号码{}；李某身份证号码{}；李某身份证号码{}。",
    "有{}个,共{}元,比上年的{}元增长5.2个百分点。",
    "1、{}。2、{}。3.{}",
    "“{}”和《{}》，（{}）、〔{}〕。",
]
PAGE = "\n\n".join(
    [
        BEFORE,
        *(sentence.replace("{}", secret) for secret in SECRETS for sentence in SENTENCES),
        f"投稿请寄{MAIL}，他家住{HOME}，好找。",
    ]
)


def pieces(number: str) -> set[str]:
    """What nobody may read of a number: any five digits in a row."""
    return {number[at : at + 5] for at in range(len(number) - 4)}


def leaks(shown: str) -> list[str]:
    found = [piece for secret in SECRETS for piece in pieces(secret) if piece in shown]
    return found + [secret for secret in (MAIL, HOME) if secret in shown]


def typed(content: str) -> bytes:
    out = io.BytesIO()
    document = docx.Document()
    for line in content.split("\n\n"):
        document.add_paragraph(line)
    document.save(out)
    return out.getvalue()


@pytest.fixture
def outcome(tmp_path: Path):
    (tmp_path / "总结.md").write_text(PAGE, "utf-8")
    return check(tmp_path / "总结.md", tuple(BY_CODE), CheckContext())


def test_every_private_thing_is_found(outcome) -> None:
    kinds = {each.message for each in outcome.found if each.code == "K15"}
    wanted = ("身份证号", "手机号", "银行卡号", "电子邮箱", "家庭住址")
    assert {f"有{kind}（内容不显示）" for kind in wanted} <= kinds


def test_neither_the_lines_nor_json_nor_sarif_show_a_piece_of_it(outcome) -> None:
    assert len(outcome.found) > 20
    lines = "\n".join(text.lines(outcome, everything=True))
    assert leaks(lines) == []
    assert leaks(json.dumps(entries(outcome), ensure_ascii=False)) == []
    assert leaks(json.dumps(sarif.log([outcome], RULES, "0"), ensure_ascii=False)) == []
    assert leaks("\n".join(str(each.as_finding()) for each in outcome.found)) == []


def test_last_year_and_other_branches_are_quoted_without_it() -> None:
    page = from_bytes(PAGE.encode(), "总结.md")
    against = CheckContext(last=page, peers=(page,))
    found = [each for each in examine(page, RULES, against) if each.code != "K15"]
    assert found
    assert leaks("\n".join(str(each.as_json()) for each in found)) == []


def test_word_comments_do_not_show_it() -> None:
    content = typed(PAGE)
    found = examine(from_bytes(content, "总结.docx"), RULES)
    with zipfile.ZipFile(io.BytesIO(commented(content, found))) as archive:
        comments = archive.read("word/comments.xml").decode()
    assert "内容不显示" in comments
    assert leaks(comments) == []


def test_no_repair_touches_or_repeats_it() -> None:
    page = from_bytes(PAGE.encode(), "总结.md")
    texts = [edit.new for repair in repairs(page, RULES, allowed=GUARDED) for edit in repair.edits]
    assert leaks("\n".join(texts)) == []


def test_disguised_numbers_are_found_and_not_shown_either() -> None:
    spellings = [
        spelling
        for kind, spelling in disguised(Random(9))
        if "\n" not in spelling and kind != "固定电话"
    ]
    page = "\n\n".join(f"李某的号码是{spelling}，已经登记。" for spelling in spellings)
    found = examine(from_bytes(page.encode(), "甲.txt"), RULES)
    marked = {each.para for each in found if each.code == "K15"}
    assert len(marked) == len(spellings) > 150
    shown = json.dumps([each.as_json() for each in found], ensure_ascii=False)
    assert [spelling for spelling in spellings if spelling in shown] == []


def test_ordinary_numbers_are_shown_as_they_stand() -> None:
    page = "# 总结\n\n共有党员598名,2026年3月走访130户、1200人次，共13800138000元.\n"
    found = examine(from_bytes(page.encode(), "甲.md"), RULES)
    assert found
    assert "＊" not in "".join(str(each.as_json()) for each in found)


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("content", [b"# \xe6\x80\xbb\xe7\xbb\x93\n\n1\xe3\x80\x81a,b\n", b"\xb5\xb3\xb7\xd1", b"\x00\xff", b"abc " * 99])  # fmt: skip
def test_a_number_in_the_name_of_a_file_or_folder_is_not_shown(
    tmp_path: Path, secret: str, content: bytes
) -> None:
    path = tmp_path / f"张某{secret}" / f"{secret[:3]} {secret[3:7]} {secret[7:]}.txt"
    path.parent.mkdir()
    path.write_bytes(content)
    made = check(path, tuple(BY_CODE), CheckContext())

    shown = ["\n".join(text.lines(made, everything=True)), json.dumps(entries(made))]
    shown.append(json.dumps(sarif.log([made], RULES, "0")))
    assert [number for number in (secret, path.stem) for each in shown if number in each] == []
