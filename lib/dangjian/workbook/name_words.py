"""A name of two characters -> whether it is also a word, and which characters make a word with either of its ends.

王芳 is no word, and 芳冒 is none: 王芳冒雨抢修 speaks of a person. 国王 is one: 国王芳龄几何 does
not. 高峰 is a word itself.
"""

from __future__ import annotations

from collections.abc import Iterable

from gongwen_lint.rules.prose.words.lexicon.tables import lexicon

_PAIR = 2
_ANY = " "  # of a character that no table knows: nothing is known to make a word with it
# words of the language that are built as names are, surname first
_LIKE_NAMES = frozenset(
    """
    安定 安好 安静 安居 安康 安乐 安宁 安平 安全 安然 安顺 安稳 安心 安危 安逸
    白发 白桦 白金 白净 白鹤 白露 白杨 白银 白玉 白雪 白云 包容 包裹 常规 常见
    常青 常驻 车间 成功 成果 成就 成立 成年 成全 成熟 成长 程序 程度 从容 戴上
    单纯 单位 党员 党委 党性 邓州 丁香 东方 杜绝 段落 樊篱 方便 方法 方略 方圆
    方正 方志 房山 费力 费用 丰富 丰收 丰盛 丰产 风采 封闭 冯虚 符合 付出 富强
    富贵 富民 富裕 甘甜 甘露 干净 高昂 高潮 高处 高产 高大 高等 高峰 高歌 高耸
    高洁 高亮 高龄 高明 高强 高山 高尚 高升 高水 高原 高远 高雅 高兴 高效 高压
    高照 葛根 耿直 公平 公开 古老 关爱 关键 关注 管好 管理 广大 国强 国庆 海洋
    海滨 韩城 郝然 和风 和合 和解 和美 和睦 和平 和谐 和煦 和顺 何时 洪水 洪亮
    洪流 华丽 华夏 黄昏 黄河 黄海 黄花 黄金 黄山 黄土 惠民 惠农 吉利 吉祥 季度
    季节 计划 纪实 纪念 江岸 江北 江海 江河 江湖 江南 江山 江水 蒋家 焦点 金刚
    金黄 金秋 金融 金色 金星 金银 经营 景气 景象 康复 康健 康乐 康宁 康庄 孔雀
    雷达 雷电 雷锋 雷霆 雷同 雷雨 黎明 黎民 李子 励志 连续 连心 连年 廉洁 廉明
    梁山 林地 林海 林木 林业 凌晨 凌空 凌云 柳树 柳絮 龙江 龙头 龙舟 路边 路面
    路程 路线 罗列 吕梁 马力 马路 马上 满意 满足 满员 毛利 茂盛 梅花 梅雨 米粒
    苗圃 苗木 明白 明亮 明确 明显 宁静 宁夏 牛羊 欧洲 潘多 彭湃 平安 平常 平等
    平凡 平和 平衡 平静 平均 平台 平稳 平易 平原 平整 齐心 齐全 强大 强国 强劲
    秦岭 丘陵 曲折 全民 全国 任命 任务 荣光 荣誉 山峰 山海 山水 商贸 商业 邵阳
    沈阳 盛大 盛世 盛夏 石林 石英 石油 时代 时光 时节 时刻 史册 史诗 舒畅 舒心
    水平 水利 司法 松树 苏州 苏醒 孙女 孙子 太平 谭嗣 汤水 唐代 陶冶 陶瓷 田地
    田间 田野 田园 万里 万年 万众 王国 王者 危险 温和 温暖 温泉 温柔 温馨 文采
    文化 文静 文明 文武 文学 文艺 吴江 武汉 武术 武装 席位 夏季 夏天 夏至 向导
    向上 向阳 项目 萧条 新春 新年 新兴 雄伟 徐州 许多 许可 许愿 宣传 薛家 严格
    严密 严明 严肃 颜色 杨柳 杨树 阳春 阳光 叶片 叶子 易行 银行 尹始 应急 永久
    永远 游客 于是 余地 余年 鱼塘 元旦 元宵 袁州 原野 云海 云集 云南 曾经 詹天
    章程 章节 张开 张口 张贴 张望 赵州 正确 正义 郑州 郑重 志愿 钟楼 钟声 周到
    周刊 周密 周年 周期 周全 周围 周详 朱红 祝福 祝贺 祝愿 庄稼 庄严 庄重 卓越
    宗旨 邹城 祖国 左右
    """.split()  # noqa: SIM905  # hundreds of quoted words could not be read
)


def is_word(name: str) -> bool:
    """True of a name that official prose also uses as a word."""
    return name in _LIKE_NAMES or name in lexicon().common


def beside(names: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Of the names of two characters that are no words.

    What makes a word with the first and with the last of them.
    """
    return {name: _neighbours(name) for name in names if len(name) == _PAIR and not is_word(name)}


def _neighbours(name: str) -> tuple[str, str]:
    book, (first, last) = lexicon(), (name[0], name[1])
    known = [sign in book.sounds for sign in (first, last)]
    before, behind = book.neighbours(first)[0], book.neighbours(last)[1]
    return (before if known[0] else _ANY, behind if known[1] else _ANY)
