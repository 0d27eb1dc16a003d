# ruff: noqa: E501  (a table of data read by its rows)
"""Organisations -> the paragraphs that people of the example county wrote themselves; all of them are made up."""

from __future__ import annotations

from collections.abc import Iterator

from county.days import YEAR
from county.structure import Org

REVIEW, EXCHANGE = "年度总结", "经验交流"

# report, organisation, section, text
TEXTS = (
    (REVIEW, "jg1", "理论学习", "支部把学习贯彻习近平新时代中国特色社会主义思想作为首要政治任务，坚持第一议题先学、党课重点讲、会后联系窗口服务谈体会，党员轮流领学，学完结合办事群众反映的问题讨论怎么改。"),
    (REVIEW, "ct1", "理论学习", "支部把学习贯彻习近平新时代中国特色社会主义思想作为首要政治任务，把课堂搬到道路改造工地，先学原文，再对照施工安全和便民疏导查找差距，由项目党员带头领任务。"),
    (REVIEW, "ct4", "理论学习", "支部把学习贯彻习近平新时代中国特色社会主义思想作为首要政治任务，采取集中领学、个人自学和小区现场交流相结合的办法，学完原文谈岗位，重点讨论设施维修、业主投诉等难事怎么办。"),
    (REVIEW, "ct4", "下一步", "支部将把主题党日和小区巡查、设施检修安排在一起，轮班党员分两批参加，由支部委员逐月核对补课情况，不让一名党员掉队。"),
    (REVIEW, "jt2", "理论学习", "支部把学习贯彻习近平新时代中国特色社会主义思想作为首要政治任务，针对驾驶员长年在外的实际，编印随车学习提纲，回场时集中讨论，途中由党员班长组织自学。"),
    (REVIEW, "jt2", "下一步", "支部将按发车班次排定主题党日，错开春运、暑运高峰，外出党员回场后一周内补课，由党小组长记录。"),
    (REVIEW, "wl3", "理论学习", "支部把学习贯彻习近平新时代中国特色社会主义思想作为首要政治任务，利用早班前、夜班后的时间分组领学，学习内容与服务礼仪、食品安全结合起来。"),
    (REVIEW, "wl3", "下一步", "支部将避开旅游旺季安排组织生活，确需调整的提前向党总支说明，缺的当月补上，由支部书记按季自查。"),
    (REVIEW, "gs1", "理论学习", "支部把学习贯彻习近平新时代中国特色社会主义思想作为首要政治任务，由党小组按班组组织学习，把学习收获用到保水质、降漏损上，学习情况在班组公示栏公开。"),
    (EXCHANGE, "gs1", "导语", "供水一头连着水源，一头连着千家万户。一线班组昼夜轮换，党员分散在净水、巡线、抄表各个岗位，怎样让支部在管线上站得住、让群众看得见，是供水公司党支部近年来着力解决的问题。"),
    (EXCHANGE, "gs1", "体会", "**一是支部要建在岗位上。**责任区划到班组、标到管线，群众知道找谁，党员知道管什么。\n**二是评价要交给群众。**服务对象和班组一起评，评得出差距，才改得了毛病。"),
    (EXCHANGE, "gs1", "下一步", "支部将把责任区的做法延伸到二次供水小区，与社区党组织一起公布报修流程，由支部委员分片联系，年中开展一次互评。"),
)  # fmt: skip


def text_rows(orgs: list[Org]) -> Iterator[dict[str, object]]:
    """The paragraphs of every organisation that has any, for the report year."""
    for org in orgs:
        for report, key, section, text in TEXTS:
            if key == org.plan.key:
                yield {
                    "report": report, "org_code": org.code, "year": YEAR, "section": section, "text": text,
                }  # fmt: skip
