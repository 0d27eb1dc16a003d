"""A dataset <-> Arrow files: the cache of what was read, and the slice of one organisation."""
