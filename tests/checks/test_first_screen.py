"""What is told first of a document: at most 25 lines, what would embarrass at the top, one line a cause."""

from __future__ import annotations

from pathlib import Path

from gongwen_lint.check import check
from gongwen_lint.formats.first_screen import LINES
from gongwen_lint.formats.text import lines
from gongwen_lint.rules.context import CheckContext
from gongwen_lint.rules.registry import RULES

CODES = tuple(rule.code for rule in RULES if "text" in rule.needs and len(rule.needs) == 1)
SLIPS = (
    "工作情况的报告",
    "共有党员612名,其中正式党员588名,预备党员26名。",
    "改革,服务,发展,稳定,创新,协调,绿色,开放,共享。",
    "20XX年,党支部召开会议,任务布署到位,,措施落实。",
    "一是,加强学习。2026年2月30日,完成整改。",
)


def told(tmp_path: Path, text: str, *, everything: bool = False) -> list[str]:
    source = tmp_path / "稿.txt"
    source.write_text(text, "utf-8")
    return list(lines(check(source, CODES, CheckContext()), everything=everything))


def test_a_document_full_of_half_width_commas_tells_the_wrong_total_first(tmp_path):
    screen = told(tmp_path, "\n".join(SLIPS))

    rules = [
        line.split()[1] for line in screen if line.startswith("  ") and not line.startswith("    ")
    ]
    assert rules.index("K03") < rules.index("P01")
    assert sum("半角标点" in line for line in screen) == 1
    assert "逗号" in next(line for line in screen if "半角标点" in line)


def test_the_first_screen_is_never_longer_than_it_may_be(tmp_path):
    text = "\n".join(
        SLIPS
        + tuple(f"第{number}批共有党员{number}9名,其中男1名、女2名 ,。" for number in range(40))
    )

    assert len(told(tmp_path, text)) <= LINES
    assert len(told(tmp_path, text, everything=True)) > LINES


def test_what_is_left_out_is_counted_and_all_of_it_is_told_on_request(tmp_path):
    text = "\n".join(f"党支部召开会议{number}次,做到了了,." for number in range(30))
    screen = told(tmp_path, text)

    assert any("另有" in line and "--all" in line for line in screen)
    assert not any("另有" in line for line in told(tmp_path, text, everything=True))


def test_a_document_in_another_language_gets_one_remark(tmp_path):
    text = "A quiet road, lined with old trees; it led to the town (and back) ... again.\n" * 12

    assert [line.split("] ")[-1] for line in told(tmp_path, text)[1:]] == [
        "稿.txt：没有中文，公文的规则不适用。"
    ]


def test_a_template_is_told_once(tmp_path):
    text = "\n\n".join(f"20XX年，第{number}次党员大会XX人参加。" for number in range(1, 6))
    screen = told(tmp_path, text)
    assert sum("K01" in line for line in screen) == 1
    assert any("10处占位符没有填" in line for line in screen)


def test_a_compilation_is_told_once(tmp_path):
    part = "一、做法\n\n各支部抓学习{0}次。\n\n二、成效\n\n各支部办实事{0}件。\n\n"
    screen = told(tmp_path, "".join(part.format(number) for number in range(12, 17)))
    assert any("像是几份材料合在一起：一级标题4次从头编号" in line for line in screen)


def test_blanks_throughout_are_one_cause(tmp_path):
    text = "。\n\n".join(f"培训 {number} 次，惠及 {number} 人" for number in range(11, 16))
    screen = told(tmp_path, f"{text}。")
    assert sum("通篇在汉字与数字之间空格" in line for line in screen) == 1


def test_labels_in_half_width_brackets_are_one_cause(tmp_path):
    text = "\n\n".join(f"({number})抓学习，强思想。" for number in "一二三四五")
    screen = told(tmp_path, text)
    assert sum("S02" in line for line in screen) == 1
    assert any("带括号的汉字序号写法不对：5处" in line for line in screen)


def test_half_width_commas_hide_no_arithmetic(tmp_path):
    screen = told(
        tmp_path, "情况报告\n\n共有党员86名,其中优秀21名,合格60名,基本合格3名.占比为24.4%."
    )
    assert any("21+60+3=84" in line for line in screen)
