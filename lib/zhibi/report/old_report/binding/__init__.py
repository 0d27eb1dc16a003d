"""A paragraph of the old report and a catalogue of figures -> the paragraph with its numbers as names of figures."""
