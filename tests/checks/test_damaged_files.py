"""Two hundred ways to damage a good file: each is read or refused in words, within bounds, and never outside the file."""

from __future__ import annotations

import io
import random
import resource
import struct
import sys
import zipfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from multiprocessing import get_context
from pathlib import Path

import pytest
from pages import GOOD, heading, page, para, picture, table, title

from gongwen import profile
from gongwen.errors import UnreadableFile
from gongwen_lint.manuscript.reading.docx import read
from gongwen_lint.repair.comments import commented
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.page import RULES
from gongwen_lint.runner import examine

from handmade import SPACES, p, unzipped, zipped  # isort: skip

SEEDS = 10
NAME = "坏文件.docx"
LIST = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
NUMBERING = ('<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
             '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>')  # fmt: skip
STYLES = ('<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="21"/></w:rPr></w:rPrDefault></w:docDefaults>'
          '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
          '<w:style w:type="paragraph" w:styleId="b"><w:name w:val="heading 1"/><w:basedOn w:val="a"/></w:style>')  # fmt: skip
GOOD_FILE = page(
    title(), heading("一、情况", style='<w:pStyle w:val="b"/>'), *(para(GOOD) for _ in range(3)), p("条目", n=LIST),
    para("", inner=picture(30)), table(("甲", "乙"), ("1", "2")), para("2026年1月5日", align="right"),
    styles=STYLES, numbering=NUMBERING, footnotes=f'<w:footnote w:id="1">{p("注文")}</w:footnote>',
)  # fmt: skip
MAIN = "word/document.xml"
Damage = Callable[[random.Random, Path], bytes]


def parts(**changed: bytes) -> bytes:
    return zipped({**unzipped(GOOD_FILE), **changed})


def truncated(dice: random.Random, _: Path) -> bytes:
    return GOOD_FILE[: dice.randrange(1, len(GOOD_FILE))]


def bytes_changed(dice: random.Random, _: Path) -> bytes:
    content = bytearray(GOOD_FILE)
    for _ in range(dice.randrange(1, 60)):
        content[dice.randrange(len(content))] = dice.randrange(256)
    return bytes(content)


def part_missing(dice: random.Random, _: Path) -> bytes:
    made = unzipped(GOOD_FILE)
    del made[dice.choice(sorted(made))]
    return zipped(made)


def parts_swapped(dice: random.Random, _: Path) -> bytes:
    made = unzipped(GOOD_FILE)
    one, other = dice.sample(sorted(made), 2)
    made[one], made[other] = made[other], made[one]
    return zipped(made)


def xml_torn(dice: random.Random, _: Path) -> bytes:
    made = unzipped(GOOD_FILE)
    name = dice.choice(sorted(made))
    made[name] = made[name][: dice.randrange(len(made[name]))]
    return zipped(made)


def xml_garbled(dice: random.Random, _: Path) -> bytes:
    made = unzipped(GOOD_FILE)
    name = dice.choice(sorted(made))
    content = bytearray(made[name])
    for _ in range(dice.randrange(1, 20)):
        content[dice.randrange(len(content))] = dice.choice(b"<>&\"'/=\x00\xff w:")
    return zipped({**made, name: bytes(content)})


def tags_shuffled(dice: random.Random, _: Path) -> bytes:
    """Well-formed nonsense: elements of Word where none belong."""
    names = ["p", "r", "t", "tbl", "tr", "tc", "sdt", "sdtContent", "ins", "del", "hyperlink", "pPr", "rPr", "sectPr", "numPr",
             "pBdr", "tblGrid", "fldChar", "instrText", "txbxContent", "drawing", "br", "sym", "ruby", "rubyBase"]  # fmt: skip

    def made(depth: int) -> str:
        name = dice.choice(names)
        marks = "".join(
            f' w:{key}="{dice.choice(["1", "-1", "x", ""])}"'
            for key in ("val", "type", "id", "fldCharType")
        )
        inner = "".join(made(depth - 1) for _ in range(dice.randrange(4))) if depth else "字"
        return f"<w:{name}{marks}>{inner}</w:{name}>"

    body = "".join(made(5) for _ in range(6))
    return parts(**{MAIN: f"<w:document {SPACES}><w:body>{body}</w:body></w:document>".encode()})


def numbers_absurd(dice: random.Random, _: Path) -> bytes:
    """Every number of the file replaced by one no page has."""
    import re

    absurd = [
        "-1",
        "99999999999999999999",
        "1e309",
        "NaN",
        "inf",
        "",
        "0",
        "-99999",
        "十",
        "１２",
        "0x10",
        "1.5.2",
        "9" * 5000,
    ]
    made = {
        name: re.sub(r'(?<==")-?\d+(?=")', lambda _: dice.choice(absurd), content.decode()).encode()
        if name.startswith("word/") and name.endswith(".xml") else content
        for name, content in unzipped(GOOD_FILE).items()
    }  # fmt: skip
    return zipped(made)


def relations_wrong(dice: random.Random, folder: Path) -> bytes:
    secret = folder / "secret.xml"
    target = dice.choice([
        "../../../../etc/passwd", "/etc/passwd", secret.as_uri(), str(secret), "http://127.0.0.1:9/x.xml", "", ".", "..",
        "document.xml", "\\\\server\\share\\x.xml", "styles.xml#x", "%2e%2e/x", "x" * 70_000, "\u202e",
    ])  # fmt: skip
    made = unzipped(GOOD_FILE)
    name = dice.choice(["_rels/.rels", "word/_rels/document.xml.rels"])
    made[name] = made[name].replace(dice.choice([b"styles.xml", b"word/document.xml", b"footer1.xml", b"numbering.xml"]),
                                    target.encode())  # fmt: skip
    if dice.random() < 0.5:
        made[name] = made[name].replace(b"Target=", b'TargetMode="External" Target=')
    return zipped(made)


def entities(dice: random.Random, folder: Path) -> bytes:
    secret = folder / "secret.xml"
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    subset, used = dice.choice([
        (f'<!ENTITY x SYSTEM "{secret.as_uri()}">', "&x;"), ('<!ENTITY x SYSTEM "http://127.0.0.1:9/">', "&x;"),
        (f'<!ENTITY e0 "甲甲甲甲">{bomb}', "&e11;"), (f'<!ENTITY % x SYSTEM "{secret.as_uri()}">%x;', "甲"),
    ])  # fmt: skip
    place = dice.choice(
        [
            f"<w:t>{used}</w:t>",
            f'<w:t w:val="{used}">甲</w:t>' if "SYSTEM" not in subset else f"<w:t>{used}</w:t>",
        ]
    )
    body = f"<w:document {SPACES}><w:body><w:p><w:r>{place}</w:r></w:p></w:body></w:document>"
    return parts(
        **{dice.choice([MAIN, "word/styles.xml"]): f"<!DOCTYPE d [{subset}]>{body}".encode()}
    )


def bombs(dice: random.Random, _: Path) -> bytes:
    out = io.BytesIO()
    size = 70_000_000
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in unzipped(GOOD_FILE).items():
            if name != dice.choice([MAIN, "word/styles.xml", "_rels/.rels"]):
                package.writestr(name, content)
        package.writestr(dice.choice([MAIN, "word/styles.xml", "word/media/x.bin"]), b" " * size)
    return out.getvalue()


def sizes_belied(dice: random.Random, _: Path) -> bytes:
    """The directory says a part is small, or that there are more of them than there are."""
    content = bytearray(GOOD_FILE)
    at = content.find(b"PK\x01\x02")
    for _ in range(dice.randrange(1, 9)):
        following = content.find(b"PK\x01\x02", at + 4)
        at = following if following > 0 else at
    struct.pack_into("<I", content, at + 24, dice.choice([0, 1, 0xFFFFFFFF, 2**31]))
    return bytes(content)


def nested(dice: random.Random, _: Path) -> bytes:
    depth = dice.choice([50, 200, 3000, 100_000])
    tag = dice.choice(["sdt", "ins", "tbl", "p", "r", "hyperlink"])
    inner = f"<w:{tag}>" * depth + f"</w:{tag}>" * depth
    return parts(**{MAIN: f"<w:document {SPACES}><w:body>{inner}</w:body></w:document>".encode()})


def crowded(dice: random.Random, _: Path) -> bytes:
    body = dice.choice([
        p("甲" * 2_000_000), p("甲", s=f'<w:pStyle w:val="{"x" * 100_000}"/>'), p("") * 10_000,
        p("甲", s="<w:tabs>" + '<w:tab w:val="left" w:pos="1"/>' * 10_000 + "</w:tabs>"),
        "<w:p>" + "<w:r><w:t>甲</w:t></w:r>" * 10_000 + "</w:p>",
        f'<w:tbl><w:tr>{"<w:tc><w:p/></w:tc>" * 5_000}</w:tr></w:tbl>',
    ])  # fmt: skip
    return parts(**{MAIN: f"<w:document {SPACES}><w:body>{body}</w:body></w:document>".encode()})


def names_evil(dice: random.Random, _: Path) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in unzipped(GOOD_FILE).items():
            package.writestr(name, content)
        for _ in range(dice.randrange(1, 30)):
            evil = dice.choice(
                [
                    "../../evil",
                    "/etc/evil",
                    "C:\\evil",
                    "word/../document.xml",
                    "a\x00b",
                    "",
                    "x" * 60_000,
                ]
            )
            package.writestr(zipfile.ZipInfo(f"{evil}{dice.randrange(10**6)}"), b"x")
    return out.getvalue()


def types_wrong(dice: random.Random, _: Path) -> bytes:
    made = unzipped(GOOD_FILE)
    key = "[Content_Types].xml"
    made[key] = dice.choice([b"", b"<x/>", made[key].replace(b"document.main", b"template"), b"\xff\xfe<\x00",
                             made[key].replace(b"xml", b"bin")])  # fmt: skip
    return zipped(made)


def cycles(dice: random.Random, _: Path) -> bytes:
    styles = "".join(f'<w:style w:type="paragraph" w:styleId="s{n}"><w:name w:val="s{n}"/><w:basedOn w:val="s{dice.randrange(30)}"/>'
                     f'<w:pPr><w:numPr><w:numId w:val="{dice.randrange(5)}"/></w:numPr></w:pPr></w:style>' for n in range(30))  # fmt: skip
    lists = "".join(f'<w:abstractNum w:abstractNumId="{n}"><w:numStyleLink w:val="s{n}"/><w:styleLink w:val="s{n}"/></w:abstractNum>'
                    f'<w:num w:numId="{n}"><w:abstractNumId w:val="{dice.randrange(7)}"/></w:num>' for n in range(5))  # fmt: skip
    body = "".join(p("甲", s=f'<w:pStyle w:val="s{dice.randrange(40)}"/>') for _ in range(40))
    return page(body, styles=styles, numbering=lists)


def other_kinds(dice: random.Random, _: Path) -> bytes:
    return dice.choice([
        b"", b"PK", b"PK\x05\x06" + b"\0" * 18, b"%PDF-1.7", b"{\\rtf1 x}", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "纯文本".encode(), zipped({"a.txt": b"x"}),
        zipped({"xl/workbook.xml": b"<x/>"}), bytes(dice.randrange(256) for _ in range(3000)),
    ])  # fmt: skip


DAMAGES: tuple[Damage, ...] = (
    truncated, bytes_changed, part_missing, parts_swapped, xml_torn, xml_garbled, tags_shuffled, numbers_absurd,
    relations_wrong, entities, bombs, sizes_belied, nested, crowded, names_evil, types_wrong, cycles, other_kinds,
)  # fmt: skip
EXTRA = {truncated: 20, bytes_changed: 40, numbers_absurd: 20, bombs: 3, crowded: 6, nested: 6}


@cache
def _against() -> CheckContext:
    return CheckContext(profile=profile.load("classic", [profile.packaged_templates()]))


def _outcome(content: bytes) -> str:
    """What becomes of a file: its findings, or its refusal."""
    try:
        found = examine(read(content, NAME), RULES, _against())
    except UnreadableFile as refusal:
        return str(refusal)
    with suppress(UnreadableFile):  # words may be read where nothing can be written back
        commented(content, found, NAME)
    return f"读出{len(found)}处"


def _all_outcomes(folder: str, answers) -> None:
    """Every damage of every kind in this one process; whoever hangs, bursts or crashes it ends the test."""
    resource.setrlimit(resource.RLIMIT_CPU, (100, 100))
    resource.setrlimit(resource.RLIMIT_AS, (4_000_000_000, 4_000_000_000))
    for damage in DAMAGES:
        for seed in range(EXTRA.get(damage, SEEDS)):
            try:
                answer = _outcome(damage(random.Random(f"{damage.__name__}{seed}"), Path(folder)))
            except BaseException as trouble:  # noqa: BLE001  # told by name, whatever it is
                answer = f"崩溃：{type(trouble).__name__} {trouble}"[:300]
            answers.put((damage.__name__, seed, answer))
    answers.put(None)


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory) -> list[tuple[str, int, str]]:
    folder = tmp_path_factory.mktemp("坏")
    (folder / "secret.xml").write_text("<w>机密内容</w>", encoding="utf-8")
    context = get_context("spawn")
    answers = context.Queue()
    process = context.Process(target=_all_outcomes, args=(str(folder), answers))
    process.start()
    found = list(iter(lambda: answers.get(timeout=100), None))
    process.join(20)
    assert process.exitcode == 0
    return found


def test_there_are_two_hundred(outcomes):
    assert len(outcomes) >= 200
    assert len({(name, seed) for name, seed, _ in outcomes}) == len(outcomes)


def test_none_crashes(outcomes):
    assert [each for each in outcomes if each[2].startswith("崩溃")] == []


def test_none_tells_what_stands_outside_the_file(outcomes):
    assert [each for each in outcomes if "机密" in each[2]] == []


def test_refusals_say_what_to_do(outcomes):
    refused = [answer for *_, answer in outcomes if not answer.startswith("读出")]
    assert len(refused) >= 50
    assert [
        answer for answer in refused if "请" not in answer or not answer.startswith(f"{NAME}：")
    ] == []


def test_good_words_are_still_read_where_only_the_wrapping_is_damaged(outcomes):
    assert all(
        answer.startswith("读出")
        for name, _, answer in outcomes
        if name in ("types_wrong", "names_evil")
    )


def test_a_target_outside_is_a_part_nothing_has(tmp_path):
    secret = tmp_path / "secret.xml"
    secret.write_text(f"<w:styles {SPACES}><w:style w:type='paragraph' w:default='1' w:styleId='机密'><w:name w:val='机密'/></w:style></w:styles>",
                      encoding="utf-8")  # fmt: skip
    for target in (secret.as_uri(), str(secret), f"../..{secret}"):
        made = unzipped(GOOD_FILE)
        links = made["word/_rels/document.xml.rels"].replace(b"styles.xml", target.encode())
        del made["word/styles.xml"]
        made["word/_rels/document.xml.rels"] = links
        assert {
            each.measured.style for each in read(zipped(made), "x.docx").paras if each.measured
        } == {""}


@pytest.mark.skipif(sys.platform == "win32", reason="resource limits are those of Unix")
def test_the_good_file_is_read():
    assert _outcome(GOOD_FILE).startswith("读出")
