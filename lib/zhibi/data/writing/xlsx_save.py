"""An openpyxl workbook -> bytes that depend on its content only, not on the clock."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl import Workbook

_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first moment a zip can name
_STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")


def xlsx_bytes(book: Workbook) -> bytes:
    """The .xlsx.

    Openpyxl writes the time into its properties and into every part of the archive.
    """
    draft, final = io.BytesIO(), io.BytesIO()
    book.save(draft)
    with (
        zipfile.ZipFile(draft) as source,
        zipfile.ZipFile(final, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            part = source.read(name)
            if name == "docProps/core.xml":
                part = _STAMP.sub(rb"\g<1>2012-07-01T00:00:00Z", part)
            target.writestr(zipfile.ZipInfo(name, _LONG_AGO), part, zipfile.ZIP_DEFLATED)
    return final.getvalue()
