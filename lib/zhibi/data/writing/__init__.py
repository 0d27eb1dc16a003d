"""Workbooks that are written: blank template, marked copy, parts, plain sheets."""
