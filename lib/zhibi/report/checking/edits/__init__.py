"""A draft that people worked on, held against the run it came from -> what was changed and what no longer follows."""
