"""Tables and figures of a document -> Word tables and pictures."""
