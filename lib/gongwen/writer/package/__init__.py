"""The parts of a Word file: base document, styles, zip archive."""
