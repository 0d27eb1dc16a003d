"""Lines of text, lists, footnotes, captions, citations and contents -> Word paragraphs."""
