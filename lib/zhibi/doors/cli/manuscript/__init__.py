"""A written file named in a terminal -> what is wrong with it, what became of it, how it looks."""
