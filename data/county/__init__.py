"""A seed and a size -> the rows of a fictional county workbook (see ../README.md for what is planted in it)."""
