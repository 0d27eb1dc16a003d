"""The plan of one district of the county as a table of data: 12 units and 40 party organisations.

A larger county repeats the district. What is planted (see ../README.md) is planted here, so that it keeps its rate.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class UnitPlan:
    """One unit; `staff` None is 未填报."""

    key: str
    name: str
    short: str
    kind: str
    industry: str
    staff: int | None
    founded: date
    charter: str = "是"
    prior: str = "是"
    cross: str = "是"
    group: str = "第一督查组"
    assets: float = (
        0.0  # 万元, end of the year before the report year; 0 for units that are no enterprise
    )
    revenue: float = 0.0


@dataclass(frozen=True, slots=True)
class OrgPlan:
    """One party organisation; `size` counts members on the register, `no_theme_day` the months without 主题党日."""

    key: str
    unit: str
    parent: str
    type: str
    stem: str
    size: int
    founded: date
    elected: date | None
    work: tuple[str, ...]
    groups: int = 0
    covered: int | None = None
    no_theme_day: tuple[int, ...] = ()
    no_assembly: tuple[int, ...] = ()  # quarters
    no_lecture: tuple[int, ...] = ()  # quarters
    no_committee: tuple[int, ...] = ()  # months


def _unit(
    key: str, name: str, short: str, industry: str, staff: int | None, founded: date, **more: object
) -> UnitPlan:
    return UnitPlan(
        key, name, short, str(more.pop("kind", "县属国企")), industry, staff, founded, **more
    )  # type: ignore[arg-type]


UNITS = (
    _unit("jg", "直属机关工作委员会", "机关工委", "党务管理", 22, date(1990, 5, 8), kind="机关",
          charter="", prior="", cross="", group="第四督查组"),
    _unit("ct", "城市建设投资集团有限公司", "城投集团", "城市建设", 486, date(2009, 6, 18), assets=862400, revenue=118600),
    _unit("jt", "交通运输集团有限公司", "交运集团", "交通运输", 527, date(2004, 3, 26), assets=245800, revenue=63750,
          group="第二督查组"),
    _unit("wl", "文化旅游发展有限公司", "文旅公司", "文化旅游", 268, date(2013, 9, 12), assets=137200, revenue=21480,
          group="第二督查组"),
    _unit("nf", "农业发展有限公司", "农发公司", "农业服务", 241, date(2014, 4, 15), assets=98650, revenue=27930,
          group="第三督查组"),
    _unit("gs", "供水有限公司", "供水公司", "公用事业", 189, date(1998, 11, 3), assets=41370, revenue=9860, group="第三督查组"),
    _unit("lc", "粮食收储有限公司", "粮储公司", "粮食仓储", 96, date(2001, 7, 20), assets=33820, revenue=18240, group="第三督查组"),
    _unit("yq", "产业园区开发有限公司", "园区公司", "园区运营", None, date(2016, 8, 9), assets=176300, revenue=30520),
    _unit("db", "融资担保有限公司", "担保公司", "金融服务", 14, date(2018, 10, 22), prior="否", cross="否", assets=28900,
          revenue=1260, group="第二督查组"),
    _unit("sj", "数据产业有限公司", "数据公司", "信息服务", 47, date(2021, 12, 6), charter="否", prior="否", assets=6480,
          revenue=2310, group="第三督查组"),
    _unit("gz", "国有资产监督管理局", "国资监管局", "国资监管", 38, date(2010, 2, 24), kind="机关",
          charter="", prior="", cross="", group="第四督查组"),
    _unit("jy", "公共资源交易中心", "交易中心", "公共服务", 31, date(2012, 5, 30), kind="事业",
          charter="", prior="", cross="", group="第四督查组"),
)  # fmt: skip

D = date
ORGS = (
    OrgPlan("jg", "jg", "", "党委", "", 0, D(1990, 6, 20), D(2023, 9, 14), ("机关党的建设", "基层党建联系指导")),
    OrgPlan("jg1", "jg", "jg", "党支部", "机关", 17, D(1991, 3, 5), D(2025, 3, 18), ("窗口服务", "联系基层", "机关作风")),
    OrgPlan("gz1", "gz", "jg", "党支部", "机关", 28, D(2010, 4, 12), D(2024, 9, 26), ("国资监管", "产权登记", "企业服务"), 2),
    OrgPlan("jy1", "jy", "jg", "党支部", "机关", 26, D(2012, 7, 2), D(2025, 6, 12), ("交易服务", "窗口办件", "流程公开"), 2),
    OrgPlan("ct", "ct", "", "党委", "", 0, D(2009, 8, 26), D(2023, 4, 20), ("城市更新", "重点工程")),
    OrgPlan("ct0", "ct", "ct", "党支部", "机关", 21, D(2009, 9, 10), D(2025, 4, 23), ("项目统筹", "资金管理", "制度建设"), 2),
    OrgPlan("cta", "ct", "ct", "党总支", "工程建设", 0, D(2012, 3, 15), D(2024, 11, 21), ("工程建设", "质量管理")),
    OrgPlan("ct1", "ct", "cta", "党支部", "市政工程", 20, D(2012, 4, 6), D(2025, 2, 26), ("道路改造", "管网建设", "工地安全"), 2),
    OrgPlan("ct2", "ct", "cta", "党支部", "房建工程", 19, D(2012, 4, 6), D(2024, 12, 18), ("保障性住房", "质量巡检", "农民工服务")),
    OrgPlan("ct3", "ct", "cta", "联合党支部", "建材检测", 18, D(2017, 5, 24), D(2025, 5, 15), ("材料检测", "样品管理", "实验室安全"),
            covered=3),
    OrgPlan("ctb", "ct", "ct", "党总支", "资产运营", 0, D(2015, 6, 11), D(2024, 3, 20), ("资产运营", "租赁管理")),
    OrgPlan("ct4", "ct", "ctb", "党支部", "物业服务", 16, D(2015, 7, 8), D(2025, 8, 20), ("小区物业", "设施维修", "业主沟通"),
            no_theme_day=(3, 7, 8)),
    OrgPlan("ct5", "ct", "ctb", "党支部", "停车管理", 15, D(2016, 9, 21), D(2024, 10, 16), ("停车秩序", "收费公开", "设备维护")),
    OrgPlan("ct6", "ct", "ctb", "党支部", "商业运营", 14, D(2018, 3, 29), D(2025, 1, 17), ("商铺招租", "市场卫生", "消防检查")),
    OrgPlan("ct7", "ct", "ctb", "党支部", "公租房管理", 11, D(2019, 11, 7), D(2025, 9, 11), ("房源分配", "入户走访", "房屋修缮")),
    OrgPlan("jt", "jt", "", "党委", "", 0, D(2004, 5, 17), D(2024, 6, 27), ("运输服务", "安全生产")),
    OrgPlan("jt0", "jt", "jt", "党支部", "机关", 17, D(2004, 6, 9), D(2024, 8, 22), ("运力调度", "安全监督", "内部管理")),
    OrgPlan("jta", "jt", "jt", "党总支", "客运", 0, D(2008, 10, 14), D(2025, 3, 27), ("客运服务", "行车安全")),
    OrgPlan("jt1", "jt", "jta", "党支部", "城乡公交", 22, D(2008, 11, 5), D(2023, 9, 15), ("公交线路", "行车安全", "老年乘客服务"), 3),
    OrgPlan("jt2", "jt", "jta", "党支部", "长途客运", 20, D(2008, 11, 5), D(2025, 7, 10), ("班线运营", "驾驶员管理", "旅客服务"), 2,
            no_theme_day=(2, 6)),
    OrgPlan("jt3", "jt", "jta", "党支部", "出租客运", 18, D(2010, 1, 20), D(2024, 7, 18), ("文明行车", "投诉办理", "车容车貌")),
    OrgPlan("jt4", "jt", "jt", "党支部", "公路养护", 23, D(2006, 5, 25), D(2025, 10, 22), ("路面养护", "防汛抢险", "作业安全"), 2),
    OrgPlan("jt5", "jt", "jt", "联合党支部", "场站物流", 19, D(2019, 6, 13), D(2024, 11, 6), ("场站管理", "货物转运", "仓库消防"),
            covered=2, no_assembly=(2,)),
    OrgPlan("jt6", "jt", "jt", "临时党支部", "环城路项目", 6, D(2025, 9, 3), None, ("环城路施工", "征迁协调", "现场安全")),
    OrgPlan("wl", "wl", "jg", "党总支", "", 0, D(2014, 1, 9), D(2025, 5, 29), ("景区服务", "文旅融合")),
    OrgPlan("wl1", "wl", "wl", "党支部", "景区管理", 20, D(2014, 3, 18), D(2024, 9, 12), ("景区秩序", "游客服务", "山林防火"), 2),
    OrgPlan("wl2", "wl", "wl", "党支部", "演艺场馆", 19, D(2014, 3, 18), D(2025, 4, 10), ("场馆开放", "演出安全", "惠民演出")),
    OrgPlan("wl3", "wl", "wl", "党支部", "酒店服务", 17, D(2016, 12, 1), D(2024, 8, 8), ("住宿服务", "食品安全", "技能培训"),
            no_theme_day=(5, 8, 9, 10), no_lecture=(3,)),
    OrgPlan("wl4", "wl", "wl", "党支部", "乡村旅游", 15, D(2019, 4, 17), D(2025, 11, 13), ("民宿指导", "线路推广", "农产品展销")),
    OrgPlan("nf", "nf", "jg", "党总支", "", 0, D(2014, 6, 5), D(2024, 12, 11), ("为农服务", "产业帮扶")),
    OrgPlan("nf1", "nf", "nf", "党支部", "种业服务", 19, D(2014, 7, 23), D(2025, 2, 13), ("种子供应", "田间指导", "春耕备耕")),
    OrgPlan("nf2", "nf", "nf", "党支部", "农机服务", 18, D(2015, 3, 11), D(2024, 10, 24), ("农机作业", "机手培训", "秋收服务"), 2),
    OrgPlan("nf3", "nf", "nf", "联合党支部", "冷链仓储", 16, D(2020, 7, 16), D(2025, 6, 25), ("冷库管理", "果蔬储运", "用电安全"),
            covered=2, no_committee=(5, 9)),
    OrgPlan("nf4", "nf", "nf", "党支部", "水利灌溉", 12, D(2017, 8, 30), D(2024, 7, 4), ("渠道清淤", "用水调度", "防汛值守"),
            no_theme_day=(4, 8)),
    OrgPlan("gs1", "gs", "jg", "党支部", "", 54, D(1999, 2, 10), D(2024, 11, 28), ("供水保障", "水质检测", "抄表到户", "管网检漏"), 4),
    OrgPlan("lc1", "lc", "jg", "党支部", "", 31, D(2001, 9, 6), D(2025, 5, 8), ("粮食收购", "仓储安全", "质量检验"), 3),
    OrgPlan("yq1", "yq", "jg", "党支部", "运营服务", 24, D(2016, 10, 18), D(2025, 1, 9), ("企业入园", "项目代办", "用工对接"), 2),
    OrgPlan("yq2", "yq", "jg", "党支部", "园区物业", 8, D(2026, 8, 18), D(2026, 8, 18), ("园区保洁", "安保巡查", "设备巡检")),
    OrgPlan("db1", "db", "jg", "党支部", "", 2, D(2019, 3, 22), D(2025, 7, 24), ("担保审核", "小微企业走访", "风险防控")),
    OrgPlan("sj1", "sj", "jg", "党支部", "", 13, D(2022, 3, 3), D(2025, 3, 6), ("数据归集", "系统运维", "信息安全"), no_lecture=(2,)),
)  # fmt: skip
del D

STARS = {"gz1": "五星", "sj1": "三星", "nf3": "三星", "wl3": "二星", "jt2": "三星", "db1": ""}
"""Last year's grade where honours, or what is planted, leave no choice; chance gives the others theirs."""

BLANK_DUE = ("ct2", "主题党日", 6)  # one activity whose 应到 was never reported
"""Organisation, kind, month."""
