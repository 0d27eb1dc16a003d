"""An executed notebook -> a draft with findings.

What a document is compared with: a workbook, other texts, names.
"""
