"""Pages: metrics of text, page ends, sections, and where the last page ends."""
