"""Party-branch work of a county: tables, checks, indicators."""
