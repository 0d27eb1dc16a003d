"""Rules that compare a text with what is known: dates, names, titles of regulations, a workbook."""
