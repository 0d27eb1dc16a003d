"""What the tests themselves look for in a Word file is found when it is there."""

from __future__ import annotations

import io
import zipfile

import pytest
from examples import EXAMPLES
from package_check import faults, parts_of

from gongwen.writer.write import write


@pytest.mark.parametrize(
    ("part", "old", "new", "fault"),
    [
        (
            "[Content_Types].xml",
            'PartName="/word/footer1.xml"',
            'PartName="/word/other.xml"',
            "类型多了",
        ),
        (
            "word/_rels/document.xml.rels",
            'Target="footer1.xml"',
            'Target="footer9.xml"',
            "关系指向没有的",
        ),
        ("word/document.xml", "<w:gridCol ", '<w:gridCol w:w="7"/><w:gridCol ', "表宽"),
        ("word/document.xml", '<w:tcW w:w="', '<w:tcW w:w="1', "所占各列合计"),
        ("word/document.xml", '<w:vMerge w:val="restart"/>', "", "纵向合并没有开头"),
        ("word/footer1.xml", 'w:val="Footer"', 'w:val="Nothing"', "没有样式"),
        ("word/document.xml", "</w:body>", "<w:p/></w:body>", "最后不是分节属性"),
    ],
)
def test_what_word_would_repair_is_told(classic, part, old, new, fault):
    parts = parts_of(write(EXAMPLES["merged_table"], classic))
    text = parts[part].decode()
    assert old in text
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in (parts | {part: text.replace(old, new, 1).encode()}).items():
            package.writestr(name, content)
    told = faults(out.getvalue(), schema=False)
    assert any(fault in each for each in told), told
