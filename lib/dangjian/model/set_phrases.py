"""What a report on party work is held to whatever its workbook.

Titles of regulations with their days, set phrases.

Only what was read in its source stands here; nothing is recalled from memory.
"""

from __future__ import annotations

from datetime import date

from gongwen_lint.reference_data import Formula, Phrasebook, Regulation

LORE = Phrasebook(
    regulations=(
        Regulation("中国共产党国有企业基层组织工作条例（试行）", date(2019, 12, 30)),
        Regulation("中国共产党支部工作条例（试行）", date(2018, 10, 28)),
        Regulation("中国共产党党员教育管理工作条例", date(2019, 5, 6)),
        Regulation("关于党的基层组织任期的意见"),
        Regulation("中国共产党发展党员工作细则"),
        Regulation("中国共产党基层组织选举工作条例"),
        Regulation("关于中国共产党党费收缴、使用和管理的规定"),
        Regulation("整治形式主义为基层减负若干规定", date(2024, 8, 6)),
    ),
    formulas=(
        Formula("三会一课", "三课一会|一课三会|一会三课"),
        Formula("三重一大", "三大一重|一大三重|一重三大"),
        Formula("一岗双责", "双岗一责|一责双岗|双责一岗"),
        Formula("两个一以贯之", "两个一贯之|两个一以惯之|两个以一贯之"),
        Formula("四讲四有", "四有四讲"),
        Formula("党建入章", "党建人章"),
    ),
)
