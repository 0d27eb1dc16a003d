"""Words of official titles and names, and where a line of them may be broken without tearing one apart."""

from __future__ import annotations

import re

# Longest first match; what is not listed is never broken inside, so a missing word costs balance, not a torn word.
_WORDS = frozenset(
    """
    中国 中共 中央 中国共产党 共产党 党委 党组 党总支 党支部 支部 党组织 党员 党建 党务 党性 党史 党风 党纪 党校 党代表 党费 党课 党章
    基层 基层党建 基层组织 组织 组织部 宣传部 统战部 政法委 纪委 监委 人大 政协 政府 人民政府 办公室 办公厅 委员会 常委会 工委 工作委员会
    领导小组 县委 县政府 市委 市政府 省委 省政府 区委 乡镇 街道 社区 村 村级 农村 城市 机关 国有 企业 国有企业 事业单位 单位 学校 医院
    两新 非公 社会组织 县直 市直 省直 县直机关 全县 全市 全省 全国 全区 我县 我市 本县 本市 示例县 示例市 示例省 各 各级 各地 各单位
    书记 委员 主任 部长 局长 主席 干部 公务员 人才 职工 群众 代表 队伍 班子 领导 领导班子 负责人
    关于 印发 转发 批转 发布 公布 下达 报送 做好 开展 加强 进一步 深入 推进 推动 深化 落实 贯彻 贯彻落实 学习 学习贯彻 实施 组织实施
    召开 举办 举行 成立 调整 设立 建立 健全 完善 规范 提升 提高 改进 促进 加快 全面 切实 扎实 持续 坚持 巩固 拓展 强化 优化 创新 探索
    抓 抓好 抓党建 促 以 和 与 及 及其 以及 暨 或 的 对 向 在 为 把 将 从 由 被 等
    工作 情况 问题 意见 通知 通报 报告 请示 批复 函 纪要 决定 决议 公告 通告 公报 命令 议案 方案 办法 规定 细则 规则 条例 准则 制度 机制
    要点 计划 规划 总结 汇报 讲话 发言 材料 案例 典型 经验 交流 调研 调研报告 调查 研究 分析 评估 考核 评议 述职 述职评议 评价 评定 检查
    督查 督导 巡察 巡视 整改 整治 清单 台账 名单 目录 附件 说明 建议 措施 对策 做法 成效 成果 进展 安排 部署 会议 活动 培训 教育 管理
    监督 服务 建设 发展 改革 治理 保障 责任 任务 目标 标准 标准化 规范化 标准化规范化 制度化 质量 高质量 高质量发展 水平 能力 作用 作风
    思想 政治 组织生活 组织生活会 民主 民主评议 民主生活会 主题 主题教育 主题党日 三会一课 双报到 先锋 先锋模范 堡垒 战斗堡垒 示范 示范点
    发展党员 流动党员 换届 选举 任免 任职 免职 表彰 表扬 处分 奖励 优秀 先进 集体 个人 述职述廉 年度 半年 季度 月度 上半年 下半年 第一季度
    第二季度 第三季度 第四季度 年 月 日 第 次 届 全体会议 常务会议 部务会议 办公会议 精神 重要 重要讲话 指示 批示 指示精神 新时代 特色
    社会主义 中国特色社会主义 习近平 乡村 振兴 乡村振兴 产业 经济 社会 民生 生态 环境 文化 卫生 健康 安全 生产 安全生产 应急 防汛 信访 法治
    纪念 庆祝 周年 试行 暂行 征求 征求意见 征求意见稿 讨论稿 送审稿 修订 修改 补充 废止 汇编 指南 手册 模板 表 图 统计 数据 信息 信息化
    有关 相关 事项 若干 专项 专题 专门 重点 难点 突出 主要 基本 总体 具体 实际 有效 科学 综合 联合 统筹 协调 配合 执行 考察 推荐 选拔 任用
    选拔任用 评选 命名 授予 称号 同意 申请 商请 复函 邀请 参加 出席 委托 使用 经费 预算 资金 项目 工程 基地 阵地 平台 网络 队 站 所 中心 局
    厅 部 委 办 科 处 室 人力资源 社会保障 财政 民政 教育局 公安 司法 审计 发展和改革 农业 工业 商务 交通 水利 林业 自然资源 住房 城乡 城乡建设
    国有资产 监督管理 市场 市场监督管理 退役军人 事务 档案 史志 老干部 机构 编制 机构编制 工会 共青团 妇联 工商联 科协 残联 联合会 协会 学会
    """.split()  # noqa: SIM905  # four hundred quoted words could not be read
)
_LONGEST = max(map(len, _WORDS))
_WHOLE = re.compile(
    r"[0-9A-Za-z.%％+\-/]+(?:年度|年|月|日|号|届|次|个|项|名|周年)?|《[^》]{1,12}》|“[^”]{1,10}”|〔[^〕]*〕|（[^）]{1,10}）"
)
_TIED_BEFORE = "的、，。；：！？）》”〕和与及暨等"  # never begin a line
_TIED_AFTER = "（《“〔第"  # never end a line


def pieces(text: str) -> list[str]:
    """The text as pieces that are not to be broken inside."""
    found: list[str] = []
    unknown = ""
    at = 0
    while at < len(text):
        whole = _WHOLE.match(text, at)
        word = whole.group() if whole else _known(text, at)
        if not word:
            unknown += text[at]
            at += 1
            continue
        if unknown:
            found.append(unknown)
            unknown = ""
        found.append(word)
        at += len(word)
    return [*found, unknown] if unknown else found


def breaks(text: str) -> list[int]:
    """Positions where a new line may begin."""
    positions, at = [], 0
    for piece in pieces(text)[:-1]:
        at += len(piece)
        if text[at] not in _TIED_BEFORE and text[at - 1] not in _TIED_AFTER:
            positions.append(at)
    return positions


def _known(text: str, at: int) -> str:
    for length in range(min(_LONGEST, len(text) - at), 0, -1):
        if text[at : at + length] in _WORDS:
            return text[at : at + length]
    return ""
