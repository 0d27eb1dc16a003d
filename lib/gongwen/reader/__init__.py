"""A Word file -> what Word will apply to each of its paragraphs, runs, tables and pages."""
