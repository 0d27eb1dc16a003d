"""Figures with their origin: values, the row numbers behind them, and arithmetic on them."""
