"""Rules about numerals, units and numbering in prose."""
