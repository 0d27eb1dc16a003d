"""A county's organisations -> verdicts on each, and what the roll-up counts, ranks and lists."""
