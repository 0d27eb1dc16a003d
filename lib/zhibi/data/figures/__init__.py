"""Frames -> figures with origin: what is counted, summed or picked, and from which rows."""
