"""Files as people make them -> tables, and what each sheet and column of them is."""
