"""Document -> Word file: the only room that knows OOXML."""
