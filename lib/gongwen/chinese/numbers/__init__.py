"""Numbers in Chinese prose: digits, numerals, quantities, and what a rounded number may stand for."""
