"""A small valid workbook as plain rows -> .xlsx files and CSV folders, with whatever a test wants changed in it."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl

from dangjian.workbook.contract import CONTRACT
from zhibi.data.contract import Kind, Sheet

SETTINGS = {
    "年度": 2026, "数据截止日": dt.date(2026, 11, 30), "地区": "示例县", "编制单位": "示例县委组织部", "是否脱敏": "否",
    "金额单位": "万元", "月权重": 0.3, "季权重": 0.3, "年权重": 0.4, "优秀分数线": 90, "良好分数线": 80, "一般分数线": 60,
    "星级分数线": "五星:95;四星:90;三星:80", "规则版本": "2026-05-18", "另需脱敏的名称": None,
}  # fmt: skip


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def rows(headers: str, *lines: tuple[Any, ...]) -> list[dict[str, Any]]:
    names = headers.split()
    return [dict(zip(names, line, strict=True)) for line in lines]


def county() -> dict[str, list[dict[str, Any]]]:
    """A valid county of two units, three organisations and ten members; sheets by title, rows by header."""
    members = [
        (
            f"M{n:04}",
            f"张{n}",
            "B002" if n < 8 else "B003",
            1970 + n,
            "正式",
            day("2005-06-20"),
            day("2006-06-20"),
            "是",
        )
        for n in range(1, 11)
    ]
    year = [
        (f"M{n:04}", 2026, 30 + n, 20, 18, "优秀" if n == 1 else "合格", 11, 11, 660, 660)
        for n in range(1, 11)
    ]
    return {
        "单位": rows(
            "单位代码 单位全称 简称 单位类别 职工总数(人) 成立日期 党建入章",
            ("U001", "示例县城市建设投资集团有限公司", "城投集团", "县属国企", 320, day("2012-06-01"), "是"),
            ("U002", "示例县水务有限公司", "水务公司", "县属国企", 80, day("2014-03-01"), "否"),
        ),
        "党组织": rows(
            "党组织代码 名称 类型 上级代码 所属单位 成立日期 本届选举日期 任期(年) 委员数 书记党员代码 状态",
            ("B001", "城投集团党总支", "党总支", None, "U001", day("2013-01-10"), day("2024-12-20"), 3, 5, "M0001", "正常"),
            ("B002", "城投集团第一党支部", "党支部", "B001", "U001", day("2013-01-10"), day("2024-12-20"), 3, 3, "M0002", "正常"),
            ("B003", "水务公司党支部", "党支部", None, "U002", day("2015-01-10"), day("2024-10-20"), 3, None, None, "正常"),
        ),
        "党员": rows("党员代码 姓名 所属党组织 出生年份 党员类别 入党日期 转正日期 在册", *members),
        "党员年度": rows("党员代码 年度 集中学时 应到次数 实到次数 评议等次 应交月数 已交月数 应交党费(元) 实交党费(元)", *year),
        "组织生活台账": rows(
            "活动编号 党组织代码 日期 类型 主题 应到 实到 学时 佐证号",
            ("A2026-0001", "B002", day("2026-03-18"), "主题党日", "学习贯彻党的二十届三中全会精神", 7, 6, 2, "D001"),
            ("A2026-0002", "B002", day("2026-06-17"), "党员大会", "半年工作总结", 7, 7, 2, None),
            ("A2026-0003", "B003", day("2026-04-15"), "主题党日", "节水进社区志愿服务", 3, 3, 2, None),
        ),
        "发展党员": rows(
            "人员代码 党组织代码 阶段 申请日 谈话日 确定积极分子日",
            ("P001", "B002", "积极分子", day("2025-03-03"), day("2025-03-20"), day("2025-09-10")),
        ),
        "机制做法": rows(
            "机制代码 名称 类别 责任组织 起始 声明数量 事项列表 依据文件",
            ("J001", "五步工作法", "工作法", "B001", day("2025-01-10"), 5, "政策设计；工作部署；干部培训；监督检查；追责问责", "D001"),
        ),
        "文件文献": rows(
            "文献代码 标题 类型 发文机关或作者 文号 日期 现行有效",
            ("D001", "关于加强党支部规范化建设的通知", "本级文件", "示例县委组织部", "示组发〔2026〕5号", day("2026-02-10"), "是"),
        ),
        "考核指标": rows(
            "指标代码 上级指标 指标名称 适用对象 分值 计分方式 周期 年度",
            ("Z00", None, "党支部规范化建设", "党支部", 100, "人工", "年", 2026),
            ("Z01", "Z00", "组织设置", "党支部", 40, "人工", "年", 2026),
            ("Z02", "Z00", "组织生活", "党支部", 60, "按次扣分", "年", 2026),
        ),
        "考核得分": rows(
            "党组织代码 党员代码 指标代码 年度 周期类型 期次 得分",
            ("B002", None, "Z01", 2026, "年", 1, 35.5),
            ("B002", None, "Z02", 2026, "年", 1, 52),
        ),
        "三单台账": rows(
            "事项编号 清单类型 责任组织 事项 问题类型 下达日 时限 状态 销号日",
            ("T001", "整改", "B002", "补齐主题党日活动记录", "组织生活", day("2026-04-15"), day("2026-06-30"), "已销号", day("2026-06-20")),
            ("T002", "任务", "B003", "完善党员活动室", "阵地建设", day("2026-09-01"), day("2026-12-20"), "进行中", None),
        ),
        "案例品牌": rows(
            "案例编号 名称 类型 党组织代码 做法 前值 后值 计量单位 入选",
            ("C001", "红色工地先锋岗", "品牌", "B002", "把党员先锋岗设在工地。", 12, 5, "个", "是"),
        ),
        "荣誉": rows(
            "荣誉代码 名称 级别 对象类型 党组织代码 授予日期",
            ("H001", "先进基层党组织", "县", "组织", "B002", day("2026-07-01")),
        ),
        "年度指标": rows(
            "主体代码 主体类型 年度 指标代码 指标名称 数值 计量单位 口径",
            ("U001", "单位", 2025, "REV", "营业收入", 13800, "万元", "当年"),
            ("U001", "单位", 2026, "REV", "营业收入", 15200, "万元", "当年"),
        ),
        "撰写": rows(
            "报告 党组织代码 年度 段落 文字",
            ("年度总结", "B002", 2026, "下一步", "把主题党日同岗位练兵结合起来。"),
        ),
    }  # fmt: skip


def grid_of(sheet: Sheet, lines: list[dict[str, Any]]) -> list[list[Any]]:
    return [
        list(sheet.headers),
        *([line.get(header) for header in sheet.headers] for line in lines),
    ]


def workbook(
    data: dict[str, list[dict[str, Any]]] | None = None, settings: dict[str, Any] | None = None
) -> openpyxl.Workbook:
    """An openpyxl workbook of the county; header in row 1, data from row 2."""
    data, settings = data or county(), settings or SETTINGS
    book = openpyxl.Workbook()
    front = book.active
    front.title = "设置"
    front.append(["项目", "内容", "说明"])
    for name, value in settings.items():
        front.append([name, value])
    for sheet in CONTRACT.sheets:
        page = book.create_sheet(sheet.title)
        for line in grid_of(sheet, data.get(sheet.title, [])):
            page.append(line)
    return book


def column_of(title: str, header: str) -> int:
    """Position of a column, counted from 1 as openpyxl does."""
    return next(s for s in CONTRACT.sheets if s.title == title).headers.index(header) + 1


def write_folder(
    folder: Path, encoding: str, data: dict[str, list[dict[str, Any]]] | None = None
) -> Path:
    data = data or county()
    folder.mkdir(exist_ok=True)
    pages = {sheet.title: grid_of(sheet, data.get(sheet.title, [])) for sheet in CONTRACT.sheets}
    pages["设置"] = [["项目", "内容"], *([name, value] for name, value in SETTINGS.items())]
    for title, lines in pages.items():
        with (folder / f"{title}.csv").open("w", encoding=encoding, newline="") as file:
            csv.writer(file).writerows(
                [["" if cell is None else cell for cell in line] for line in lines]
            )
    return folder


def codes_of(sheet: Sheet) -> list[str]:
    return [column.header for column in sheet.columns if column.kind is Kind.CODE]
