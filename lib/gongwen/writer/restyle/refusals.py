"""A package that must not be laid out -> a clear refusal: protected, scanned, without words."""

from __future__ import annotations

from gongwen.errors import UnreadableFile
from gongwen.reader.formatting import Measured
from gongwen.reader.parts import Package, W

_FEWEST_WORDS = 20  # characters beside pictures; fewer, and the pictures are the document


def stop(package: Package, measured: Measured) -> None:
    """Raise UnreadableFile where there is nothing to lay out, or where its author does not allow it."""
    settings = package.related("settings")
    locked = None if settings is None else settings.find(f"{W}documentProtection")
    if locked is not None and locked.get(f"{W}enforcement") in ("1", "true", "on"):
        raise UnreadableFile(
            package.name,
            "设了编辑限制（限制编辑、修订或填写窗体），不能改排",
            "请用 Word 打开：审阅→限制编辑→停止保护，另存后再排。",
        )
    letters = sum(len(each.text.strip()) for each in measured.paragraphs)
    pictures = sum(each.pictures for each in measured.paragraphs)
    if not letters and not pictures:
        raise UnreadableFile(package.name, "里面没有文字", "请确认是不是选对了文件。")
    if pictures and letters < _FEWEST_WORDS * pictures and letters < _FEWEST_WORDS:
        raise UnreadableFile(
            package.name,
            "是扫描件：整页都是图片，没有可以排版的文字",
            "请先用文字识别（OCR）转成文字，校对后再排。",
        )
