"""执笔: from a workbook and a notebook to an official document."""
