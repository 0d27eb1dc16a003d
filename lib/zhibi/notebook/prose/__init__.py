"""Prose of a cell -> blocks: template, filters, Markdown."""
