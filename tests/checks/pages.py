"""A page that is right in everything, in raw OOXML, to be made wrong in one thing at a time."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "word"))

from handmade import file

GOOD = "今年以来，全县各级党组织坚持把学习贯彻放在首位，健全学习制度，推动学习走深走实。"
RIGHT = (
    '<w:headerReference w:type="first" r:id="r_none"/><w:footerReference w:type="default" r:id="r_footer1"/>'
    '<w:footerReference w:type="even" r:id="r_footer2"/>'
)
ODD_EVEN = "<w:evenAndOddHeaders/>"


def look(
    font: str = "仿宋_GB2312", size: float = 16, latin: str = "Times New Roman", more: str = ""
) -> str:
    fonts = f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{font}" w:hint="eastAsia"/>'
    return f'<w:rPr>{fonts}{more}<w:sz w:val="{round(size * 2)}"/></w:rPr>'


def run(text: str, *args, **more) -> str:
    return f'<w:r>{look(*args, **more)}<w:t xml:space="preserve">{text}</w:t></w:r>'


def para(
    text: str, font: str = "仿宋_GB2312", size: float = 16, align: str = "both", **more: str
) -> str:
    """`first` in hundredths of a character, `line` in twips, `marks` and `inner` as they are."""
    first = more.get("first", "200" if align == "both" else "0")
    rule = more.get("rule", "exact")
    right = f' w:rightChars="{more["right"]}"' if "right" in more else ""
    marks = (
        f'{more.get("style", "")}{more.get("marks", "")}<w:spacing w:line="{more.get("line", "579")}" w:lineRule="{rule}"/>'
        f'<w:ind w:firstLineChars="{first}"{right}/><w:jc w:val="{align}"/>{more.get("outline", "")}'
    )
    words = run(text, font, size, more=more.get("look", "")) if text else ""
    return f"<w:p><w:pPr>{marks}</w:pPr>{words}{more.get('inner', '')}</w:p>"


def title(text: str = "关于做好工作的通知", **more: str) -> str:
    return para(
        text,
        more.pop("font", "方正小标宋简体"),
        float(more.pop("size", "22")),
        more.pop("align", "center"),
        **more,
    )


def heading(text: str, level: int = 1, **more) -> str:
    font = ("黑体", "楷体_GB2312", "仿宋_GB2312", "仿宋_GB2312")[level - 1]
    outline = more.pop("outline", f'<w:outlineLvl w:val="{level - 1}"/>')
    return para(
        text,
        more.pop("font", font),
        outline=outline,
        marks=more.pop("marks", "<w:keepNext/>"),
        **more,
    )


def section(
    size: str = 'w:w="11906" w:h="16838"',
    margins: tuple[int, ...] = (2098, 1984, 1588, 1474),
    more: str = "",
) -> str:
    top, bottom, left, right = margins
    return (
        f'<w:sectPr>{RIGHT}<w:pgSz {size}/><w:pgMar w:top="{top}" w:bottom="{bottom}" w:left="{left}" '
        f'w:right="{right}" w:footer="1420"/>{more}</w:sectPr>'
    )


def number(
    align: str = "right",
    before: str = "— ",
    after: str = " —",
    font: str = "宋体",
    size: float = 14,
    marks: str = "",
) -> str:
    face = look(font, size, latin=font)
    field = f'<w:fldSimple w:instr=" PAGE "><w:r>{face}<w:t>1</w:t></w:r></w:fldSimple>'
    ends = [
        f'<w:r>{face}<w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
        for text in (before, after)
    ]
    return f'<w:p><w:pPr>{marks}<w:jc w:val="{align}"/></w:pPr>{ends[0]}{field}{ends[1]}</w:p>'


def page(
    *body: str,
    sect: str | None = None,
    odd: str | None = None,
    even: str | None = None,
    **parts: str,
) -> bytes:
    """A file with this text on right pages."""
    made = {
        "footer1": number() if odd is None else odd,
        "footer2": number("left") if even is None else even,
        "settings": ODD_EVEN,
        **parts,
    }
    return file("".join(body) + (section() if sect is None else sect), **made)


def table(*rows: tuple[str, ...], width: int = 8844, head: bool = False, **more: str) -> str:
    grid = "".join(f'<w:gridCol w:w="{width // len(rows[0])}"/>' for _ in rows[0])
    made = "".join(
        f"<w:tr>{'<w:trPr><w:tblHeader/></w:trPr>' if head and not at else ''}"
        + "".join(
            f"<w:tc>{cell if cell.startswith('<') else para(cell, size=12, first='0', line='400')}</w:tc>"
            for cell in row
        )
        + "</w:tr>"
        for at, row in enumerate(rows)
    )
    return f"<w:tbl><w:tblPr>{more.get('look', '')}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{made}</w:tbl>"


def picture(tall_mm: float) -> str:
    emu = round(tall_mm * 36000)
    return f'<w:r><w:drawing><wp:inline><wp:extent cx="{emu}" cy="{emu}"/></wp:inline></w:drawing></w:r>'
