"""Laws of repair: twice is once; no numeral changes its value, no quotation its pairing, nothing outside its span."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from prose_cases import cases, manuscript

from gongwen.chinese.numbers.numerals import from_chinese
from gongwen_lint.manuscript.reading import from_bytes
from gongwen_lint.repair.repairs import GUARDED, SAFE, Edit, applied, repairs, source_repaired
from gongwen_lint.rules.prose import RULES
from gongwen_lint.rules.prose.punctuation.quotes import paired
from gongwen_lint.rules.registry import BY_CODE
from gongwen_lint.runner import examine

REPAIRED = [case for case in cases() if case.repaired]
CHANGES_WRITING = {"N12", "N13"}  # 三、四 -> 三四, 20几 -> 二十几: the same number in other signs


def repaired(text: str, rules=RULES, allowed=GUARDED) -> str:
    before = manuscript(text)
    made = {repair.para: repair.edits for repair in repairs(before, rules, allowed=allowed)}
    heads = [
        re.match(r"\s*(〈[^〉]*〉)?", part)[1] or "" for part in text.split("¶") if part.strip()
    ]
    return " ¶ ".join(
        head + applied(para.text, made.get(para.number, ()))
        for head, para in zip(heads, before.paras, strict=True)
    )


def plain(text: str) -> str:
    return " ¶ ".join(part.strip() for part in text.split("¶") if part.strip())


@pytest.mark.parametrize("case", REPAIRED, ids=lambda case: f"{case.code} {case.text[:12]}")
def test_a_repair_makes_what_the_case_says(case):
    assert repaired(case.text, [BY_CODE[case.code]]) == plain(case.repaired)


def test_every_rule_that_can_repair_has_a_case_that_shows_it():
    able = {code for case in cases() for code in [case.code] if _offers(case)}
    assert able - {case.code for case in REPAIRED} == set()


def _offers(case) -> bool:
    found = examine(manuscript(case.text), [BY_CODE[case.code]])
    return any(each.replacement is not None and each.fix in GUARDED for each in found)


PIECES = st.sampled_from(
    [case.text.split("〉")[-1].strip() for case in cases() if "¶" not in case.text]
    + list("，。、；：！？“”‘’（）《》〔〕【】…—-～~,.;:()%％\"' \u3000\u00a0")
    + [
        "2023年",
        "第5号",
        "35名",
        "1,234元",
        "3.5%",
        "甲",
        "和",
        "等",
        "党支部",
        "一是",
        "二〇二三年",
        "GB/T 9704-2012",
        "９：30",
        "0571-88880000",
    ]
)
TEXTS = st.lists(PIECES, min_size=1, max_size=7).map("".join)
ARBITRARY = st.text(
    st.sampled_from(
        "甲乙和等一二三十百年月日号第个人，。、；：“”‘’（）()《》〔〕[]…—-～~,.;:%％0123456789０５ABkm \u3000\u00a0"
    ),
    max_size=40,
)


@example("0 \u00a0")
@example("》:\u3000")
@example("》.\u3000")
@settings(max_examples=150, deadline=None)
@given(st.one_of(TEXTS, ARBITRARY))
def test_repairing_twice_is_repairing_once(text):
    for allowed in (SAFE, GUARDED):
        once = repaired(text, allowed=allowed).strip()  # as cases are read
        assert repaired(once, allowed=allowed) == once


@example(".\u00a01")
@example("2023年1月5日.2023年1月5日")
@example("提高.5%。")
@example("0\u00a0０")
@settings(max_examples=150, deadline=None)
@given(st.one_of(TEXTS, ARBITRARY))
def test_a_repair_never_changes_the_value_of_a_numeral(text):
    assert numerals(repaired(text, allowed=SAFE)) == numerals(plain(text))


@settings(max_examples=150, deadline=None)
@given(st.one_of(TEXTS, ARBITRARY))
def test_a_repair_never_unpairs_quotation_marks(text):
    assume(not re.search(r"[：；，。:;,.][ \u3000]*[\w①-⑳]{1,3}[)）]", text))  # 1) may be a label
    before, after = (
        paired(words.replace("\n", " ")) for words in (plain(text), repaired(text, allowed=GUARDED))
    )
    assert len(after.alone) <= len(before.alone)


@settings(max_examples=150, deadline=None)
@given(st.one_of(TEXTS, ARBITRARY))
def test_one_rule_touches_nothing_outside_the_spans_it_names(text):
    for rule in RULES:
        before = manuscript(text)
        hits = [hit for hit in examine(before, [rule]) if hit.replacement is not None]
        spans = {at for hit in hits for at in range(hit.start, hit.end)}
        ends = {at for hit in hits for at in (hit.start, hit.end)}
        for repair in repairs(before, [rule], allowed=GUARDED)[:1] if len(hits) == 1 else ():
            for edit in repair.edits:
                assert set(range(edit.start, edit.end)) <= spans or (
                    edit.start == edit.end and edit.start in ends | spans
                )


def numerals(text: str) -> list[float]:
    """The values of the numbers in a text, Chinese dates included, in order."""
    text = re.sub(r"[\u200b-\u200d\u2060\ufeff\u00ad]", "", text)
    text = re.sub(r"(?<=\d)[．·](?=\d)", ".", text)
    text = re.sub(r"(?<=[\u4e00-\u9fff”’）》])\.(?=\d)(?!\d+[%％‰万亿])", " ", text)  # a full stop
    text = unicodedata.normalize("NFKC", re.sub(r"…|\.{2,}", " ", text))
    text = re.sub(r"((?:19|20)\d\d)[.\-/](\d{1,2})[.\-/](\d{1,2})(?![.\d])", r"\1 \2 \3", text)
    text = re.sub(
        r"[一二][一二三四五六七八九零〇○O0]{3}(?=年)",
        lambda m: m[0].translate(str.maketrans("一二三四五六七八九零〇○O", "1234567890000")),
        text,
    )
    text = re.sub(r"[一二三四五六七八九十]{1,3}(?=[月日])", lambda m: str(_value(m[0])), text)
    return [float(f"0{number}") for number in re.findall(r"\d*\.\d+|\d+", text)]


def _value(text: str) -> str | int:
    try:
        return from_chinese(text)
    except ValueError:
        return text


def test_the_source_keeps_everything_that_is_no_repair():
    source = "---\ntitle: a,b\n---\r\n# 总结\r\n\r\n改革,服务 `改革,服务` [见,此](http://a/b,c)。\r\n\r\n| 甲,乙 | 丙 |\r\n|---|---|\r\n| 丁,戊 | 己 |\r\n"
    read = from_bytes(source.encode(), "总结.md")

    assert source_repaired(read, repairs(read, [BY_CODE["P01"]])) == (
        source.replace("改革,服务 `", "改革，服务 `")
        .replace("甲,乙", "甲，乙")
        .replace("丁,戊", "丁，戊")
        .replace("见,此", "见，此")
    )


def test_edits_of_several_rounds_are_told_on_the_original():
    before = manuscript("(一）、完成,任务。。。")
    made = repairs(before, RULES)

    assert applied(before.paras[0].text, made[0].edits) == "（一）完成，任务……"
    assert all(isinstance(edit, Edit) for edit in made[0].edits)
