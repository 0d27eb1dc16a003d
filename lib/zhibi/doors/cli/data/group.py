"""The commands below `zhibi data`, and what arguments of several of them are."""

from zhibi.doors.cli.console.help import app as group

app = group("数据：空白工作簿、检查、汇总、拆分、数据库。")
SOURCE_HELP = "工作簿、放各单位工作簿或 CSV 的文件夹，或数据库地址（postgresql://…）。"
