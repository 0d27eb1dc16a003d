"""What a document is held against: a workbook and other texts; names that it must not tell."""
