"""An executed notebook -> a draft with findings; what a document is compared with: a workbook, other texts, names."""
