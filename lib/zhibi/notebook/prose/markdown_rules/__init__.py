"""Markdown as CommonMark reads it -> as Chinese offices write it: rules that a parser is given."""
