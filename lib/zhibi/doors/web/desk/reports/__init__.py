"""Report types, the reports made of them, and where each figure comes from."""
