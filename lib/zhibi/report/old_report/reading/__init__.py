"""Any old report -> its parts in reading order, its elements, its place and its year."""
