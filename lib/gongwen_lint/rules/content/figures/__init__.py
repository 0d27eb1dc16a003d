"""Rules about figures: sums, shares, growth, counts, tables."""
