"""Numbers, dates and names -> the words of Chinese official prose.

Pure functions on plain values.
"""
